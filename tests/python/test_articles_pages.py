"""Pages are taken apart without losing a word of the body."""

import json
import time
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.articles import read_articles
from samestory.articles.boilerplate import is_site_line
from samestory.articles.pages import page_lines, split_page

TITLE = "Bridge approved after a nine-hour debate"
DECK = "Councillors vote twelve to nine for the crossing"
BODY = """The council in Aberfoyle approved the new bridge on Tuesday after a debate of nine hours.

Ada Munro, the provost, said the vote was “long overdue” and thanked the engineers.

Read more closely, the plan leaves the ferry without a berth.

“We will not log in to their account of events,” said Peter Ray, who subscribes to no party."""
TAIL = """

Read more: Ferry fares to rise in May

Sign up for our daily briefing

The best of our journalism in your inbox

© 2024 Aberfoyle Times"""


@pytest.fixture(scope="module")
def raw_page(shared: Path) -> Path:
    return shared / "samples" / "raw_page.txt"


def test_the_raw_page_gives_its_parts(raw_page):
    article = read_articles(raw_page)[0]
    assert article.title == "Russia warns on influx of Isis fighters to Afghanistan"
    assert article.standfirst.startswith("Moscow seems eager to take up")
    assert article.author == "Ahmed Aboudouh"
    assert article.date.isoformat() == "2021-07-28T11:57:00+01:00"
    assert article.date_precision == "minute"
    assert article.date_zone_known
    assert article.path == str(raw_page)


def test_the_raw_page_keeps_its_body_and_nothing_else(raw_page):
    raw = raw_page.read_text(encoding="utf-8")
    begin, end = raw.index("Russia on Wednesday"), raw.index("\n\nJoin our commenting forum")
    assert read_articles(raw_page)[0].text == raw[begin:end]


HEADS = {
    "By two": (f"{DECK}\n\nBy Jane Roe and Ian Poe\nPublished 14 March 2024 at 06:30 GMT",
                          DECK, "Jane Roe and Ian Poe", "2024-03-14T06:30:00+00:00"),
    "role, American": (f"{DECK}\n\nJane Roe, Health Editor\nMarch 14, 2024, 9:05 a.m. EDT",
                       DECK, "Jane Roe, Health Editor", "2024-03-14T09:05:00-04:00"),
    "staff, no standfirst": ("Staff and agencies\nThu 14 Mar 2024 17.20 AEDT",
                             "", "Staff and agencies", "2024-03-14T17:20:00+11:00"),
    "no byline": (f"{DECK}\n\n14.03.2024 08:10 CET", DECK, "", "2024-03-14T08:10:00+01:00"),
    "no date": (f"{DECK}\n\nBy Jane Roe", DECK, "Jane Roe", None),
    "name alone": (f"{DECK}\n\nJane Roe", DECK, "Jane Roe", None),
    "standfirst alone": (DECK, DECK, "", None),
    "nothing": ("", "", "", None),
    "date above name": ("2024-03-14T06:30:00Z\nJane Roe", "", "Jane Roe",
                        "2024-03-14T06:30:00+00:00"),
    "one line": ("Jane Roe | 14 March 2024 06:30 GMT", "", "Jane Roe",
                 "2024-03-14T06:30:00+00:00"),
    "updated first": (f"{DECK}\n\nJane Roe in Perth\nUpdated 15 March 2024 07:00 GMT\n"
                      "First published 14 March 2024 06:30 GMT",
                      DECK, "Jane Roe in Perth", "2024-03-14T06:30:00+00:00"),
    "buttons": (f"{DECK}\n\nJane Roe\n@janeroe\n14 March 2024 06:30 GMT\nShare\n12 Comments",
                DECK, "Jane Roe", "2024-03-14T06:30:00+00:00"),
    "caption with credit": (f"{DECK}\n\nJANE ROE\n14 MARCH 2024 06:30 GMT\n"
                            "<p>The pier (Reuters)</p>\n\nThe pier\n(Reuters)",
                            DECK, "JANE ROE", "2024-03-14T06:30:00+00:00"),
    "weekday behind the name": ("By Jane Roe, Thursday 14 March 2024 06:30 GMT",
                                "", "Jane Roe", "2024-03-14T06:30:00+00:00"),
    "relative update": (f"{DECK}\n\nAhmed al-Rashid\n14 March 2024 06:30 GMT\nUpdated 2 hours ago",
                        DECK, "Ahmed al-Rashid", "2024-03-14T06:30:00+00:00"),
    "capitalized standfirst": ("Council Approves Debate\n\n14 March 2024 06:30 GMT",
                               "Council Approves Debate", "", "2024-03-14T06:30:00+00:00"),
    "headline twice": (f"{TITLE}\n\n{DECK}\n\nBy Jane Roe", DECK, "Jane Roe", None),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADS)
@pytest.mark.parametrize("tail", ["", TAIL])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_heads(name, tail, newline, tmp_path):
    head, standfirst, author, date = HEADS[name]
    page = tmp_path / "page.txt"
    text = f"{TITLE}\n\n{head}\n\n{BODY}{tail}".replace("\n", newline)
    page.write_bytes(text.encode())
    article = read_articles(page)[0]
    assert article.text == BODY
    assert (article.title, article.standfirst, article.author) == (TITLE, standfirst, author)
    assert (article.date and article.date.isoformat()) == date


def test_a_date_line_with_a_place_gives_the_date_and_stays():
    page = split_page(page_lines(f"{TITLE}\n\nJane Roe\nPerth, 14 March 2024 06:30 GMT\n\n{BODY}"))
    assert page.text == f"Perth, 14 March 2024 06:30 GMT\n\n{BODY}"
    assert (page.author, page.date.local.isoformat()) == ("Jane Roe", "2024-03-14T06:30:00")


def test_a_date_of_publication_at_the_end():
    last = "First published on 14 March 2024 06:30 GMT"
    page = split_page(page_lines(f"{TITLE}\n\nIt rains.\n\n{last}"))
    assert page.text == f"It rains.\n\n{last}"
    assert page.date.local.isoformat() == "2024-03-14T06:30:00"


def test_a_person_in_the_news_is_no_byline():
    page = split_page(page_lines(f"{TITLE}\n\nAda Munro\n\n{BODY}"))
    assert page.author == ""
    assert "\n".join(page.body).strip() == f"Ada Munro\n\n{BODY}"


def test_a_date_below_the_start_of_the_story_is_left_alone():
    text = f"{TITLE}\n\n{BODY}\n\n14 March 2024\n\nThe works begin on that day."
    page = split_page(page_lines(text))
    assert page.date is None
    assert page.text == text.removeprefix(TITLE).strip()


@pytest.mark.parametrize("text", ["", "\n\n", "Rain", "Rain.\nIt rained all day in the north."])
def test_little_text(text):
    page = split_page(page_lines(text))
    assert f"{page.title}\n{page.text}".split() == text.split()


def test_a_page_in_tags_is_marked_up_and_not_captioned():
    paragraphs = BODY.split("\n\n")
    text = f"{TITLE}\n" + "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    assert split_page(page_lines(text)).text.split() == BODY.split()


def test_captions_in_the_body_go_with_their_repetition():
    first, *others = BODY.split("\n\n")
    text = "\n\n".join([TITLE, first, "<p>A berth for one</p>\n\nA berth for one", *others])
    assert split_page(page_lines(text)).text == BODY


SITE_LINES = """Join our commenting forum
Thank you for registering
Sign up to Morning Briefing, our daily newsletter
Subscribe to The Planet Premium to bookmark this article
Do you have a story? Email us at news@example.com
We use cookies to personalise content and ads
Follow Planet News on Facebook, Twitter and Instagram
Related: Bridge debate rages on
Copyright © 2024 The Daily Planet. All rights reserved.
Already a subscriber? Log in
Have your say in the comments below
Support our journalism by becoming a member from £3 a month""".splitlines()

BODY_LINES = """“Please log in,” he said.
Join the army, they told him, and see the world.
The company registered 3,000 new accounts, and members of the forum complained in comments.
Share prices in London fell 3 per cent on Thursday.
Save the Children called for a ceasefire.
More than 300 people have been arrested since the protests began.
Related parties were paid 3m pounds by the club, accounts show.
Currently on offer in the US, the service costs $15 a month for unlimited downloads.
Please call police on 101 with any information.
Additional reporting by agencies
share.""".splitlines()


@pytest.mark.parametrize("line", SITE_LINES)
def test_site_lines(line):
    assert is_site_line(line)


@pytest.mark.parametrize("line", BODY_LINES)
def test_lines_of_articles(line):
    assert not is_site_line(line)


@pytest.mark.parametrize("between", ["Advertisement", "AD\n\nAD", SITE_LINES[2], "Read more: x"])
def test_prompts_between_paragraphs_cut_nothing_off(between):
    text = f"\n\n{between}\n\n".join(BODY.split("\n\n"))
    assert split_page(page_lines(f"{TITLE}\n\n{text}")).text == text
    closed = f"{TITLE}\n\n{text}\n\n{between}{TAIL}"
    assert split_page(page_lines(closed)).text == text


def test_emphasis_inside_a_sentence_is_no_caption():
    text = f"{TITLE}\n\nThe <em>Argo</em> sank.\n\n<p>The Argo</p>\n\nThe Argo\n\n{BODY}"
    assert split_page(page_lines(text)).text == f"The Argo sank.\n\n{BODY}"


def test_what_is_in_tags_in_a_row_stays_unless_it_is_repeated(tmp_path):
    text = f"{BODY}\n\n<p>One more thing</p>\n\n<p>The pier</p>\n\nThe pier\n\n{BODY}"
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"title": TITLE, "text": text}))
    assert read_articles(file)[0].text.split() == f"{BODY} One more thing {BODY}".split()


def write_pages(folder: Path, texts: list[str]) -> Path:
    for i, text in enumerate(texts):
        (folder / f"{i:02}.txt").write_text(text, encoding="utf-8")
    return folder


def test_lines_that_close_different_pages_are_the_sites(tmp_path):
    closing = "The Planet, since 1901 the paper of the quiet streets."
    subjects = ["harvest", "tunnel", "orchestra", "glacier"]
    texts = [
        f"On the {word}\n\nAll about the {word} was told on day {i} of the long fair in the town of"
        f" Aberfoyle, where it stood.\n\nThe {word} will stay.\n\n{closing}"
        for i, word in enumerate(subjects)
    ]
    articles = read_articles(write_pages(tmp_path, texts))
    assert [text.splitlines()[-1] for text in articles.column("text")] == [
        f"The {word} will stay." for word in subjects
    ]


def test_copies_keep_what_they_share(tmp_path):
    text = f"{TITLE}\n\n{BODY}"
    articles = read_articles(write_pages(tmp_path, [text] * 5))
    assert articles.column("text") == [BODY] * 5
    first = articles.ids[0]
    assert articles.ids == [first, *(f"{first}-{i}" for i in range(2, 6))]


def test_reports_of_one_story_keep_their_common_background(tmp_path):
    background = "The bridge was first proposed by the county in 1967."
    texts = [
        f"Bridge debate, day {i}\n\nOn day {i} the council heard witness number {i} for {i} hours "
        f"and adjourned to the next day again.\n\n{background}"
        for i in range(3, 8)
    ]
    articles = read_articles(write_pages(tmp_path, texts))
    assert all(text.endswith(background) for text in articles.column("text"))


def test_clean_never_keeps_every_line(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(f"{TITLE}\n\n{BODY}{TAIL}", encoding="utf-8")
    article = read_articles(page, clean="never")[0]
    assert (article.title, article.text) == ("", f"{TITLE}\n\n{BODY}{TAIL}")


def test_texts_in_memory_are_cleaned_on_demand():
    text = f"{TITLE}\n\n{DECK}\n\nBy Jane Roe\n\n{BODY}{TAIL}"
    assert read_articles([text])[0].text == text
    article = read_articles([text], clean="always")[0]
    assert (article.title, article.author, article.text) == (TITLE, "Jane Roe", BODY)
    row = {"title": "Mine", "text": f"{BODY}{TAIL}"}
    assert read_articles([row], clean="always")[0].text == BODY
    assert read_articles([row])[0].text == row["text"]


def test_a_text_that_begins_with_the_words_of_its_title_keeps_them():
    row = {"title": "The council", "text": BODY}
    assert read_articles([row], clean="always")[0].text == BODY
    row = {"title": TITLE, "text": f"{TITLE}\n\n{BODY}"}
    assert read_articles([row], clean="always")[0].text == BODY
    assert read_articles([row])[0].text == row["text"]


SAMPLES = sorted((ROOT / "python" / "samestory" / "data" / "sample_pages").glob("*.txt"))


def closing_lines(path: Path) -> list[str]:
    """Return the lines of a page that stand on every page of its outlet."""
    outlet = "-".join(path.stem.split("-")[:2])
    pages = [p.read_text(encoding="utf-8") for p in SAMPLES if p.stem.startswith(outlet)]
    common = set.intersection(*(set(page.splitlines()) for page in pages)) - {""}
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line in common]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sample_pages(path):
    """Alone, without other pages to compare with, each gives all its parts."""
    raw = path.read_text(encoding="utf-8")
    article = read_articles(path)[0]
    assert article.title == raw.splitlines()[0]
    assert article.standfirst
    assert article.author
    assert article.date is not None
    assert article.date_zone_known
    assert "<p>" not in article.text
    assert not any(is_site_line(line) for line in article.text.splitlines()[-2:])
    last = article.text.splitlines()[-1]
    rest = [line for line in raw.split(last)[1].splitlines() if line]
    assert rest == closing_lines(path)


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [*SITE_LINES, *BODY_LINES, "", TITLE, DECK, "By Jane Roe", "14 March 2024"]
        ),
        st.text(max_size=40),
        st.sampled_from(["<p>", "</p>", "<p>The pier</p>", "The pier", "<p>The pier", "&amp;"]),
    ),
    max_size=25,
)


@settings(max_examples=300, deadline=None)
@given(LINES)
def test_any_lines_can_be_split_and_none_is_made_up(lines):
    text = "\n".join(lines)
    whole = page_lines(text)
    page = split_page(whole)
    parts = [page.title, *page.standfirst.split("\n"), *page.body]
    left = [line for line in whole if line]
    for part in filter(None, parts):
        left.remove(part)  # ValueError: a line twice, or one that was not there


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(BODY_LINES[:9]), min_size=1, max_size=12), st.booleans())
def test_pages_of_prose_lose_nothing(lines, blank):
    text = ("\n\n" if blank else "\n").join([TITLE, *lines])
    page = split_page(page_lines(text))
    said = " ".join([page.title, page.standfirst, page.text]).split()
    assert said == text.split()


LONG_LINES = {
    "dashes": "-" * 300_000,
    "dashes and a letter": "-" * 300_000 + "a",
    "quotes": "." + '"' * 200_000 + "a",
    "bars": "|" * 300_000,
    "buttons": "share " * 40_000,
    "tags": "<p>" * 30_000,
    "brackets": "(" * 200_000,
}


@pytest.mark.parametrize("name", LONG_LINES)
def test_a_long_line_takes_no_time(name, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(f"{TITLE}\n\n{LONG_LINES[name]}\n\n{BODY}", encoding="utf-8")
    start = time.process_time()
    article = read_articles(page)[0]
    assert time.process_time() - start < 5
    assert article.text.endswith(BODY)
