"""Fixtures that all tests share."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each test in a working directory of its own, so that none writes flags into the checkout."""
    monkeypatch.chdir(tmp_path)
