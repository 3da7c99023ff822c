"""FunctionLogger: a plain function as a backend."""

import asyncio
import inspect
import itertools
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from minidemo.errors import ConfigurationError
from minidemo.flagging import _files, csv_cells
from minidemo.flagging.base import Column, FlaggingCallback, FlagRecord


class FunctionLogger(FlaggingCallback):
    """Calls a function with the record of each flag.

    The record holds JSON values, with `Media` in place of files. The function may be async, and is called from several
    threads. An int that it returns is the row number; otherwise rows are counted from 0. Its errors tell the user that
    the flag was not saved.

    Args:
        function: The function. A parameter named `labels` receives the names of the columns.
    """

    def __init__(self, function: Callable[..., object]) -> None:
        self._wants_labels = _wants_labels(function)
        self._function = function
        self._numbers = itertools.count()

    def setup(self, components: Sequence[Column], flagging_dir: str | Path) -> None:
        """Set the columns; ignore the directory."""
        self._components = tuple(components)
        self._labels = csv_cells.unique([column.label or f"component {i}" for i, column in enumerate(components)])

    def flag(self, flag_data: Sequence[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Call the function with a record of these values."""
        return self.flag_record(FlagRecord(inputs=tuple(flag_data), option=flag_option, username=username))

    def flag_record(self, record: FlagRecord) -> int:
        """Call the function, and return the row number."""
        known = {"labels": list(self._labels)} if self._wants_labels else {}
        result = self._function(self._plain(record), **known)
        if inspect.isawaitable(result):
            result = asyncio.run(_finish(result))
        return result if type(result) is int else next(self._numbers)

    def _plain(self, record: FlagRecord) -> FlagRecord:
        """Return the record with its files as columns store them."""
        values = _files.plain(self._components, record.data)
        return replace(
            record,
            inputs=values[: len(record.inputs)],
            outputs=values[len(record.inputs) :],
            expected=record.expected and _files.plain(self._components[-len(record.expected) :], record.expected),
        )


async def _finish(result: Awaitable[object]) -> object:
    return await result


def _wants_labels(function: object) -> bool:
    """Tell whether a function takes `labels`; refuse one that takes no record."""
    if not callable(function):
        raise ConfigurationError(f"FunctionLogger got {function!r}; expected a function that takes a FlagRecord.")
    try:
        signature = inspect.signature(function)
    except ValueError:  # some builtins do not tell what they take
        return False
    wants = "labels" in signature.parameters
    try:
        signature.bind(None, **({"labels": []} if wants else {}))
    except TypeError as error:
        raise ConfigurationError(
            f"FunctionLogger cannot call {function!r} with a FlagRecord: {error}. "
            "Expected a function of one argument, the record, and perhaps another that is named labels."
        ) from None
    return wants
