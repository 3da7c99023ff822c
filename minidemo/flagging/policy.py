"""The flagging policy: mode, reasons, notes and backend."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypedDict, Unpack

from minidemo.errors import ConfigurationError, InputError
from minidemo.flagging import arguments
from minidemo.flagging.arguments import Callback, Reasons
from minidemo.flagging.arguments import Mode as Mode
from minidemo.flagging.auto import Auto, auto
from minidemo.flagging.backends.csv_logger import CSVLogger
from minidemo.flagging.base import FlaggingCallback
from minidemo.flagging.redaction import Pattern, Redact, redaction

MAX_COMMENT = 10_000
"""The maximum length of a note, in characters."""


class FlaggingOptions(TypedDict, total=False):
    """The `flagging_` arguments of an `Interface`, without that prefix."""

    mode: Mode | None
    allow: Mode | bool | None
    auto: Auto | float | Mapping[str, Any] | None
    options: Reasons | None
    dir: str | Path | None
    comment: bool
    correction: bool
    notice: str | None
    redact: Redact | Pattern | Iterable[Pattern] | None
    columns: Sequence[str] | None
    retention: float | timedelta | None
    max_mb: float | None
    callback: Callback | Sequence[Callback] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Flagging:
    """The flagging of an endpoint's runs; `options` are (label, value) pairs.

    `comment` and `correction` say whether a visitor may add a note, and put the outputs right. `notice` is shown beside
    the button, and `redact` changes each text before it is stored.
    """

    mode: Mode = "manual"
    auto: Auto = field(default_factory=Auto)
    options: tuple[tuple[str, str], ...] = ()
    directory: Path = Path("flagged")
    callback: FlaggingCallback = field(default_factory=CSVLogger)
    comment: bool = False
    correction: bool = False
    notice: str | None = None
    redact: Redact | None = None

    def check_option(self, option: str | None) -> str | None:
        """Return the value to store for a chosen reason, or raise `InputError`."""
        values = [value for _, value in self.options]
        if not values and option is not None:
            raise InputError("This demo has no reasons to choose from.", field="option")
        if values and option not in values:
            raise InputError(f"Choose a reason: {', '.join(label for label, _ in self.options)}.", field="option")
        return option

    def check_comment(self, comment: str | None) -> str | None:
        """Return the stripped note, None if empty, or raise `InputError`."""
        text = (comment or "").strip()
        if text and not self.comment:
            raise InputError("This demo takes no notes.", field="comment")
        if len(text) > MAX_COMMENT:
            message = f"A note has at most {MAX_COMMENT:,} characters; this one has {len(text):,}."
            raise InputError(message, field="comment")
        return text or None


def flagging(**wishes: Unpack[FlaggingOptions]) -> Flagging:
    """Return the policy for an author's arguments, or raise `ConfigurationError`."""
    mode = arguments.mode(wishes.get("mode"), wishes.get("allow"))
    if mode == "manual" and wishes.get("auto") is not None:
        raise ConfigurationError("flagging_auto is given, but flagging_mode is not 'auto'. Set flagging_mode='auto'.")
    comment = arguments.switch("flagging_comment", wishes.get("comment", False))
    correction = arguments.switch("flagging_correction", wishes.get("correction", False))
    csv = {
        "columns": arguments.columns(wishes.get("columns"), comment=comment, correction=correction),
        "retention": arguments.retention(wishes.get("retention")),
        "max_mb": arguments.max_mb(wishes.get("max_mb")),
    }
    return Flagging(
        mode=mode,
        auto=auto(wishes.get("auto")),
        options=arguments.options(wishes.get("options")),
        directory=arguments.directory(wishes.get("dir")),
        callback=arguments.backend(wishes.get("callback"), csv),
        comment=comment,
        correction=correction,
        notice=arguments.text("flagging_notice", wishes.get("notice")),
        redact=redaction(wishes.get("redact")),
    )
