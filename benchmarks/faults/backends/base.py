"""What a worker needs of a store."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol


class Backend(Protocol):
    """A store of flags.

    A column is a kind and a label. A value of kind `image` is a picture; of kind `file` the path of a file and its
    name; of kind `files` a list of texts, each to be stored as a file of its own; others are as they are.
    """

    def __init__(self, columns: Sequence[Sequence[str]], folder: Path, options: Mapping[str, Any]) -> None:
        """Get ready to store flags."""

    def flag(self, values: Sequence[Any], option: str | None = None, username: str | None = None) -> int:
        """Store a flag, and return the number of its row."""
