"""Pictures: what they show, in light and dark, of few and of many articles, in any script."""

import random
import warnings
from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")
import matplotlib.pyplot as plt
from invented_stories import invented_stories

import samestory as ss
from samestory import _core
from samestory.data import sample_pages_path
from samestory.stories.outlets import outlet_columns
from samestory.stories.story_map import story_map
from samestory.views.dendrogram import articles_joined, stories_joined
from samestory.views.figure import palette_of
from samestory.views.granularity import granularity_curves
from samestory.views.similarity import sampled_rows

PICTURES = ("timeline", "map", "dendrogram", "similarity", "granularity", "outlets")


@pytest.fixture(scope="module")
def sample():
    return ss.find_stories(str(sample_pages_path()), progress=False)


@pytest.fixture(scope="module")
def hostile():
    """Scripts, markup, dollars, emoji, a right-to-left mark, 10,000 characters, no date."""
    titles = [
        "東京都で地震", "भारत में बाढ़", "زلزال في المدينة", "רעידת אדמה", "ไทยรัฐ", "Ελλάδα", "Пожар",
        "$2 million, not $3 million", "<b>bold</b> & </script>", "\u202eevil\u202c", "🌋🔥",
        "x" * 10_000, "\x00\x1b[31m", "",
    ]  # fmt: skip
    rows = [{"title": title, "text": f"{title} word{i // 2}"} for i, title in enumerate(titles)]
    return ss.find_stories(rows, granularity=0.3, progress=False)


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def draw(stories, picture, **options):
    """Draw a picture and let matplotlib lay it out; a warning is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = getattr(stories, f"plot_{picture}")(**options)
        ax.figure.canvas.draw()
    return ax


@pytest.mark.parametrize("picture", PICTURES)
def test_axes_are_returned_and_given_ones_are_used(sample, picture):
    assert isinstance(draw(sample, picture), mpl.axes.Axes)
    _, ax = plt.subplots(layout="constrained")
    assert draw(sample, picture, ax=ax) is ax


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("style", ["default", "dark_background"])
def test_whatever_titles_hold_is_drawn(hostile, picture, style):
    with plt.style.context(style):
        draw(hostile, picture)


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("texts", [["Rain in May"], ["Rain in May"] * 3, ["Rain", "Snow"]])
def test_few_articles_are_drawn(picture, texts):
    draw(ss.find_stories(texts, progress=False), picture)


@pytest.mark.parametrize("picture", PICTURES)
def test_missing_matplotlib_is_named(sample, picture, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "matplotlib.pyplot", None)
    with pytest.raises(ImportError, match=r'pip install "samestory\[plot\]"'):
        getattr(sample, f"plot_{picture}")()


@pytest.mark.parametrize(
    ("picture", "options"),
    [
        ("map", {"names": -1}),
        ("map", {"names": None}),
        ("dendrogram", {"top": 1}),
        ("similarity", {"top": 0}),
        ("outlets", {"top": 0}),
    ],
)
def test_numbers_out_of_range_are_refused(sample, picture, options):
    ((name, value),) = options.items()
    with pytest.raises(ValueError, match=f"{name}={value}"):
        draw(sample, picture, **options)


def contrast(one, other):
    """The contrast of WCAG, from 1 to 21."""
    shares = [np.array(mpl.colors.to_rgb(colour)) for colour in (one, other)]
    linear = [np.where(s <= 0.03928, s / 12.92, ((s + 0.055) / 1.055) ** 2.4) for s in shares]
    light = sorted(float(v @ [0.2126, 0.7152, 0.0722]) + 0.05 for v in linear)
    return light[1] / light[0]


@pytest.mark.parametrize("paper", ["white", "black", "#0d1117", "#f6f8fa"])
def test_colours_show_on_their_paper(paper):
    _, ax = plt.subplots(facecolor=paper)
    ax.set_facecolor("none")
    palette = palette_of(ax)
    assert contrast(palette.ink, paper) > 10
    assert min(contrast(colour, paper) for colour in (palette.quiet, palette.first)) > 3
    assert contrast(palette.second, paper) > 3


# -- the map -------------------------------------------------------------------------------


def test_islands_do_not_overlap_and_hold_their_articles(sample):
    found = story_map(sample)
    for a, b in combinations(range(len(sample)), 2):
        gap = np.hypot(*(found.centres[a] - found.centres[b]))
        assert gap > found.radii[a] + found.radii[b]
    for story in sample:
        away = np.hypot(*(found.places[story.rows] - found.centres[story.label]).T)
        assert away.max() <= found.radii[story.label]
        if len(story) > 1:
            apart = [
                np.hypot(*(found.places[a] - found.places[b]))
                for a, b in combinations(story.rows, 2)
            ]
            assert min(apart) > 1.6


def test_a_map_depends_on_nothing_but_the_stories(sample):
    first = story_map(sample)
    np.testing.assert_array_equal(story_map(sample.at(0.5)).places, first.places)


def test_names_do_not_overlap():
    ax = draw(invented_stories([2] * 40), "map", names=40)
    boxes = [text.get_window_extent() for text in ax.texts]
    assert len(boxes) > 5
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    edge = ax.get_window_extent().expanded(1.01, 1.01)
    assert all(edge.contains(box.x0, box.y0) and edge.contains(box.x1, box.y1) for box in boxes)


def test_similar_stories_are_near():
    topics = [
        "reef ferry captain harbour sailor deck lighthouse anchor tide pilot",
        "cheese fair wheel dairy goat butter stall market farmer milk",
        "court judge appeal permit verdict lawyer jury witness trial defence",
    ]
    chance = random.Random(0)
    texts = [
        " ".join([*chance.sample(topics[i % 3].split(), 5), f"unique{i} other{i}"])
        for i in range(60)
    ]
    stories = ss.find_stories(texts, granularity=1.0, progress=False)
    places = story_map(stories).places
    distance = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    same = np.subtract.outer(np.arange(60), np.arange(60)) % 3 == 0
    np.fill_diagonal(distance, np.nan)
    assert np.nanmean(distance[same]) < 0.5 * np.nanmean(distance[~same])


def test_layout_is_checked():
    from scipy import sparse

    links = sparse.identity(2, format="csr")
    with pytest.raises(ValueError, match="two columns"):
        _core.graph_layout(links, [1.0, 1.0], np.zeros((2, 3)))
    with pytest.raises(ValueError, match="above 0"):
        _core.disc_placement(np.zeros((1, 2)), [0.0], 1.0)


# -- the others ----------------------------------------------------------------------------


def test_the_curve_counts_stories_and_articles_alone(sample):
    steps, n_stories, alone = granularity_curves(sample)
    assert (steps[0], steps[-1]) == (0.0, 1.0)
    for i in range(len(steps) - 1):
        at = sample.at((steps[i] + steps[i + 1]) / 2)
        assert n_stories[i] == len(at)
        assert alone[i] * 46 == pytest.approx((at.sizes == 1).sum())
    assert n_stories[-1] == len(sample.at(1.0))


@pytest.mark.parametrize("make", ["sample", "one"])
def test_the_curve_is_shown_where_it_changes(sample, make):
    stories = sample if make == "sample" else ss.find_stories(["Rain in May"], progress=False)
    ax = draw(stories, "granularity")
    steps = granularity_curves(stories)[0]
    inner = steps[(steps > 0) & (steps < 1)]
    first, last = ax.get_xlim()
    assert 0 < first < 0.01 < 0.99 < last < 1
    assert len(inner) == 0 or (inner <= last).mean() > 0.9
    assert {0.1, 0.5, 0.9} <= set(ax.get_xticks())


def test_a_story_is_given_by_number_or_itself(sample):
    by_number = draw(sample, "dendrogram", story=np.int64(1))
    itself = draw(sample, "dendrogram", story=sample[1])
    labels = [[label.get_text() for label in ax.get_yticklabels()] for ax in (by_number, itself)]
    assert labels[0] == labels[1]
    with pytest.raises(TypeError, match="stories are chosen by number"):
        sample.plot_dendrogram("ferry")


def test_a_dendrogram_has_every_article_once(sample):
    story = sample[0]
    for top in (2, 3, 30):
        tree = articles_joined(sample, story.rows, top)
        assert sorted(np.concatenate(tree.leaves)) == story.rows.tolist()
        assert len(tree.merges) == len(tree.leaves) - 1 <= top - 1
        assert tree.is_story.all()
    tree = stories_joined(sample, len(sample))
    assert sorted(np.concatenate(tree.leaves)) == list(range(46))
    assert not tree.is_story.any()


def test_a_large_story_is_sampled_evenly():
    rows = [{"text": f"Rain in Tarn {i}", "date": f"{2000 + i}-01-01"} for i in range(700)]
    rows += [{"text": "cheese fair"}, {"text": "cheese fair"}]
    stories = ss.find_stories(rows, granularity=0.0, progress=False)
    chosen, ends, share = sampled_rows(stories, 1)
    assert len(chosen) == ends[-1] == 600
    assert share == pytest.approx(600 / 702)
    assert np.all(np.diff(chosen) >= 1)


OUTLETS = [
    ("Post", "2024-03-14T08:00Z", "reef"),
    ("Sun", "2024-03-14T11:00Z", "reef"),
    ("Sun", "2024-03-14T09:00Z", "cheese"),
    ("Post", "2024-03-14", "cheese"),
    ("Day", None, "cheese"),
    ("Post", "2024-03-15T09:00Z", "court"),
]


def test_outlets_are_first_or_follow():
    words = {"reef": "ferry hits a reef", "cheese": "fair opens at noon", "court": "judge resigns"}
    rows = [
        {"outlet": outlet, "date": date, "title": words[topic], "text": words[topic]}
        for outlet, date, topic in OUTLETS
    ]
    stories = ss.find_stories(rows, progress=False)
    assert len(stories) == 3
    table = stories.outlets().set_index("outlet")
    # The Post's day alone does not tell whether the Sun was before it.
    assert table.loc["Post"].tolist()[:4] == [3, 3, 2, 0]
    assert table.loc["Sun"].tolist() == [2, 2, 1, 1, 3.0, 0]
    assert table.loc["Day"].tolist()[:4] == [1, 1, 0, 0]
    assert outlet_columns(stories)["outlet"] == ["Post", "Sun", "Day"]
    ax = draw(stories, "outlets")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Post", "Sun"]
    assert "3 h later" in [text.get_text() for text in ax.texts]
