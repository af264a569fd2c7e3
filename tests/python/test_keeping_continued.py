"""New texts join many: what was counted and compared before is not counted and compared again."""

import random

import numpy as np
import pytest
import reference_terms as reference

import samestory as ss
from samestory import _core
from samestory._sparse import from_core
from samestory.articles.languages import batch_of
from samestory.keeping import continued, regroup
from samestory.keeping.continued import earliest_days
from samestory.keeping.files import pack_stories, unpack_stories
from samestory.stories.pipeline import recipe_for

FIELDS = ("id", "title", "text", "date", "source", "lang")


@pytest.fixture
def continues(monkeypatch):
    """Let fewer texts be continued, and count how often that was done."""
    monkeypatch.setattr(continued, "LEAST_TEXTS", 300)
    calls = []

    def counted(*arguments):
        calls.append(arguments)
        return continued.continued_evidence(*arguments)

    monkeypatch.setattr(regroup, "continued_evidence", counted)
    return calls


@pytest.fixture(scope="module")
def incidents(read_set):
    rows = [{key: row.get(key) for key in FIELDS} for row in read_set("gva_incidents")]
    return sorted(rows, key=lambda row: (row["date"] or "", row["id"]))[:900]


@pytest.fixture(scope="module")
def first(incidents):
    return ss.find_stories(incidents[:800], progress=False)


def grouped_again(stories):
    """What the core makes of the same rows when it compares all texts."""
    evidence, basis = stories.evidence, stories.evidence.basis
    sizes = np.bincount(basis.languages, minlength=len(basis.families))
    return _core.group_texts(
        evidence.rows,
        recipe_for(basis.options.n_neighbors),
        n_words=basis.lengths,
        days=earliest_days(stories.articles.dates, evidence.text_of_row, evidence.n_texts),
        **_core.prior_facts(basis.lengths, basis.languages, sizes),
    )


def test_neighbours_and_stories_are_those_of_the_rows(continues, incidents):
    plain = ss.find_stories(incidents[:800], background=None, progress=False)
    stories = plain.update(incidents[800:], progress=False)
    assert len(continues) == 1
    again = grouped_again(stories)
    for name, part in {"graph": "graph", "weights": "weights", "pairs": "smoothed_graph"}.items():
        wanted, found = from_core(again[name]), getattr(stories.evidence, part)
        assert np.array_equal(wanted.indptr, found.indptr), name
        assert np.array_equal(wanted.indices, found.indices), name
        assert np.allclose(wanted.data, found.data, rtol=1e-12), name
    assert np.allclose(again["tree"].linkage, stories.evidence.tree.linkage)


def test_rows_that_are_there_stay_and_new_ones_are_weighed_alike(continues, incidents, first):
    stories = first.update(incidents[800:], progress=False)
    norms = np.sqrt(np.asarray(stories.evidence.rows.multiply(stories.evidence.rows).sum(axis=1)))
    assert np.allclose(norms, 1.0)
    whole = ss.find_stories(incidents, progress=False)
    place = {name: k for k, name in enumerate(whole.evidence.names.tolist())}
    names = stories.evidence.names.tolist()
    columns = [place.setdefault(name, len(place)) for name in names]
    for i in (3, 850, 899):
        one = dense(stories, i, columns, len(place))
        other = dense(whole, i, range(len(place)), len(place))
        assert one @ other > 0.97


def dense(stories, row, columns, width):
    found = np.zeros(width)
    text = stories.evidence.text_of_row[row]
    entry = stories.evidence.rows[[text]]
    found[np.array(columns)[entry.indices]] = entry.data
    return found


def test_what_is_given_back_is_near_grouping_all_at_once(continues, incidents, first):
    stories = first
    for start in (800, 833, 866):
        stories = stories.update(incidents[start : start + 34], progress=False)
    assert len(continues) == 3
    whole = ss.find_stories(stories.articles, progress=False)
    assert ss.metrics.pair_scores(whole.labels, stories.labels)[2] >= 0.95
    assert ss.metrics.b_cubed(whole.labels, stories.labels)[2] >= 0.98
    assert stories.explain(0, 899).score == pytest.approx(
        sum(term.weight for term in stories.explain(0, 899).terms), abs=1e-9
    )


def test_copies_join_the_text_that_is_there(continues, incidents, first):
    again = [dict(row, id=f"again {row['id']}") for row in incidents[:5]]
    stories = first.update(again, progress=False)
    assert np.array_equal(stories.labels[:5], stories.labels[-5:])
    # A passage that the copy is the second to have may be taken for one that recurs.
    texts = stories.evidence.text_of_row
    assert np.sum(texts[:5] == texts[-5:]) >= 4


def test_order_threads_and_saving_do_not_matter(continues, incidents, first):
    results = []
    for seed, n_jobs in ((1, 1), (2, 3)):
        part = random.Random(seed).sample(incidents[800:], 100)
        for stories in (first, unpack_stories(pack_stories(first))):
            new = stories.update(part, n_jobs=n_jobs, progress=False)
            results.append(dict(zip(new.articles.ids, new.to_frame()["story_id"], strict=True)))
    assert len(continues) == 4
    assert all(result == results[0] for result in results)


def test_old_texts_are_forgotten_with_their_terms(continues, incidents, first):
    newest = first.articles.dates.max()
    later = str(newest + np.timedelta64(1, "D"))
    new = first.update([{"id": "x", "title": "Qwzyx", "date": later}], max_age="900 days")
    if len(continues):
        rows = new.evidence.rows
        assert np.bincount(rows.indices, minlength=rows.shape[1]).min() > 0
    assert new.evidence.n_texts <= first.evidence.n_texts + 1


def test_other_languages_come_in(continues, incidents, first):
    german = [
        {"id": "g1", "title": "Fähre läuft vor der Küste auf Grund, alle Passagiere gerettet"},
        {
            "id": "g2",
            "title": "Passagiere gerettet, nachdem die Fähre vor der Küste auf Grund lief",
        },
        {"id": "w", "title": "..."},
    ]
    stories = first.update(german, progress=False)
    basis = stories.evidence.basis
    assert basis.families == ("en", "de")
    assert stories.story_of("g1").id == stories.story_of("g2").id
    assert stories.labels[-1] == -1
    assert stories.update(german[:0], progress=False).ids == stories.ids


def test_many_changes_or_links_have_all_weighed_again(continues, incidents):
    part = ss.find_stories(incidents[:500], progress=False)
    part.update(incidents[500:], progress=False)
    assert not continues
    pair = incidents[0]["id"], incidents[1]["id"]
    ss.find_stories(incidents[:800], must_link=[pair], progress=False).update(incidents[800:])
    ss.find_stories(incidents[:800], max_gap=9, progress=False).update(incidents[800:])
    assert not continues


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_headlines_keep_what_their_words_mean(continues, read_set):
    rows = read_set("google_news_headlines")[:20_600]
    rows = [{key: row.get(key) for key in FIELDS} for row in rows]
    stories = ss.find_stories(rows[:20_200], languages="together", progress=False)
    stories = stories.update(rows[20_200:], progress=False)
    assert len(continues) == 1
    evidence = stories.evidence
    assert evidence.meanings.weights.shape[0] == evidence.n_texts
    norms = np.asarray(evidence.rows.multiply(evidence.rows).sum(axis=1)).ravel()
    assert np.allclose(norms[np.diff(evidence.rows.indptr) > 0], 1.0, atol=1e-5)
    graph = evidence.graph
    text = int(evidence.text_of_row[20_300])
    for other, value in zip(graph[[text]].indices[:20], graph[[text]].data[:20], strict=True):
        cosine = evidence.rows[[text]].multiply(evidence.rows[[other]]).sum()
        assert value == pytest.approx(cosine, abs=1e-5)
    explanation = stories.explain(20_300, 20_500)
    assert sum(t.weight for t in explanation.terms) == pytest.approx(explanation.score, abs=1e-6)


def test_weights_are_those_of_all_texts_together():
    """With document frequencies that are handed in, new rows are those of counting all again."""
    chance = random.Random(4)
    words = [f"zz{i}y" for i in range(40)]
    texts = [" ".join(chance.choices(words, k=9)) for _ in range(320)]
    for n_known in (0, 1, 150, 319):
        whole = reference.core_rows(texts, "xx", without_ngrams())
        rows, names = from_core(whole.rows), whole.terms()
        df = np.bincount(rows[:n_known].indices, minlength=len(names))
        known = (n_known, names, df, batch_of(texts[:n_known]))
        new = reference.core_rows(texts[n_known:], "xx", without_ngrams(), known=[known])
        found, columns = from_core(new.rows), [names.index(name) for name in new.terms()]
        expected = rows[n_known:].toarray()
        assert np.allclose(found.toarray(), expected[:, columns], rtol=0, atol=1e-12)
        assert np.allclose(new.least_next, whole.least_next[n_known:], rtol=0, atol=0)


def without_ngrams():
    options = _core.StoryOptions()
    options.terms.ngram_share = 0.0
    return options
