"""Who may flag what, for which reasons, and where it goes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from minidemo.errors import ConfigurationError, InputError
from minidemo.flagging.base import FlaggingCallback
from minidemo.flagging.csv_logger import CSVLogger

Mode: TypeAlias = Literal["manual", "auto", "never"]
Reasons: TypeAlias = Sequence[str | tuple[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Flagging:
    """How the runs of an endpoint are flagged: by hand, all of them, or never; `options` are (label, value)."""

    mode: Mode = "manual"
    options: tuple[tuple[str, str], ...] = ()
    directory: Path = Path("flagged")
    callback: FlaggingCallback = field(default_factory=CSVLogger)

    def check_option(self, option: str | None) -> str | None:
        """Return the value to store for a chosen reason, or raise `InputError`."""
        values = [value for _, value in self.options]
        if not values and option is not None:
            raise InputError("This demo has no reasons to choose from.", field="option")
        if values and option not in values:
            raise InputError(f"Choose a reason: {', '.join(label for label, _ in self.options)}.", field="option")
        return option


def flagging(
    mode: str | None,
    options: Reasons | None,
    directory: str | Path | None,
    callback: FlaggingCallback | None,
) -> Flagging:
    """Return the policy that an author's arguments ask for, or raise `ConfigurationError`."""
    mode = "manual" if mode is None else mode
    if mode not in get_args(Mode):
        raise ConfigurationError(f"flagging_mode is {mode!r}; expected one of 'manual', 'auto', 'never'.")
    if callback is not None and not isinstance(callback, FlaggingCallback):
        raise ConfigurationError(f"flagging_callback is {callback!r}; expected an instance of FlaggingCallback.")
    if not isinstance(directory, str | Path | None):
        raise ConfigurationError(f"flagging_dir is {directory!r}; expected a path.")
    return Flagging(
        mode=mode,  # type: ignore[arg-type]  # checked above
        options=tuple(map(_option, _options(options))),
        directory=Path(directory or "flagged"),
        callback=callback or CSVLogger(),
    )


def _options(options: Reasons | None) -> Reasons:
    if isinstance(options, str) or not isinstance(options, Sequence | None):
        raise ConfigurationError(
            f"flagging_options is {options!r}; expected a list of strings or (label, value) pairs."
        )
    values = [_option(option)[1] for option in options or ()]
    if len(set(values)) < len(values):
        raise ConfigurationError(f"flagging_options has a reason twice: {options!r}.")
    return options or ()


def _option(option: object) -> tuple[str, str]:
    label, value = option if isinstance(option, tuple | list) and len(option) == 2 else (option, option)
    if not isinstance(label, str) or not isinstance(value, str) or not label.strip() or not value.strip():
        raise ConfigurationError(
            f"flagging_options has {option!r}; expected a string or a (label, value) pair of strings."
        )
    return label, value
