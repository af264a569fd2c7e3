"""What every test may use: the development data, where it is at hand."""

import gzip
import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from browser_page import chromium_path
from hypothesis import HealthCheck, settings

# A slow or busy machine is no failure of a property.
settings.register_profile("samestory", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("samestory")

ROOT = Path(__file__).resolve().parents[2]


def shared_folder() -> Path:
    return Path(os.environ.get("SAMESTORY_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of development data; skip (or, under CI=true, fail) where absent."""
    folder = shared_folder()
    if not folder.is_dir():
        message = f"the development data is not at {folder} (set SAMESTORY_SHARED to its folder)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return folder


@pytest.fixture(scope="session")
def read_set(shared: Path):
    """Return a function that reads one development set as a list of dicts."""

    def read(name: str) -> list[dict[str, Any]]:
        with gzip.open(shared / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    return read


@pytest.fixture(scope="session")
def chromium():
    """Return a headless browser; skip (or, under CI=true, fail) where there is none."""
    path = chromium_path()
    if path is None:
        message = "no Chromium to open the page in: apt install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Chromium's sandbox does not start as root, nor in most containers.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(autouse=True, scope="session")
def ctrl_c_is_heard() -> None:
    """Hear SIGINT: a shell starts what runs in its background with that signal ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(params=[1, 2, 3, 7])
def n_jobs(request: pytest.FixtureRequest) -> int:
    """Return thread counts that no result may depend on."""
    return request.param


@pytest.fixture
def instruction_set(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Force each instruction set that this processor runs, in turn."""
    monkeypatch.setenv("SAMESTORY_INSTRUCTION_SET", request.param)
    return request.param


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is for `make test-long` alone."""
    if os.environ.get("SAMESTORY_LONG"):
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "instruction_set" in metafunc.fixturenames:
        from samestory import _core

        metafunc.parametrize("instruction_set", _core.instruction_sets(), indirect=True)
