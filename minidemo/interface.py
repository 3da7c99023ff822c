"""Interface: a page around one function."""

import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from minidemo.demo import Demo
from minidemo.flagging.arguments import Callback, Mode, Reasons, text
from minidemo.flagging.auto import Auto
from minidemo.flagging.policy import flagging
from minidemo.flagging.redaction import Pattern, Redact
from minidemo.page import Page
from minidemo.parameters import name_of
from minidemo.recipe import Spec, endpoint_of, layout_of


class Interface(Demo):
    """A page around one function: its inputs on the left, its outputs on the right, and a button to flag a result.

    `inputs` and `outputs` are components or their names, one for each argument and each returned value. `title` stands
    on top, `description` below it and `article` at the end, both in Markdown. `concurrency_limit` calls run at once
    (None: any number), the others wait in a queue. A function that yields results is ended after `time_limit` seconds.

    Flags go to `flagging_dir`. `flagging_mode` is "manual" (a visitor flags), "auto" (runs are stored by themselves) or
    "never"; `flagging_auto` says which runs "auto" stores: a share such as 0.1, or a dictionary of what `Auto` takes.
    `flagging_options` are the reasons to choose from: strings, or (label, value) pairs. With `flagging_comment` the
    visitor may add a note, with `flagging_correction` put right the outputs. `flagging_notice` is shown beside the
    button. `flagging_redact` takes out what nobody should store: a function from text to text, or patterns.

    `flagging_columns` are further columns of `logs.csv`, such as "created" or "comment". What was stored by itself is
    removed after `flagging_retention` days, and when all flags take more than `flagging_max_mb` megabytes.
    `flagging_callback` stores flags in another way: a `FlaggingCallback`, a function that takes a `FlagRecord`, or a
    list of these. `version` is stored with each flag; without, the git commit is.

    Raises `ConfigurationError` for arguments that do not fit together.
    """

    def __init__(
        self,
        fn: Callable[..., Any],
        inputs: Spec | Sequence[Spec] | None = None,
        outputs: Spec | Sequence[Spec] | None = None,
        *,
        title: str | None = None,
        description: str | None = None,
        article: str | None = None,
        flagging_mode: Mode | None = None,
        flagging_auto: Auto | float | Mapping[str, Any] | None = None,
        flagging_options: Reasons | None = None,
        flagging_dir: str | Path = "flagged",
        flagging_comment: bool = False,
        flagging_correction: bool = False,
        flagging_notice: str | None = None,
        flagging_redact: Redact | Pattern | Iterable[Pattern] | None = None,
        flagging_columns: Sequence[str] | None = None,
        flagging_retention: float | timedelta | None = None,
        flagging_max_mb: float | None = None,
        flagging_callback: Callback | Sequence[Callback] | None = None,
        allow_flagging: Mode | bool | None = None,
        version: str | None = None,
        concurrency_limit: int | None = 1,
        time_limit: float | None = None,
        submit_btn: str | None = None,
        clear_btn: str | None = None,
    ) -> None:
        self.fn = fn
        name = name_of(fn)
        if allow_flagging is not None:
            warnings.warn("allow_flagging is now called flagging_mode.", DeprecationWarning, stacklevel=2)
        policy = flagging(
            mode=flagging_mode,
            allow=allow_flagging,
            auto=flagging_auto,
            options=flagging_options,
            dir=flagging_dir,
            comment=flagging_comment,
            correction=flagging_correction,
            notice=flagging_notice,
            redact=flagging_redact,
            columns=flagging_columns,
            retention=flagging_retention,
            max_mb=flagging_max_mb,
            callback=flagging_callback,
        )
        endpoint = endpoint_of(
            fn,
            inputs,
            outputs,
            flagging=policy,
            concurrency_limit=concurrency_limit,
            time_limit=time_limit,
            version=text("version", version),
        )
        page = Page(
            layout_of(endpoint, submit_btn, clear_btn),
            endpoints=[endpoint],
            title=title or name.replace("_", " ").strip().capitalize(),
            description=description,
            article=article,
        )
        super().__init__(page)
