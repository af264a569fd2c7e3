"""New articles join the stories that are there: ids last, and what changed is told."""

import dataclasses
import datetime
import random
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from kept import assert_same

import samestory as ss
from samestory.data import invented_articles
from samestory.keeping.files import pack_stories, unpack_stories
from samestory.stories.changes import Change, Changes


def by_day(rows):
    days = {}
    for row in sorted(rows, key=lambda row: row["date"] or ""):
        days.setdefault((row["date"] or "")[:10], []).append(row)
    return list(days.values())


def batches(rows, number):
    """Rows by date, in so many parts."""
    rows = sorted(rows, key=lambda row: (row["date"] or "", row["id"]))
    bounds = np.linspace(0, len(rows), number + 1).astype(int)
    return [rows[a:b] for a, b in pairwise(bounds)]


def played(parts, **options):
    stories = ss.find_stories(parts[0], progress=False)
    for part in parts[1:]:
        stories = stories.update(part, progress=False, **options)
    return stories


def pair_f1(a, b):
    return ss.metrics.pair_scores(a, b)[2]


@pytest.fixture(scope="module")
def rows():
    return invented_articles(60, seed=5)


@pytest.fixture(scope="module")
def week(rows):
    return ss.find_stories(batches(rows, 2)[0], progress=False)


@pytest.mark.parametrize("number", [2, 10])
def test_batches_give_the_stories_of_all_at_once(rows, number):
    parts = batches(rows, number)
    stories = played(parts)
    whole = ss.find_stories([row for part in parts for row in part], progress=False)
    assert stories.articles.ids == whole.articles.ids
    assert np.array_equal(stories.labels, whole.labels)
    assert len(set(stories.ids)) == len(stories)


@pytest.mark.parametrize("name", ["basil", "giveme5w1h", "uci_sample", "cstnews"])
@pytest.mark.parametrize("number", [2, 10])
def test_sets_played_by_date_give_the_stories_of_all_at_once(read_set, name, number):
    rows = [
        {key: row.get(key) for key in ("id", "title", "text", "date", "source", "lang")}
        for row in read_set(name)
    ]
    parts = batches(rows, number)
    stories = played(parts)
    whole = ss.find_stories([row for part in parts for row in part], progress=False)
    assert pair_f1(whole.labels, stories.labels) >= 0.98


def test_neither_order_nor_threads_matter(rows):
    first, second = batches(rows, 2)
    results = []
    for seed, n_jobs in ((1, 1), (2, 3), (3, -1)):
        part = random.Random(seed).sample(second, len(second))
        stories = ss.find_stories(first, progress=False).update(part, n_jobs=n_jobs, progress=False)
        ids = dict(zip(stories.articles.ids, stories.to_frame()["story_id"], strict=True))
        # The title of two articles as near the centre as each other is that of the first.
        changes = {dataclasses.replace(change, title="") for change in stories.changes}
        results.append((ids, changes))
    assert results[0] == results[1] == results[2]


def test_days_may_come_one_by_one(rows):
    stories = ss.find_stories(by_day(rows)[0], progress=False)
    for day in by_day(rows)[1:16]:
        before = dict(zip(stories.articles.ids, stories.to_frame()["story_id"], strict=True))
        new = stories.update(day, progress=False)
        after = dict(zip(new.articles.ids, new.to_frame()["story_id"], strict=True))
        was, now = set(before.values()), set(after.values())
        merged = {name for c in new.changes.of("merged") for name in c.previous_ids}
        assert was - now <= merged
        assert now - was == {c.id for c in new.changes if c.kind in ("new", "split")}
        for change in new.changes:
            if change.kind == "grown":
                assert change.previous_ids[0] == change.id
                assert change.id in before.values()
            if change.kind == "new":
                assert change.id not in before.values()
                assert not change.previous_ids
        stories = new


TOLD = [
    "Ferry with 200 aboard sinks off Tarn harbour",
    "Ferry sinks near Tarn harbour, 200 aboard rescued",
    "Central bank raises interest rates to four percent",
]


def test_what_is_new_and_what_is_grown_is_told():
    stories = ss.find_stories(TOLD, progress=False)
    new = stories.update(
        ["Rescue boats bring 200 from sunken ferry to Tarn harbour", "Cheese fair opens in Lund"],
        progress=False,
    )
    kinds = {change.kind: change for change in new.changes}
    assert set(kinds) == {"grown", "new"}
    assert kinds["grown"].id == stories[0].id
    assert (kinds["grown"].articles, kinds["grown"].new_articles) == (3, 1)
    assert kinds["new"].title == "Cheese fair opens in Lund"
    frame = new.changes.to_frame()
    assert frame["kind"].tolist() == ["grown", "new"]
    assert "grown" in repr(new.changes)
    assert "1 grown" in new.changes._repr_html_()
    with pytest.raises(ValueError, match="has to be one of new, grown"):
        new.changes.of("gone")


def test_many_changes_are_cut_and_titles_are_text():
    title = "<script>alert(1)</script>\n\x1b[31m costs $5 and $6"
    changes = Changes([Change("new", f"s{k}", 1, 1, (), title) for k in range(25)])
    text = repr(changes)
    assert text.splitlines()[-1] == "... and 5 more"
    assert len(text.splitlines()) == 22
    assert "\x1b" not in text
    page = changes._repr_html_()
    assert "<script" not in page
    assert "and 5 more changes" in page
    assert page.count("<tr>") == 21


def test_nothing_new_changes_nothing(week):
    again = week.update([], progress=False)
    assert np.array_equal(again.labels, week.labels)
    assert again.ids == week.ids
    assert repr(again.changes) == "nothing changed"
    assert len(week.changes) == 0


def test_articles_that_are_there_are_passed_over_and_told(week, rows):
    again = week.update(batches(rows, 2)[0][:3], progress=False)
    assert len(again.articles) == len(week.articles)
    assert [note.row for note in again.articles.skipped] == [0, 1, 2]
    assert "is there" in again.articles.skipped[0].reason


def test_merges_and_splits_are_told(week):
    new = week.update([], progress=False)
    coarse, fine = new.at(0.0), new.at(1.0)
    assert coarse[0].id == min(week.ids, key=lambda name: order_of(week)[name])
    assert set(fine.ids) > set(week.ids)
    assert new.at(0.5).ids == week.ids


def order_of(stories):
    dates = [(story.first_date, story.id) for story in stories]
    return {name: place for place, (_, name) in enumerate(sorted(dates))}


def dated(day, title, **fields):
    return {"id": f"{day} {title}", "title": title, "date": f"2024-05-{day:02}"} | fields


def test_old_articles_are_forgotten_and_stories_end():
    stories = ss.find_stories([dated(1, TOLD[0]), dated(2, TOLD[2])], progress=False)
    bank = stories.story_of(1).id
    new = stories.update([dated(3, TOLD[1]), dated(20, "Cheese fair opens")], progress=False)
    ferry = new.story_of(0).id
    later = new.update(
        [dated(22, "Ferry raised off Tarn harbour")], max_age="19 days", progress=False
    )
    assert later.articles.ids == [
        new.articles.ids[2],
        new.articles.ids[3],
        "22 Ferry raised off Tarn harbour",
    ]
    assert later.story_of(0).id == ferry
    assert [change.id for change in later.changes.of("ended")] == [bank]
    assert later.changes.of("ended")[0].articles == 0


def test_undated_articles_are_as_old_as_their_arrival():
    stories = ss.find_stories([dated(1, TOLD[0]), {"id": "u", "title": TOLD[2]}], progress=False)
    new = stories.update(
        [dated(10, "Cheese fair opens"), {"id": "v", "title": "Ice"}], progress=False
    )
    later = new.update([dated(12, "Snow falls")], max_age="5 days", progress=False)
    assert later.articles.ids == ["10 Cheese fair opens", "v", "12 Snow falls"]
    last = later.update([dated(17, "Hail falls")], max_age=5, progress=False)
    assert last.articles.ids == ["12 Snow falls", "17 Hail falls"]


def test_a_date_of_the_future_makes_nothing_old():
    stories = ss.find_stories([dated(1, TOLD[0]), dated(2, TOLD[1])], progress=False)
    wrong = dated(3, "Cheese fair opens") | {"date": "2999-01-01"}
    new = stories.update([wrong], max_age=datetime.timedelta(days=30), progress=False)
    assert len(new.articles) == 3


def test_where_nothing_is_dated_nothing_is_old():
    new = ss.find_stories(TOLD, progress=False).update(["Hail"], max_age="1 day", progress=False)
    assert len(new.articles) == 4


def test_memory_stays_as_it_is_over_months():
    rows = invented_articles(60, seed=8, weeks=6)
    stories, sizes, ids = None, [], []
    for day in by_day(rows):
        if stories is None:
            stories = ss.find_stories(day, progress=False)
        else:
            stories = stories.update(day, max_age="10 days", progress=False)
        sizes.append(len(stories.articles))
        ids.append(len(stories.past.lineage.names) if stories.past else 0)
    assert max(sizes[25:]) < 2 * max(sizes[10:25])
    assert max(ids) < max(sizes)
    span = stories.articles.dates.max() - stories.articles.dates.min()
    assert span <= np.timedelta64(10, "D")


def test_saved_and_loaded_stories_go_on_as_others(rows):
    first, second, third = batches(rows, 3)
    stories = ss.find_stories(first, progress=False).update(second, progress=False)
    again = unpack_stories(pack_stories(stories))
    assert again.changes == stories.changes
    assert again.ids == stories.ids
    assert_same(stories, again)
    one, two = (s.update(third, max_age="20 days", progress=False) for s in (stories, again))
    assert_same(one, two)
    assert one.changes == two.changes
    assert one.ids == two.ids


def test_links_and_options_are_kept(rows):
    first, second = batches(rows, 2)
    pairs = {
        "must_link": [(first[0]["id"], first[9]["id"])],
        "cannot_link": [(first[2]["id"], first[3]["id"])],
    }
    stories = ss.find_stories(first, granularity=0.6, max_gap="20 days", progress=False, **pairs)
    new = unpack_stories(pack_stories(stories)).update(second, progress=False)
    assert new.granularity == 0.6
    labels = dict(zip(new.articles.ids, new.labels.tolist(), strict=True))
    assert labels[first[0]["id"]] == labels[first[9]["id"]]
    assert labels[first[2]["id"]] != labels[first[3]["id"]]
    whole = ss.find_stories(
        [*first, *second], granularity=0.6, max_gap="20 days", progress=False, **pairs
    )
    assert np.array_equal(new.labels, whole.labels)


def test_what_cannot_be_continued_is_said(rows):
    stories = ss.find_stories(rows[:20], embeddings=np.eye(20), progress=False)
    with pytest.raises(ValueError, match="group all articles with find_stories"):
        stories.update(rows[20:], progress=False)
    with pytest.raises(ValueError, match="max_age='soon': it has to be a timedelta"):
        ss.find_stories(rows, progress=False).update([], max_age="soon")


def test_columns_of_either_are_kept():
    frame = pd.DataFrame({"title": TOLD, "page": [1, 2, 3], "desk": ["a", "b", "c"]})
    more = pd.DataFrame({"title": ["Cheese fair opens"], "page": [4], "mood": [["glad"]]})
    new = ss.find_stories(frame, progress=False).update(more, progress=False)
    assert list(new.articles.column("page")) == [1, 2, 3, 4]
    assert list(new.articles.column("desk")) == ["a", "b", "c", None]
    assert list(new.articles.column("mood")) == [None, None, None, ["glad"]]
    assert new.articles[3].extra["page"] == 4
