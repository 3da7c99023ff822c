"""How much the tests try, and what they all share."""

from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.database import DirectoryBasedExampleDatabase

FOUND = Path(__file__).resolve().parent.parent / ".hypothesis" / "examples"
"""Where a nightly run keeps the cases that failed, which the next one tries first."""

settings.register_profile("quick", max_examples=10, derandomize=True, database=None, deadline=None)
settings.register_profile("full", settings.get_profile("quick"))
settings.register_profile(
    "nightly", max_examples=300, database=DirectoryBasedExampleDatabase(FOUND), deadline=None, print_blob=True
)
settings.load_profile("full")  # pytest --hypothesis-profile=nightly chooses another


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each test in a working directory of its own, so that none writes flags into the checkout."""
    monkeypatch.chdir(tmp_path)
