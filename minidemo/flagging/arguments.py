"""The `flagging_` arguments, checked while the demo is built."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from minidemo.errors import ConfigurationError, did_you_mean
from minidemo.flagging import backends
from minidemo.flagging.backends.csv_logger import COLUMNS, CSVLogger
from minidemo.flagging.base import FlaggingCallback, FlagRecord
from minidemo.utils.checks import is_number
from minidemo.utils.environment import setting

Mode: TypeAlias = Literal["manual", "auto", "never"]
Reasons: TypeAlias = Sequence[str | tuple[str, str]]
Callback: TypeAlias = FlaggingCallback | Callable[[FlagRecord], object]


def mode(wish: str | None, old: str | bool | None = None) -> Mode:
    """Return the flagging mode; older scripts pass `allow_flagging`, the oldest a bool."""
    if wish is None and isinstance(old, bool):
        return "manual" if old else "never"
    chosen = (old if wish is None else wish) or setting("FLAGGING_MODE") or "manual"
    if chosen not in get_args(Mode):
        raise ConfigurationError(f"flagging_mode is {chosen!r}; expected one of 'manual', 'auto', 'never'.")
    return chosen  # type: ignore[return-value]  # checked above


def options(wish: Reasons | None) -> tuple[tuple[str, str], ...]:
    """Return the reasons as (label, value)."""
    if isinstance(wish, str) or not isinstance(wish, Sequence | None):
        raise ConfigurationError(f"flagging_options is {wish!r}; expected a list of strings or (label, value) pairs.")
    pairs = tuple(map(_option, wish or ()))
    if len({value for _, value in pairs}) < len(pairs):
        raise ConfigurationError(f"flagging_options has a reason twice: {wish!r}.")
    return pairs


def directory(wish: str | Path | None) -> Path:
    """Return the flagging directory."""
    if not isinstance(wish, str | Path | None):
        raise ConfigurationError(f"flagging_dir is {wish!r}; expected a path.")
    return Path(wish or "flagged")


def switch(name: str, wish: object) -> bool:
    """Return the argument, which must be a bool."""
    if not isinstance(wish, bool):
        raise ConfigurationError(f"{name} is {wish!r}; expected True or False.")
    return wish


def text(name: str, wish: object) -> str | None:
    """Return the text, or None if it is empty."""
    if not isinstance(wish, str | None):
        raise ConfigurationError(f"{name} is {wish!r}; expected text.")
    return (wish or "").strip() or None


def columns(wish: Sequence[str] | None, *, comment: bool, correction: bool) -> tuple[str, ...] | None:
    """Return the extra columns of `logs.csv`; refuse those that stay empty."""
    if wish is None:
        return None
    if isinstance(wish, str) or not isinstance(wish, Sequence):
        raise ConfigurationError(f"flagging_columns is {wish!r}; expected a list of names, such as ['created'].")
    needed = {"comment": comment or "flagging_comment", "expected": correction or "flagging_correction"}
    for name in wish:
        if name not in COLUMNS:
            raise ConfigurationError(f"flagging_columns has {name!r}. {did_you_mean(str(name), COLUMNS)}")
        if (switch := needed.get(name, True)) is not True:
            raise ConfigurationError(
                f"flagging_columns has {name!r}, but a flag has none. Set {switch}=True, or leave the column out."
            )
    if len(set(wish)) < len(wish):
        raise ConfigurationError(f"flagging_columns has a name twice: {wish!r}.")
    return tuple(wish)


def retention(wish: float | timedelta | None) -> timedelta | None:
    """Return the retention of automatic flags; a number means days."""
    with suppress(OverflowError):
        kept = timedelta(days=wish) if is_number(wish, above=0) else wish
        if kept is None or (isinstance(kept, timedelta) and kept > timedelta()):
            return kept
    raise ConfigurationError(f"flagging_retention is {wish!r}; expected a number of days above 0, or a timedelta.")


def max_mb(wish: float | None) -> float | None:
    """Return the limit for all flags, in megabytes."""
    if wish is not None and not is_number(wish, above=0):
        raise ConfigurationError(f"flagging_max_mb is {wish!r}; expected a number of megabytes above 0.")
    return wish


def backend(wish: Callback | Sequence[Callback] | None, csv: Mapping[str, Any]) -> FlaggingCallback:
    """Return the author's backend, or a `CSVLogger` with the given arguments."""
    given = {name: value for name, value in csv.items() if value is not None}
    if wish is None:
        return CSVLogger(**given)
    if given:
        raise ConfigurationError(_not_both(given))
    parts = wish if isinstance(wish, list | tuple) else [wish]
    if not parts or not all(map(_can_store, parts)):
        raise ConfigurationError(
            f"flagging_callback is {wish!r}; expected an instance of FlaggingCallback, a function that takes a "
            "FlagRecord, or a list of these."
        )
    if isinstance(wish, FlaggingCallback):
        return wish
    return backends.FunctionLogger(wish) if callable(wish) else backends.FanOut(wish)


def _not_both(given: Mapping[str, Any]) -> str:
    names = " and ".join(f"flagging_{name}" for name in given)
    arguments = ", ".join(f"{name}={value!r}" for name, value in given.items())
    return f"{names} cannot be given with flagging_callback. Say it to the backend: CSVLogger({arguments})."


def _can_store(wish: object) -> bool:
    return isinstance(wish, FlaggingCallback) or (callable(wish) and not isinstance(wish, type))


def _option(option: object) -> tuple[str, str]:
    label, value = option if isinstance(option, tuple | list) and len(option) == 2 else (option, option)
    if not isinstance(label, str) or not isinstance(value, str) or not label.strip() or not value.strip():
        raise ConfigurationError(
            f"flagging_options has {option!r}; expected a string or a (label, value) pair of strings."
        )
    return label, value
