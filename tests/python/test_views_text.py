"""Stories in a terminal."""

from datetime import timedelta

import numpy as np
import pytest
from fake_stories import FakeExplanation, FakeStories, fake_article, fake_stories

from samestory.views.terminal import COLOUR, columns_of, fit
from samestory.views.text import explanation_text, listing_text, stories_text, story_text

TERMS = [("ferry", 0.3, "direct"), ("reef", 0.2, "neighbour"), ("ferry", 0.12, "neighbour")]


def test_the_first_line_has_the_figures():
    first = stories_text(fake_stories([3, 2, 1, 1])).splitlines()[0]
    assert (
        first == "7 articles · 4 stories (2 of two or more articles, 2 of one) · granularity 0.312"
    )


def test_a_story_is_one_line_of_the_overview():
    lines = stories_text(fake_stories([3, 2, 1])).splitlines()
    assert lines[1:] == [
        "  0  3 articles  14 Mar 2024     Title 0",
        "  1  2 articles  14–15 Mar 2024  Title 3",
    ]


def test_what_is_not_shown_is_counted():
    stories = fake_stories([4, 3, 2, 1, 1, 1])
    assert stories_text(stories, top=1).splitlines()[-1] == "  ... and 2 more stories"
    listing = listing_text(stories, top=1, articles=3)
    assert "  ... and 1 more article\n" in listing
    assert "\n... and 2 more stories\n" in listing
    assert listing.endswith("  ... and 2 more articles")


def test_the_listing_names_every_article_and_its_row():
    listing = listing_text(fake_stories([3, 1]), width=100)
    assert "  0  2024-03-14T06:30+00:00  Harbour Courier  Title 0" in listing
    assert "Alone\n  3  2024-03-14T21:30+00:00  Harbour Courier  Title 3" in listing


def test_a_row_without_words_is_in_no_story():
    stories = fake_stories([2, 1])
    wordless = FakeStories(stories.articles, np.array([0, 0, -1]))
    assert stories_text(wordless).splitlines()[0].startswith("3 articles · 1 story · gran")
    assert "Title 2" not in listing_text(wordless)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width):
    stories = fake_stories([12, 2, 1], title="雨が降る a long title " * 9, outlet="An Outlet " * 9)
    explanation = FakeExplanation(*stories.articles[:2], terms=[*TERMS, ("x" * 200, 0.1, "direct")])
    for text in (
        stories_text(stories, width=width),
        listing_text(stories, width=width),
        story_text(stories[0], width=width),
        explanation_text(explanation, width=width),
    ):
        assert max(map(columns_of, text.splitlines())) <= width


def test_plain_text_has_no_escape_sequences_and_colour_ends_what_it_begins():
    stories = fake_stories([3, 1], title="evil \x1b[31m title")
    assert "\x1b" not in listing_text(stories)
    coloured = listing_text(stories, style=COLOUR)
    assert coloured.count("\x1b[") == 2 * coloured.count("\x1b[0m") > 0


def test_wide_letters_count_twice_and_marks_not_at_all():
    assert columns_of("雨e\u0301") == 3
    assert fit("雨雨雨", 5) == "雨雨…"


def test_an_explanation_draws_each_term_once():
    explanation = FakeExplanation(
        fake_article(0), fake_article(1), terms=TERMS, gap=timedelta(hours=5)
    )
    lines = explanation_text(explanation).splitlines()
    assert lines[0] == "one story · similarity 0.620 · 0.480 by their own words · 5 h apart"
    assert lines[6].split() == ["ferry", "0.420", "█" * 17 + "▒" * 7]
    assert lines[7].split() == ["reef", "0.200", "▒" * 11]
    assert lines[8] == "  █ in both articles · ▒ through articles like them"


def test_words_that_begin_alike_are_said_once_shared_ones_first():
    terms = [
        ("reef", 0.5, "neighbour"),
        ("hackin*", 0.1, "direct"),
        ("ferry*", 0.2, "direct"),
        ("ferry", 0.2, "direct"),
        ("~fer~", 0.02, "direct"),
        ("~err~", 0.02, "neighbour"),
        ("sea", 0.0004, "direct"),
    ]
    pair = fake_article(0, title="Bank hackings", text=""), fake_article(1, text="A hacking")
    lines = explanation_text(FakeExplanation(*pair, terms=terms)).splitlines()[6:-1]
    assert [line.split("  ")[1] for line in lines] == [
        "ferry",
        "hackings, hacking",
        "parts of words",
        "reef",
    ]


def test_the_rule_that_decided_is_said():
    apart = FakeExplanation(fake_article(0), fake_article(1), same_story=False, joined_at=0.25)
    assert "together only at a granularity of 0.250 or less" in explanation_text(apart)
    assert "up to 0.625; these stories are those at 0.500" in explanation_text(
        FakeExplanation(fake_article(0), fake_article(1))
    )


def test_an_explanation_says_what_it_leaves_out_and_when_there_is_nothing():
    pair = fake_article(0), fake_article(1)
    assert "... and 1 more term, 0.200" in explanation_text(
        FakeExplanation(*pair, terms=TERMS), top=1
    )
    nothing = explanation_text(FakeExplanation(*pair, same_story=False))
    assert nothing.startswith("two stories")
    assert nothing.endswith("no word in common that counts.")
