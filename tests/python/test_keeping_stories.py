"""Stories saved and loaded: everything can be asked again, and no file does harm."""

import copy
import datetime
import os
import pickle
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kept import ask, assert_same, damage, forge

import samestory as ss
from samestory.data import invented_articles, sample_pages_path
from samestory.keeping.files import pack_stories, unpack_stories

WORDS = ["ferry", "storm", "bank", "rates", "goal", "coach", "fire", "hospital", "vote", "river"]


@st.composite
def corpora(draw):
    """Rows of articles: some without words, dates or outlets, some in other letters, copies."""
    words = st.sampled_from([*WORDS, "Größe", "паром", "フェリー", "\ud800", "7"])
    texts = st.lists(words, max_size=12).map(" ".join)
    moment = st.datetimes(datetime.datetime(1990, 1, 1), datetime.datetime(2030, 1, 1))
    rows = st.fixed_dictionaries(
        {"title": texts, "text": texts},
        optional={
            "date": moment | st.just("soon"),
            "outlet": st.sampled_from(["Courier", "Beacon"]),
            "language": st.sampled_from(["en", "de", ""]),
            "page": st.integers() | st.none() | st.lists(st.floats(allow_nan=False)),
        },
    )
    found = draw(st.lists(rows, min_size=1, max_size=25))
    found.append({"title": "Ferry runs aground", "text": "A ferry ran aground."})
    return found


@pytest.fixture(scope="module")
def stories():
    return ss.find_stories(str(sample_pages_path()), progress=False)


@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=25)
@given(corpora(), st.sampled_from([0.2, 0.5, 0.8]), st.sampled_from([None, "20 days"]))
def test_random_corpora_come_back_whole(rows, granularity, gap):
    stories = ss.find_stories(rows, granularity=granularity, max_gap=gap, progress=False)
    packed = pack_stories(stories)
    again = unpack_stories(packed)
    assert_same(stories, again)
    assert pack_stories(again) == packed


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.long
@settings(max_examples=1000)
@given(corpora())
def test_many_random_corpora_come_back_whole(rows):
    stories = ss.find_stories(rows, progress=False)
    assert_same(stories, unpack_stories(pack_stories(stories)))


def test_files_pickle_joblib_and_copies_are_one_and_the_same(stories, tmp_path):
    path = stories.save(tmp_path / "week.samestory")
    assert path.read_bytes() == pack_stories(stories)
    assert pack_stories(stories) in pickle.dumps(stories)
    joblib.dump(stories, tmp_path / "week.joblib")
    for again in (
        ss.load_stories(path),
        pickle.loads(pickle.dumps(stories)),
        joblib.load(tmp_path / "week.joblib"),
        copy.deepcopy(stories),
    ):
        assert_same(stories, again)
    story = pickle.loads(pickle.dumps(stories[1]))
    assert (story.id, story.title) == (stories[1].id, stories[1].title)


def test_pages_and_pictures_are_the_same(stories, tmp_path):
    import matplotlib

    matplotlib.use("agg")
    again = ss.load_stories(stories.save(tmp_path / "week.samestory"))
    pages = [tmp_path / "one.html", tmp_path / "two.html"]
    for one, page in zip((stories, again), pages, strict=True):
        one.to_html(page)
    assert pages[0].read_bytes() == pages[1].read_bytes()
    for name in ("timeline", "map", "dendrogram", "similarity", "granularity", "outlets"):
        pictures = []
        for one in (stories, again):
            figure = getattr(one, f"plot_{name}")().figure
            figure.canvas.draw()
            pictures.append(np.asarray(figure.canvas.buffer_rgba()).copy())
        assert np.array_equal(*pictures), name


def test_frames_of_any_columns_and_index_come_back(tmp_path):
    frame = pd.DataFrame(invented_articles(seed=4)[:30]).assign(
        page=np.arange(30),
        share=np.linspace(0, 1, 30, dtype=np.float32),
        section=pd.Categorical(["news", "sport", "news"] * 10),
        tags=[["a", i] for i in range(30)],
        seen=pd.date_range("2024-01-01", periods=30, tz="Asia/Tokyo"),
    )
    for index in (
        pd.Index([f"row {i}" for i in range(30)], name="key"),
        pd.date_range("2024-01-01", periods=30, name="day"),
        pd.date_range("2024-01-01", periods=30, tz="Europe/Berlin"),
        pd.MultiIndex.from_product([["a", "b", "c"], range(10)], names=["letter", "number"]),
    ):
        stories = ss.find_stories(frame.set_axis(index), progress=False)
        again = ss.load_stories(stories.save(tmp_path / "frame.samestory"))
        assert_same(stories, again)
        assert again.to_series().index.equals(index)
        assert again.to_series().index.names == index.names


def test_embeddings_links_and_own_vectorizers_come_back():
    articles = ss.read_articles(invented_articles(seed=2)[:40])
    ids = articles.ids
    embeddings = np.random.default_rng(1).normal(size=(len(articles), 5))
    for options in (
        {"embeddings": embeddings},
        {"vectorizer": ss.TfidfVectorizer()},
        {"must_link": [(ids[0], ids[9])], "cannot_link": [(ids[3], ids[5])]},
    ):
        stories = ss.find_stories(articles, progress=False, **options)
        assert_same(stories, unpack_stories(pack_stories(stories)))


def test_headlines_have_their_meanings(tmp_path):
    headlines = [f"{a} hits {b} coast as {c} warns" for a in WORDS for b in WORDS for c in "ab"]
    stories = ss.find_stories(headlines, progress=False)
    assert stories.evidence.meanings is not None
    assert_same(stories, unpack_stories(pack_stories(stories)))


def test_what_cannot_be_saved_is_named_and_leaves_the_old_file(stories, tmp_path):
    path = stories.save(tmp_path / "week.samestory")
    before = path.read_bytes()
    rows = [{"title": "Ferry aground", "editor": object()}, {"title": "Ferry afloat"}]
    with pytest.raises(TypeError, match="column 'editor' cannot be saved: .* type object"):
        ss.find_stories(rows, progress=False).save(path)
    assert path.read_bytes() == before
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        stories.save(tmp_path / "absent" / "week.samestory")


# -- hostile files -------------------------------------------------------------------------


def check_damaged(stories, seeds):
    packed = pack_stories(stories)
    for seed in seeds:
        damaged = damage(packed, random.Random(seed))
        try:
            again = unpack_stories(damaged)
        except ss.DamagedFileError:
            continue
        assert pack_stories(again) == packed, seed


def check_forged(stories, seeds):
    packed = pack_stories(stories)
    for seed in seeds:
        try:
            again = unpack_stories(forge(packed, random.Random(seed)))
        except ss.DamagedFileError:
            continue
        # What is asked of nonsense may fail, but does so in Python.
        with suppress(ValueError, ArithmeticError, LookupError, TypeError):
            ask(again)


@pytest.fixture(scope="module")
def few():
    return ss.find_stories(invented_articles(seed=3)[:14], progress=False)


def test_damaged_files_are_refused_or_the_same(few):
    check_damaged(few, range(600))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_forged_files_do_no_harm(few):
    check_forged(few, range(250))


@pytest.mark.long
def test_many_damaged_files_are_refused_or_the_same(few):
    check_damaged(few, range(1000, 101_000))


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_many_forged_files_do_no_harm(few):
    check_forged(few, range(1000, 21_000))


# -- killed while writing ------------------------------------------------------------------

SAVER = """
import sys
import samestory as ss
one, two = (ss.load_stories(path) for path in sys.argv[2:4])
print("ready", flush=True)
while True:
    one.save(sys.argv[1])
    two.save(sys.argv[1])
"""


def check_killed(folder, times):
    paths = [str(folder / name) for name in ("kept", "one", "two")]
    texts = ["Ferry sinks off Tarn", "Tarn ferry sinks", "Cheese fair"] * 200
    one = ss.find_stories(texts, progress=False)
    one.save(paths[0]), one.save(paths[1])
    ss.find_stories(texts[:500], progress=False).save(paths[2])
    whole = [Path(path).read_bytes() for path in paths[1:]]
    chance = random.Random(7)
    for _ in range(times):
        saver = subprocess.Popen([sys.executable, "-c", SAVER, *paths], stdout=subprocess.PIPE)
        assert saver.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        saver.kill()
        saver.wait()
        saver.stdout.close()
        assert Path(paths[0]).read_bytes() in whole
        assert len(ss.load_stories(paths[0]).labels) in (500, 600)


needs_kill = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")


@needs_kill
def test_a_save_that_is_killed_leaves_the_old_or_the_new_file(tmp_path):
    check_killed(tmp_path, 6)


@needs_kill
@pytest.mark.long
def test_many_saves_that_are_killed_leave_the_old_or_the_new_file(tmp_path):
    check_killed(tmp_path, 200)
    assert len(os.listdir(tmp_path)) >= 3
