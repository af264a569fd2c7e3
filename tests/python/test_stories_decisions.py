"""What is said of real stories is what was done: margins on both sides, worths, reasons."""

import numpy as np
import pytest

import samestory as ss

EDGE = 1e-9
SETS = [("basil", 300), ("ecbplus", 300), ("fnc1_headlines", 400), ("gva_incidents", 300)]


@pytest.fixture(scope="module", params=SETS, ids=lambda param: param[0])
def stories(request, read_set):
    name, n = request.param
    rows = read_set(name)
    chosen = np.random.default_rng(len(name)).permutation(len(rows))[:n]
    return ss.find_stories([rows[i] for i in sorted(chosen)], progress=False)


def members(stories, granularity, row):
    labels = stories.at(granularity).labels
    return set(np.flatnonzero(labels == labels[row]).tolist())


def drawn(stories, n):
    """Return some stories with the row of one of their articles: half of several, half alone."""
    chance = np.random.default_rng(len(stories))
    several = [story for story in stories if len(story) > 1]
    alone = [story for story in stories if len(story) == 1]
    for some in (several, alone):
        for i in chance.permutation(len(some))[: n // 2].tolist():
            yield some[i], stories.articles.position(some[i].articles[0].id)


def test_a_story_parts_and_joins_at_its_margin(stories):
    for story, row in drawn(stories, 24):
        own = members(stories, stories.granularity, row)
        decided = stories.why(story.articles[0]).decision
        parts, joins = decided.parts_at, decided.joins_at
        assert members(stories, parts - EDGE, row) == own
        if parts < 1.0:
            assert members(stories, parts + EDGE, row) < own
        assert members(stories, joins + EDGE, row) == own
        if joins > EDGE:
            assert members(stories, joins - EDGE, row) > own
        assert story.margin == min(parts - stories.granularity, stories.granularity - joins)


def test_worths_never_contradict_what_was_done(stories):
    for granularity in (0.35, 0.5, 0.7):
        at = stories.at(granularity)
        for story, _ in drawn(at, 40):
            decided = at.why(story.articles[0]).decision
            assert decided.joins_at <= granularity <= decided.parts_at
            if len(story) > 1 and decided.price > 0:
                assert decided.worth - decided.price >= decided.worth_of_parts - EDGE
            if decided.worth_with_next is not None:
                assert decided.worth_with_next <= decided.worth_beside_next + EDGE


def test_explanations_say_whether_two_are_one_story(stories):
    chance = np.random.default_rng(1)
    for a, b in chance.integers(0, len(stories.articles), (60, 2)).tolist():
        if a == b:
            continue
        found = stories.explain(a, b)
        assert found.same_story == (stories.labels[a] == stories.labels[b])
        assert found.same_story == (found.granularity <= found.joined_at)
        assert sum(term.weight for term in found.terms) == pytest.approx(found.score, abs=1e-6)
