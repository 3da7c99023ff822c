"""A backend that does what a test wants."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from minidemo import FlaggingCallback
from minidemo.flagging.base import Column


class Backend(FlaggingCallback):
    """Stores a flag as `store` does, and counts the calls."""

    def __init__(self, store: Callable[[], int]) -> None:
        self.store, self.calls = store, 0

    def setup(self, components: Sequence[Column], flagging_dir: str | Path) -> None:
        """Nothing is needed."""

    def flag(self, flag_data: Sequence[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Store a flag."""
        self.calls += 1
        return self.store()
