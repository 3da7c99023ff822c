"""How much the tests try, and what they all share."""

import signal
from inspect import signature
from pathlib import Path

import httpx2
import pytest
from coverage import Coverage
from hypothesis import settings
from hypothesis.database import DirectoryBasedExampleDatabase

FOUND = Path(__file__).resolve().parent.parent / ".hypothesis" / "examples"
"""Where a nightly run keeps the cases that failed, which the next one tries first."""
PATIENCE = 60.0
"""How long an answer over HTTP may take on a busy machine, in seconds; httpx2 waits for five."""

signature(httpx2.Client).parameters["timeout"].default.read = PATIENCE

settings.register_profile("quick", max_examples=10, derandomize=True, database=None, deadline=None)
settings.register_profile("full", settings.get_profile("quick"))
settings.register_profile(
    "nightly", max_examples=300, database=DirectoryBasedExampleDatabase(FOUND), deadline=None, print_blob=True
)
settings.load_profile("full")  # pytest --hypothesis-profile=nightly chooses another

signal.signal(signal.SIGINT, signal.default_int_handler)
"""A job in the background ignores Ctrl-C, and so would the servers that the tests start."""


def pytest_sessionfinish() -> None:
    """Save what coverage has counted: a worker that takes ten seconds to end after this is killed."""
    if counted := Coverage.current():  # pragma: no branch  # else nothing is counted
        counted.save()


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each test in a working directory of its own, so that none writes flags into the checkout."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def _own_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test write into a terminal of one width, whatever that of the person is who runs it."""
    monkeypatch.setenv("COLUMNS", "120")
