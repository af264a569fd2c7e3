"""What reading took out of the texts, and the texts as they came."""

import gc

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_stories import invented_words

from samestory.articles import read_articles
from samestory.articles.gone import lines_gone
from samestory.articles.raw import pack, unpack
from samestory.articles.removed import Removed, RemovedParts

PAGE = """Quarry lake opens for swimmers

By Ines Varga
14 March 2024

The old quarry at Lindholt is a lake now, and from Saturday people may swim in it.

Divers had taken three cars and a piano from the bottom before it was filled.

Sign up for our newsletter
© 2024 Lindholt Messenger
"""


@pytest.fixture
def articles(tmp_path):
    (tmp_path / "a.txt").write_text(PAGE)
    (tmp_path / "b.txt").write_text("Rain\n\nIt rained on Lindholt from noon to the evening.\n")
    return read_articles(tmp_path)


def test_every_removed_line_is_told(articles):
    assert [part.what for part in articles.removed] == [
        "Sign up for our newsletter",
        "© 2024 Lindholt Messenger",
    ]
    assert {part.article for part in articles.removed} == {articles.ids[0]}
    assert all(part.why for part in articles.removed)
    assert "newsletter" not in articles[0].text
    assert articles.removed.characters() == {articles.removed[0].why: 51}


def test_the_text_as_it_came(articles):
    assert articles[0].raw == PAGE
    assert articles[1].raw.startswith("Rain\n\nIt rained")
    assert read_articles(["Nothing to change."])[0].raw == "Nothing to change."


def test_a_page_of_markup_as_it_came(tmp_path):
    page = "<html><body><h1>Größe</h1><p>Ein Fluss trat über die Ufer.</p></body></html>"
    (tmp_path / "a.html").write_bytes(page.encode("cp1252"))
    assert read_articles(tmp_path / "a.html")[0].raw == page


def test_chosen_articles_keep_what_was_removed_of_them(articles):
    assert len(articles[1:].removed) == 0
    chosen = articles[[1, 0]]
    assert [part.what for part in chosen.removed] == [part.what for part in articles.removed]
    assert chosen.removed[0].article == chosen.ids[1] == articles.ids[0]
    assert chosen[1].raw == PAGE
    assert chosen.removed.of(0) == []


def test_nothing_removed_where_cleaning_is_off(tmp_path):
    (tmp_path / "a.txt").write_text(PAGE)
    articles = read_articles(tmp_path, clean="never")
    assert len(articles.removed) == 0
    assert articles[0].text == articles[0].raw == PAGE


def test_as_a_table(articles):
    frame = articles.removed.to_frame()
    assert list(frame.columns) == ["article", "what", "why"]
    assert len(frame) == 2
    pd.testing.assert_series_equal(
        frame["article"], pd.Series([articles.ids[0]] * 2, name="article"), check_dtype=False
    )
    assert "© 2024 Lindholt" in repr(articles.removed)
    assert "© 2024 Lindholt" in articles.removed._repr_html_()
    assert repr(RemovedParts()) == "nothing removed"


def test_parts_come_in_the_order_of_the_articles():
    parts = RemovedParts(["a", "b"], [(1, "x", "w"), (0, "y", "w"), (1, "z", "v")])
    assert list(parts) == [Removed("a", "y", "w"), Removed("b", "x", "w"), Removed("b", "z", "v")]
    assert parts.by_reason() == {"w": 2, "v": 1}
    assert parts.of(1) == [Removed("b", "x", "w"), Removed("b", "z", "v")]


@given(st.text())
def test_packing(text):
    assert unpack(pack(text)) == text
    assert unpack(pack(text * 3000)) == text * 3000


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_lines_gone_by_counting(before, after):
    gone = lines_gone(before, after)
    for line in "abc":
        assert gone.count(line) == max(0, before.count(line) - after.count(line))


# -- what recurs -----------------------------------------------------------------------------

CONSENT = "We and our 842 partners store data on your device, unless you say no."
FOOTER = "The Orrin Herald is printed in Vellmoor"


def outlet_rows(n: int, **fields) -> list[dict[str, str]]:
    """Return articles on different things, between two lines that all of them have."""
    return [
        {
            "title": " ".join(invented_words(("title", i), 6)),
            "text": f"{CONSENT}\n\n{' '.join(invented_words(i, 60))}\n\n{FOOTER}",
            **fields,
        }
        for i in range(n)
    ]


@pytest.mark.parametrize("outlet", ["", "Orrin Herald"])
def test_recurring_lines_of_rows_in_memory_go_and_are_told(outlet):
    rows = outlet_rows(12, outlet=outlet)
    articles = read_articles(rows)
    assert articles.column("text") == [" ".join(invented_words(i, 60)) for i in range(12)]
    told = [(part.article, part.what) for part in articles.removed]
    assert told == [(one, line) for one in articles.ids for line in (CONSENT, FOOTER)]
    assert set(articles.removed.by_reason()) == {"line of many articles"}
    assert articles[3].raw == rows[3]["text"]
    assert not read_articles(rows, clean="never").removed


def test_lines_of_two_articles_and_of_one_story_stay():
    assert not read_articles(outlet_rows(2)).removed
    quote = "“We will open the footbridge before the summer,” said Orla Penn."
    words = invented_words("bridge", 40)
    story = [
        {"title": " ".join(words[i : i + 5]), "text": f"{' '.join(words[i:])}\n{quote}"}
        for i in range(8)
    ]
    assert not read_articles(story).removed


def test_the_rest_of_a_wrapped_sentence_stays():
    rows = outlet_rows(9)
    for i, row in enumerate(rows):
        row["text"] = f"{' '.join(invented_words(('wrapped', i), 20))}\nOrla Penn told us.\nsaid."
    assert not read_articles(rows).removed


def test_several_sentences_are_no_rest_of_one():
    """A banner that a page set between the lines of a paragraph."""
    banner = "We store cookies on your device. Reject them whenever you like."
    rows = outlet_rows(9)
    for i, row in enumerate(rows):
        words = invented_words(("parted", i), 40)
        row["text"] = "\n".join([" ".join(words[:20]), banner, " ".join(words[20:])])
    told = [part.what for part in read_articles(rows).removed]
    assert told == [banner] * 9


def test_a_text_without_a_title_is_not_emptied():
    rows = [{"text": f"{CONSENT}"} for _ in range(9)] + outlet_rows(9)
    articles = read_articles(rows)
    assert articles.column("text")[:9] == [CONSENT] * 9
    assert len(articles.removed) == 18


def test_headlines_of_other_articles_are_links_but_the_own_one_is_not():
    rows = outlet_rows(6)
    rows[1]["title"] = rows[1]["title"].capitalize()
    rows[0]["text"] = f"{rows[0]['title']}\n{rows[0]['text']}\n{rows[1]['title']}"
    articles = read_articles(rows)
    assert articles[0].text.startswith(rows[0]["title"])
    told = [part.why for part in articles.removed if part.what == rows[1]["title"]]
    assert told == ["link to another article"]


def test_links_in_few_articles_go_with_the_label_above_them():
    rows = outlet_rows(30)
    links = [" ".join(invented_words(("link", i), 5)).capitalize() for i in range(15)]
    for i, row in enumerate(rows):
        own = row["text"].split("\n\n")
        row["text"] = "\n".join(
            [own[0], own[1], "More from us", *links[i % 15 : i % 15 + 2], own[2]]
        )
    articles = read_articles(rows)
    assert articles.column("text") == [" ".join(invented_words(i, 60)) for i in range(30)]


def test_a_byline_of_two_articles_stays():
    rows = outlet_rows(9)
    for row in rows[:2]:
        row["text"] = row["text"].replace(FOOTER, f"Report: Ida Moss\n\n{FOOTER}")
    articles = read_articles(rows)
    assert [article.text.endswith("Report: Ida Moss") for article in articles[:2]] == [True, True]


def test_wire_copy_of_many_papers_stays():
    wire = [" ".join(invented_words(("wire", i), 40)).capitalize() + "." for i in range(6)]
    rows = outlet_rows(40)
    for i in range(8):
        cut = wire[: 6 - i % 3]
        rows.append({"title": f"{' '.join(invented_words('wire', 5))} {i}", "text": "\n".join(cut)})
    articles = read_articles(rows)
    assert [article.text.count("\n") for article in articles[40:]] == [5 - i % 3 for i in range(8)]


@pytest.mark.parametrize("is_on", [True, False])
def test_the_collector_is_as_it_was_after_reading(is_on):
    def interrupt(stage, done, total):
        if stage == "cleaning":
            raise KeyboardInterrupt

    rows = [{"text": f"Word {i} of many.\nAnother line {i}."} for i in range(5)]
    was_on = gc.isenabled()
    try:
        (gc.enable if is_on else gc.disable)()
        read_articles(rows, clean="always")
        assert gc.isenabled() == is_on
        with pytest.raises(KeyboardInterrupt):
            read_articles(rows, clean="always", progress=interrupt)
        assert gc.isenabled() == is_on
    finally:
        (gc.enable if was_on else gc.disable)()
