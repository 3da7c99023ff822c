"""An author's example before its values are checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final, Literal


class Nothing(Enum):
    """The type of `NOTHING`."""

    NOTHING = 0


NOTHING: Final = Nothing.NOTHING
"""Stands for a missing value: the input keeps its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RawExample:
    """An example: values for the first inputs, and its origin.

    Values are results of Python functions, cells of a log in a folder, or values as inputs hold them.
    """

    values: Sequence[Any]
    place: str
    kind: Literal["python", "cell", "held"] = "python"
    folder: Path | None = None
