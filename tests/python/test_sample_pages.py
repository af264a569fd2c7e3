"""The bundled sample pages: shape, gold stories and what outlets may share."""

import re
from collections import Counter, defaultdict
from itertools import combinations

import pytest

from samestory.data import sample_pages_path, sample_stories

BOILERPLATE = {
    "daily-lantern": "Daily Lantern is a trading name of Lantern Publishing Co-operative Ltd.",
    "harbour-courier": "Sign up to the Courier’s Tide Table newsletter",
    "meridian-post": "Meridian Post – independent journalism, edited in four time zones",
    "northgate-ledger": "Thank you for creating an account.",
    "tasman-beacon": "Download the free Beacon app from your phone’s store",
}
DATE_LINE = {
    "daily-lantern": r"Published \d{1,2} March 2024 at \d\d:\d\d GMT",
    "harbour-courier": r"[A-Z][a-z]+day \d{1,2} March 2024 \d\d:\d\d GMT",
    "meridian-post": r"\d\d\.03\.2024 \d\d:\d\d CET",
    "northgate-ledger": r"March \d{1,2}, 2024, \d{1,2}:\d\d [ap]\.m\. E[SD]T",
    "tasman-beacon": r"[A-Z][a-z]{2} \d{1,2} Mar 2024 \d\d\.\d\d AEDT",
}
WIRE_STORY = "kestora-grounding"
CONFUSABLE = ("ferry-thyrea", "ferry-sulangi")


def outlet_of(name: str) -> str:
    """Return the outlet that a file name starts with."""
    return re.split(r"-\d\d-", name)[0]


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """Return file name to text; strict decoding is the check that all of it is UTF-8."""
    files = sorted(sample_pages_path().iterdir())
    return {file.name: file.read_text(encoding="utf-8") for file in files}


def files_by_story() -> dict[str, list[str]]:
    """Return the gold the other way round."""
    files = defaultdict(list)
    for name, story in sample_stories().items():
        files[story].append(name)
    return files


def words_of_long_lines(text: str) -> set[tuple[str, ...]]:
    """Return the lines of eight words or more, free of case and punctuation."""
    lines = (tuple(re.findall(r"\w+", line.casefold())) for line in text.splitlines())
    return {line for line in lines if len(line) >= 8}


def test_gold_covers_exactly_the_files(pages: dict[str, str]) -> None:
    assert list(sample_stories()) == list(pages)
    assert len(pages) >= 40


def test_five_outlets_with_several_pages_each(pages: dict[str, str]) -> None:
    sizes = Counter(map(outlet_of, pages))
    assert set(sizes) == set(BOILERPLATE)
    assert min(sizes.values()) >= 5


def test_twelve_stories_and_seven_singletons() -> None:
    files = files_by_story()
    singles = {story for story in files if story.startswith("single-")}
    assert len(singles) == 7
    assert all(len(files[story]) == 1 for story in singles)
    sizes = [len(names) for story, names in files.items() if story not in singles]
    assert len(sizes) == 12
    assert min(sizes) >= 2
    assert max(sizes) <= 5


def test_confusable_pair_is_two_stories_of_three_pages() -> None:
    files = files_by_story()
    assert [len(files[story]) for story in CONFUSABLE] == [3, 3]


@pytest.mark.parametrize("outlet", sorted(BOILERPLATE))
def test_boilerplate_and_date_line_mark_every_page(outlet: str, pages: dict[str, str]) -> None:
    for name, text in pages.items():
        ours = outlet_of(name) == outlet
        assert (BOILERPLATE[outlet] in text) == ours, name
        assert bool(re.search(rf"^{DATE_LINE[outlet]}$", text, re.MULTILINE)) == ours, name


def test_head_is_headline_standfirst_byline_date(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        headline, gap, standfirst, second_gap, byline, date = text.splitlines()[:6]
        assert headline and standfirst and byline, name
        assert gap == second_gap == "", name
        assert re.fullmatch(DATE_LINE[outlet_of(name)], date), name


def test_captions_are_repeated_as_plain_text(pages: dict[str, str]) -> None:
    captioned = 0
    for name, text in pages.items():
        captions = re.findall(r"^<p>(.*)</p>\n\n(.*)\n", text, re.MULTILINE)
        assert len(captions) == text.count("<p>"), name
        assert all(tagged == plain for tagged, plain in captions), name
        captioned += bool(captions)
    assert 10 <= captioned < len(pages)


def test_wire_text_is_shared_by_three_outlets(pages: dict[str, str]) -> None:
    names = files_by_story()[WIRE_STORY]
    assert len({outlet_of(name) for name in names}) == 3
    for first, second in combinations(names, 2):
        shared = words_of_long_lines(pages[first]) & words_of_long_lines(pages[second])
        assert len(shared) >= 5


def test_outlets_share_no_long_line_but_the_wire(pages: dict[str, str]) -> None:
    gold = sample_stories()
    own = {name: text for name, text in pages.items() if gold[name] != WIRE_STORY}
    for first, second in combinations(own, 2):
        if outlet_of(first) != outlet_of(second):
            shared = words_of_long_lines(own[first]) & words_of_long_lines(own[second])
            assert not shared, (first, second, shared)
