"""`samestory update`: state in a file, safe against crashes and a second run."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from kept import assert_same

import samestory as ss
from samestory.cli import main
from samestory.data import invented_articles
from samestory.keeping.lock import LockedError, locked
from samestory.keeping.state import update_state

KEPT = Path(__file__).parent / "data" / "stories_1.samestory"


@pytest.fixture
def days(tmp_path):
    """Files of articles, one a day."""
    rows = sorted(invented_articles(20, seed=6), key=lambda row: row["date"])
    paths = []
    for k in range(4):
        paths.append(tmp_path / f"day{k}.jsonl")
        part = rows[k * len(rows) // 4 : (k + 1) * len(rows) // 4]
        paths[-1].write_text("\n".join(map(json.dumps, part)), encoding="utf-8")
    return paths


def run(capsys, *arguments):
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_state_is_made_and_then_updated(capsys, tmp_path, days):
    state = tmp_path / "news.samestory"
    code, out, err = run(capsys, "update", state, days[0])
    assert (code, err) == (0, "")
    assert out.startswith("17 articles, 7 stories")
    code, out, _ = run(capsys, "update", state, days[1], "--report", tmp_path / "news.html")
    assert code == 0
    assert out.splitlines()[1].split() == ["kind", "id", "articles", "new", "was", "title"]
    assert "<html" in (tmp_path / "news.html").read_text(encoding="utf-8")
    straight = ss.find_stories(days[0], progress=False).update(days[1], progress=False)
    assert_same(ss.load_stories(state), straight)


def test_a_run_may_be_repeated(capsys, tmp_path, days):
    state = tmp_path / "news.samestory"
    run(capsys, "update", state, days[0])
    run(capsys, "update", state, days[1])
    ids = ss.load_stories(state).ids
    code, out, err = run(capsys, "update", state, days[1])
    assert code == 0
    assert "nothing changed" in out
    assert "passed over: their ids are there" in out
    assert err == ""
    assert ss.load_stories(state).ids == ids


def test_json_lists_the_changes(capsys, tmp_path, days):
    state = tmp_path / "news.samestory"
    _, out, _ = run(capsys, "update", state, days[0], "--json")
    assert json.loads(out)["changes"] == []
    _, out, _ = run(capsys, "update", state, days[1], "--json", "--max-age", "20 days")
    found = json.loads(out)
    stories = ss.load_stories(state)
    assert found["stories"] == len(stories)
    assert [c["id"] for c in found["changes"]] == [c.id for c in stories.changes]


def test_a_second_run_at_once_is_refused(capsys, tmp_path, days):
    state = tmp_path / "news.samestory"
    run(capsys, "update", state, days[0])
    before = state.read_bytes()
    with locked(state):
        code, _, err = run(capsys, "update", state, days[1])
        assert code == 1
        assert f"another run is updating {state}" in err
        with pytest.raises(LockedError), locked(state):
            pass
    assert state.read_bytes() == before
    assert run(capsys, "update", state, days[1])[0] == 0


def test_what_goes_wrong_leaves_the_state(capsys, tmp_path, days):
    state = tmp_path / "news.samestory"
    run(capsys, "update", state, days[0])
    before = state.read_bytes()
    for wrong in ((tmp_path / "absent",), (days[1], "--max-age", "soon")):
        code, _, err = run(capsys, "update", state, *wrong)
        assert code == 1
        assert err.startswith("samestory: ")
        assert state.read_bytes() == before
    state.write_bytes(before[:-100])
    code, _, err = run(capsys, "update", state, days[1])
    assert code == 1
    assert "is cut short" in err
    assert state.read_bytes() == before[:-100]
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        update_state(tmp_path / "absent" / "news.samestory", lambda: ss.read_articles(["a"]))


def check_killed(folder, days, times):
    """Kill updates at any moment; what is there is the state before or after, and goes on."""
    state, whole = folder / "news.samestory", folder / "whole.samestory"
    ss.find_stories(days[0], progress=False).save(state)
    ss.load_stories(state).update(days[1], progress=False).save(whole)
    allowed = [state.read_bytes(), whole.read_bytes()]
    chance = random.Random(5)
    program = [sys.executable, "-m", "samestory", "update", str(state), str(days[1])]
    started = time.monotonic()
    subprocess.run(program, check=True, capture_output=True)
    takes = time.monotonic() - started
    assert len(ss.load_stories(state).articles) == len(ss.load_stories(whole).articles)
    found = set()
    for _ in range(times):
        state.write_bytes(allowed[0])
        update = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.5, 1.1) * takes)
        update.kill()
        update.wait()
        stories = ss.load_stories(state)
        found.add(len(stories.articles))
        assert state.read_bytes() == allowed[0] or stories.ids == ss.load_stories(whole).ids
    assert found <= {len(ss.load_stories(whole).articles), len(ss.read_articles(days[0]))}
    subprocess.run(program, check=True, capture_output=True)
    left = [name for name in os.listdir(folder) if name.startswith(".news.samestory.")]
    assert left == [".news.samestory.lock"]


needs_kill = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")


@needs_kill
def test_an_update_that_is_killed_leaves_the_old_or_the_new_state(tmp_path, days):
    check_killed(tmp_path, days, 5)


@needs_kill
@pytest.mark.long
def test_many_updates_that_are_killed_leave_the_old_or_the_new_state(tmp_path, days):
    check_killed(tmp_path, days, 200)


def kept_example():
    """The stories that the committed file holds, as they are made today."""
    rows = sorted(invented_articles(8, seed=9), key=lambda row: row["date"])
    first = ss.find_stories(rows[:10], progress=False)
    return first.update(rows[10:16], max_age="60 days", progress=False)


def test_the_file_of_version_1_is_read():
    stories = ss.load_stories(KEPT)
    about = json.loads(KEPT.with_suffix(".json").read_text(encoding="utf-8"))
    assert stories.labels.tolist() == about["labels"]
    assert stories.ids == about["ids"]
    assert stories.articles.ids == about["articles"]
    assert [story.title for story in stories] == about["titles"]
    assert [[c.kind, c.id, list(c.previous_ids)] for c in stories.changes] == about["changes"]
    explanation = stories.explain(0, 1)
    assert explanation.score == pytest.approx(about["score"], abs=1e-12)
    assert np.isclose(sum(term.weight for term in explanation.terms), explanation.score)
    assert len(stories.summary()) == len(stories)
    new = stories.update([{"id": "later", "title": stories[0].title}], progress=False)
    assert new.story_of("later").id == stories[0].id


def write_example() -> None:
    """Write the committed file: only when a version of it is added."""
    stories = kept_example()
    stories.save(KEPT)
    about = {
        "labels": stories.labels.tolist(),
        "ids": stories.ids,
        "articles": stories.articles.ids,
        "titles": [story.title for story in stories],
        "changes": [[c.kind, c.id, list(c.previous_ids)] for c in stories.changes],
        "score": stories.explain(0, 1).score,
    }
    text = json.dumps(about, indent=1, ensure_ascii=False)
    KEPT.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_example()
