"""What an author gives as an example, before it is known to fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final, Literal


class Nothing(Enum):
    """The type of what stands for no value."""

    NOTHING = 0


NOTHING: Final = Nothing.NOTHING
"""Stands for a value that is not given: the input stays as it is on the page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RawExample:
    """One example: values for the first inputs, and where they stand.

    They are what a function might return, or cells of a log in a folder, or as the inputs hold them already.
    """

    values: Sequence[Any]
    place: str
    kind: Literal["python", "cell", "held"] = "python"
    folder: Path | None = None
