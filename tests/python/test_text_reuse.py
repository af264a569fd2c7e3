"""Who printed whose text: found whatever an outlet made of it, and nothing else."""

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_stories import invented_words
from wire_copies import WAYS, connected, wires_and_copies

import samestory as ss
from samestory.data import invented_articles

WIRE = (
    "The ferry Kalliope ran onto a reef off Thyrea on Sunday night. All 214 people on board were "
    "brought ashore by fishing boats before midnight. The captain said that the beacon on the reef "
    "was dark. The harbour office had reported it twice since February."
)


def found_by_sets(texts: list[str], n_words: int, threshold: float) -> dict:
    """The containment of every pair, by sets of tuples."""
    words = [text.split() for text in texts]
    sets = [{tuple(w[i : i + n_words]) for i in range(len(w) - n_words + 1)} for w in words]
    found = {}
    for i, a in enumerate(sets):
        for j in range(i + 1, len(sets)):
            shared = len(a & sets[j])
            # A single division decides, as in the join.
            if shared and max(shared / len(a), shared / len(sets[j])) >= threshold:
                found[i, j] = (shared / len(a), shared / len(sets[j]))
    return found


@given(
    texts=st.lists(st.lists(st.sampled_from("abcd"), max_size=30).map(" ".join), max_size=8),
    n_words=st.integers(1, 4),
    threshold=st.sampled_from([0.1, 1 / 3, 0.5, 1.0]),
    n_jobs=st.sampled_from([1, 3]),
)
def test_pairs_are_those_of_sets_of_runs(texts, n_words, threshold, n_jobs):
    rows = [{"text": text} for text in texts]
    reuse = ss.text_reuse(
        rows,
        threshold,
        shingle_words=n_words,
        least_shared=1,
        leave_out_recurring=False,
        n_jobs=n_jobs,
        progress=False,
    )
    shares = zip(reuse.share_of_earlier.tolist(), reuse.share_of_later.tolist(), strict=True)
    pairs = zip(reuse.earlier.tolist(), reuse.later.tolist(), strict=True)
    assert dict(zip(pairs, shares, strict=True)) == found_by_sets(texts, n_words, threshold)


@given(
    texts=st.lists(
        st.lists(st.sampled_from(["Ä", "b", "雨", "ß."]), min_size=1, max_size=40).map(" ".join),
        min_size=2,
        max_size=2,
    )
)
def test_passages_are_longest_runs_of_the_same_words(texts):
    n_words = 3
    rows = [{"text": text} for text in texts]
    reuse = ss.text_reuse(rows, 0.01, shingle_words=n_words, least_shared=1, progress=False)
    for pair in reuse:
        end = 0
        for passage in pair.passages:
            in_earlier = pair.earlier.text[slice(*passage.in_earlier)]
            assert passage.text == pair.later.text[slice(*passage.in_later)]
            assert in_earlier.replace(".", "").split() == passage.text.replace(".", "").split()
            assert passage.words == len(passage.text.split()) >= n_words
            assert passage.in_later[0] >= end
            end = passage.in_later[1]
            # It goes no further: one of the texts ends, or they go on with different words.
            rest_of_earlier = pair.earlier.text[passage.in_earlier[1] :].replace(".", "").split()
            rest_of_later = pair.later.text[passage.in_later[1] :].replace(".", "").split()
            assert rest_of_earlier[:1] != rest_of_later[:1] or not rest_of_later


def wrong_and_missed(articles: list[dict], gold: set[tuple[str, str]], **options):
    """Count what is found of the gold, and what is found of two different wire texts."""
    wire = connected(gold)
    reuse = ss.text_reuse(articles, progress=False, **options)
    ids = reuse.articles.ids
    found = {
        (ids[a], ids[b]) for a, b in zip(reuse.earlier.tolist(), reuse.later.tolist(), strict=True)
    }
    wrong = [(a, b) for a, b in found if wire.get(a, a) != wire.get(b, b)]
    return len(gold & found), len(wrong), len(found)


FILLERS = ["the", "of", "a", "in", "to", "said", "and", "was", "on", "for"]


def invented_wires(n: int, n_sentences: int, name: str) -> list[str]:
    """Texts of some hundred words of their own and some that all texts have."""
    texts = []
    for i in range(n):
        chance = random.Random(f"{name} {i}")
        own = invented_words((name, i), 60)
        sentences = []
        for _ in range(n_sentences):
            words = chance.choices(own, k=chance.randrange(6, 14))
            words += chance.choices(FILLERS, k=6)
            sentences.append(" ".join(chance.sample(words, len(words))).capitalize() + ".")
        texts.append(" ".join(sentences))
    return texts


NOTICES = [
    " ".join(chance.sample(invented_words(("notice", i), 70), 70)).capitalize() + "."
    for i, chance in enumerate(map(random.Random, range(8)))
]


@pytest.mark.parametrize("has_notices", [False, True])
def test_invented_agency_copy_is_found_and_nothing_else(has_notices):
    # One of each kind of invented event: two of a kind have sentences in common.
    kinds = {one["gold"]: one["text"] for one in invented_articles(10, seed=1)}
    wires = [*kinds.values(), *invented_wires(150, 9, "wire")]
    articles, gold = wires_and_copies(wires, invented_wires(300, 9, "own"))
    articles += [{"id": text, "text": text} for text in invented_wires(800, 9, "alone")]
    if has_notices:
        # What a site puts below each of its articles, often longer than what it took over.
        for i, article in enumerate(articles):
            article["text"] += f"\n\n{NOTICES[i % len(NOTICES)]}"
    right, wrong, found = wrong_and_missed(articles, gold)
    assert len(gold) == 160 * len(WAYS)
    assert right >= 0.98 * len(gold)
    assert wrong <= 0.01 * found


def without_versions(texts: list[str]) -> list[str]:
    """Drop texts that look like another one, by another measure than the one under test."""
    counts = ss.TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    alike = ss.similarity_join(counts, threshold=0.5, triangle=True, progress=False)
    return [text for text, n in zip(texts, np.diff(alike.indptr), strict=True) if n == 0]


@pytest.mark.parametrize("name", ["bbc", "reuters21578"])
def test_agency_copy_of_real_texts_is_found_and_nothing_else(read_set, name):
    texts = [row["text"] for row in read_set(name)]
    texts = list(dict.fromkeys(text for text in texts if 100 < text.count(" ") < 2000))
    chosen = without_versions(random.Random(3).sample(texts, 1200))
    assert len(chosen) > 900
    articles, gold = wires_and_copies(chosen[:400], chosen[400:])
    right, wrong, found = wrong_and_missed(articles, gold)
    assert right >= 0.98 * len(gold)
    assert wrong <= 0.01 * found


def test_three_reports_of_one_event_are_no_copies_of_each_other(read_set):
    rows = read_set("basil")
    reuse = ss.text_reuse(rows, progress=False)
    assert len(rows) == 300
    assert len(reuse) <= 6


@pytest.fixture(scope="module")
def copied():
    rows = [
        {"id": "cut", "outlet": "Post", "date": "2024-03-12", "text": WIRE[:140]},
        {"id": "wire", "outlet": "Wire", "date": "2024-03-10T21:00Z", "text": WIRE},
        {"id": "long", "outlet": "Sun", "date": "2024-03-10T23:30Z", "text": f"Read this. {WIRE}"},
        {"id": "same day", "outlet": "Star", "date": "2024-03-10", "text": WIRE},
        {"id": "undated", "outlet": "Star", "text": f"{WIRE} So it is."},
        {"id": "other", "outlet": "Sun", "date": "2024-03-10", "text": "Nothing of the kind. " * 9},
    ]
    return ss.text_reuse(rows, least_shared=5, progress=False)


def pair_of(reuse, *ids):
    return next(pair for pair in reuse if {pair.earlier.id, pair.later.id} == set(ids))


def test_dates_say_who_was_first(copied):
    pair = pair_of(copied, "wire", "long")
    assert (pair.earlier.id, pair.order, pair.hours) == ("wire", "date", 2.5)
    assert pair.share_of_earlier == 1.0 > pair.share_of_later > 0.8
    pair = pair_of(copied, "wire", "cut")
    assert (pair.earlier.id, pair.order, pair.hours) == ("wire", "date", 27.0)
    assert pair.share_of_later > 0.9 > 0.7 > pair.share_of_earlier


def test_dates_that_do_not_say_who_was_first_are_named(copied):
    pair = pair_of(copied, "wire", "same day")
    assert (pair.order, pair.hours) == ("unclear", None)
    pair = pair_of(copied, "wire", "undated")
    assert (pair.earlier.id, pair.order, pair.hours) == ("wire", "undated", None)
    assert not any("other" in (pair.earlier.id, pair.later.id) for pair in copied)


def test_the_source_is_the_fullest_and_then_the_earliest(copied):
    ids = copied.articles.ids
    named = {ids[row]: ids[source] for row, source in enumerate(copied.sources) if source >= 0}
    assert named == {"long": "wire", "cut": "same day"}
    assert [ids[row] for row in np.flatnonzero(copied.is_copy)] == ["cut", "long"]


def test_pairs_of_one_outlet_and_far_apart_can_be_left_out(copied):
    rows = copied.articles
    others = ss.text_reuse(rows, least_shared=5, same_outlet=False, progress=False)
    assert len(copied) - len(others) == 1
    near = ss.text_reuse(rows, least_shared=5, max_gap="12h", progress=False)
    assert {"cut", "wire"} not in [{pair.earlier.id, pair.later.id} for pair in near]
    assert {"long", "wire"} in [{pair.earlier.id, pair.later.id} for pair in near]


def test_neither_order_nor_threads_matter():
    news = invented_articles(60, seed=2)
    wires = list({one["gold"]: one["text"] for one in news}.values())
    articles, _ = wires_and_copies(wires[:30], wires[30:])

    def table(rows, n_jobs):
        frame = ss.text_reuse(rows, n_jobs=n_jobs, progress=False).to_frame()
        return frame.sort_values(["earlier", "later"]).reset_index(drop=True)

    first = table(articles, 1)
    assert len(first) > 180
    dated = first["order"] == "date"
    for rows, n_jobs in ((articles, 4), (articles[::-1], 2)):
        again = table(rows, n_jobs)
        # Which of two undecided ones stands first is the order of the input.
        assert (
            first[dated]
            .reset_index(drop=True)
            .equals(again[again["order"] == "date"].reset_index(drop=True))
        )
        assert len(again) == len(first)


def test_the_strongest_come_first_and_slices_give_lists(copied):
    strongest = np.maximum(copied.share_of_earlier, copied.share_of_later)
    assert all(a >= b for a, b in pairwise(strongest.tolist()))
    assert [pair.later.id for pair in copied[:2]] == [copied[0].later.id, copied[1].later.id]
    assert copied[-1].later.id == copied[len(copied) - 1].later.id
    with pytest.raises(IndexError, match="there are"):
        copied[len(copied)]


@pytest.mark.parametrize("frame", ["pandas", "polars", "arrow"])
def test_tables_have_a_row_a_pair_and_a_row_a_passage(copied, frame):
    pairs, passages = copied.to_frame(frame), copied.passages_frame(frame)
    assert len(pairs) == len(copied)
    assert len(passages) == sum(len(pair.passages) for pair in copied)
    assert int(np.sum(np.asarray(pairs["words"]))) == int(np.sum(np.asarray(passages["words"])))


@pytest.mark.parametrize("rows", [[], [{"text": ""}], [{"text": WIRE}], [{"title": "Rain"}] * 2])
def test_where_there_is_nothing_to_find_nothing_is_found(rows):
    reuse = ss.text_reuse(rows, progress=False)
    assert len(reuse) == 0
    assert len(reuse.to_frame()) == len(reuse.passages_frame()) == 0
    assert list(reuse) == []
    assert "0 pairs" in repr(reuse)
    assert "0 pairs" in reuse._repr_html_()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"threshold": 0}, "threshold"),
        ({"threshold": 1.5}, "threshold"),
        ({"shingle_words": 0}, "shingle_words=0"),
        ({"least_shared": 1.5}, "least_shared=1.5"),
        ({"max_gap": -1}, "max_gap"),
    ],
)
def test_options_that_make_no_sense_are_named(options, message):
    with pytest.raises(ValueError, match=message):
        ss.text_reuse([{"text": WIRE, "date": "2024-03-10"}] * 2, progress=False, **options)


def test_views_tell_who_and_how_much(copied):
    text = repr(copied)
    assert (
        text.splitlines()[0]
        == "6 articles · 10 pairs that share text · 2 articles mostly from earlier ones"
    )
    assert "Wire, 2 h 30 min later Sun" in text
    html = copied._repr_html_()
    assert "<script" not in html
    assert "Wire, 2 h 30 min later Sun" in html
    pair = pair_of(copied, "wire", "undated")
    assert "undated" in repr(pair)
    assert "100%" in pair._repr_html_()


def test_markup_in_texts_is_shown_as_text():
    evil = f"<script>alert(1)</script> {WIRE}"
    rows = [{"text": evil, "title": "<b>One</b>"}, {"text": evil, "title": "<i>Two</i>"}]
    articles = ss.read_articles(rows, clean="never")
    html = ss.text_reuse(articles, progress=False)._repr_html_()
    assert "<script" not in html
    assert "<b>One" not in html


@settings(max_examples=20)
@given(st.lists(st.text(max_size=200), max_size=4))
def test_any_characters_are_taken(texts):
    rows = ss.read_articles([{"text": text} for text in texts], clean="never")
    for pair in ss.text_reuse(rows, 0.2, shingle_words=2, least_shared=1, progress=False):
        for passage in pair.passages:
            assert pair.later.text[slice(*passage.in_later)] == passage.text


# -- in stories ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told():
    """A story that two outlets took from a third, and one of them lengthened, and another story."""
    own = " ".join(invented_words("own", 30))
    rows = [
        {"id": "wire", "outlet": "Wire", "date": "2024-03-10T21:00Z", "text": WIRE},
        {"id": "sun", "outlet": "Sun", "date": "2024-03-10T23:00Z", "text": WIRE},
        {"id": "post", "outlet": "Post", "date": "2024-03-11T02:00Z", "text": f"{WIRE} {own}"},
        {"id": "own", "outlet": "Wire", "date": "2024-03-11T08:00Z", "text": f"Update. {WIRE}"},
        *({"id": f"{i}", "outlet": "Sun", "text": text} for i, text in enumerate(NOTICES)),
    ]
    rows = [{**row, "language": "en"} for row in rows]
    stories = ss.find_stories(rows, progress=False)
    assert [article.id for article in stories[0].articles] == ["wire", "sun", "post", "own"]
    return stories


def test_outlets_are_told_how_much_they_copied(told):
    table = told.outlets().set_index("outlet")
    # The wire's update took its text from the wire itself, and from the outlets that had it.
    assert table["copies"].to_dict() == {"Sun": 1, "Wire": 1, "Post": 1}
    assert table.columns.tolist() == [
        "articles", "stories", "first", "followed", "median_hours_behind", "copies",
    ]  # fmt: skip


def test_a_story_by_itself_and_all_of_them_say_the_same(told):
    story = told[0]
    by_row = dict(zip(story.rows.tolist(), story.copied.source.tolist(), strict=True))
    for row, place in by_row.items():
        source = int(told.copied.source[row])
        assert source == (int(story.rows[place]) if place >= 0 else -1)
        assert told.copied.share[row] == story.copied.share[story.rows.tolist().index(row)]
    assert told.at(0.6).text_reuse is told.text_reuse


def test_views_of_a_story_mark_what_was_taken(told):
    html = told[0]._repr_html_()
    assert html.count("100% of its text is in Wire, 10 Mar 2024, 21:00 +00:00") == 1
    share = round(100 * told.copied.share[2])
    assert 50 <= share < 100
    assert f"{share}% of its text is in Wire" in html
