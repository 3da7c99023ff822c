"""Flags: requests and responses."""

from typing import Any

from pydantic import ConfigDict, Field

from minidemo.schemas.base import RequestShape, Shape


class Item(RequestShape):
    """One item of an output that shows several, such as a message: which output of the run, and which of its items."""

    model_config = ConfigDict(frozen=True)

    output: int = Field(ge=0)
    item: int = Field(ge=0)


class FlagRequest(RequestShape):
    """A flag names a run and a reason; the values that it stores are those that the server kept.

    `comment` is a note, and `expected` holds for each output what it should have been, or null where it was right.
    A flag `about` one item has the reasons of that output, and stores the output up to there.
    """

    run: str
    option: str | None = None
    about: Item | None = None
    comment: str | None = None
    expected: list[Any] | None = None


class FlagResponse(Shape):
    """The number of the row that holds the flag, and for how many seconds yet it can be taken back, if it can."""

    row: int
    undo: float | None


class UndoRequest(RequestShape):
    """The flag to take back: its run, its reason, and what it is about."""

    run: str
    option: str | None = None
    about: Item | None = None


class UndoResponse(Shape):
    """The number of the row that held the flag."""

    row: int
