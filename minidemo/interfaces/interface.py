"""Interface: a page around one function."""

import inspect
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Never, Unpack

from minidemo.building.buttons import ButtonArgument, ButtonOptions, link_of
from minidemo.building.execution import Execution
from minidemo.building.fields import Spec, fields_of
from minidemo.building.recipe import Recipe
from minidemo.endpoints.api import Api, Visibility
from minidemo.endpoints.endpoint import Endpoint, ProgressDisplay
from minidemo.endpoints.live import live_of
from minidemo.endpoints.signature import name_of
from minidemo.errors import ConfigurationError, without_inner_frames
from minidemo.flagging.arguments import Callback, Mode, Reasons, switch, text
from minidemo.flagging.auto import Auto
from minidemo.flagging.policy import flagging
from minidemo.flagging.redaction import Pattern, Redact
from minidemo.interfaces.demo import Demo, refuse_unknown
from minidemo.layout.containers import Accordion
from minidemo.page.appearance import PathsArgument, ThemeArgument, appearance_of
from minidemo.page.examples import Examples
from minidemo.page.examples import ExamplesMode as When
from minidemo.page.page import Page
from minidemo.stores.retention import retention_policy
from minidemo.utils.gradio_names import IGNORED_INTERFACE_OPTIONS
from minidemo.utils.text_or_file import prose

if TYPE_CHECKING:
    from minidemo.examples.parse import CacheArgument, ExampleOptions, ExamplesArgument

NO_EXAMPLES = {"cache": None, "mode": None, "per_page": 10, "labels": None, "preload": False, "runs": False}
"""The defaults of the arguments that examples have."""


class Interface(Demo):
    """A page around one function: its inputs on the left, its outputs on the right, and a button to flag a result.

    `inputs` and `outputs` are components or their names, one for each argument and each returned value. Without outputs
    the function only takes something, without inputs it only gives something, and with the same components as both it
    changes them. `additional_inputs` come last, in an accordion. docs/interface.md has an example of each argument.

    A `live` demo has no Submit button: the function runs whenever an input changes, and the latest change wins. Inputs
    with `streaming=True` are sent to it every `stream_every` seconds; docs/live.md tells more.

    `title` stands on top, `description` below it and `article` at the end, both in Markdown: text, or the `Path` of a
    file. `submit_btn`, `stop_btn` and `clear_btn` are texts, or a `Button` to look like; None leaves the button out.
    `show_progress` is "full", "minimal" or "hidden". In the API the demo is called `api_name`, by default like its
    function. `concurrency_limit` calls run at once (None: any number), the others wait in a queue. A function that
    yields results is ended after `time_limit` seconds, and so is the stream of an input. With `batch` it takes a list
    for each input, of up to `max_batch_size` calls that wait, and returns a list for each output. It runs in the
    server's threads, or where an `executor` does, such as a `ProcessPoolExecutor`. `validator` takes the same arguments
    first, and returns `validate(is_valid, message)` for each. With `delete_cache=(frequency, age)` the server deletes
    runs and files that are older than `age`, looking for them every `frequency` seconds; without, files after a day.
    With `deep_link` a button copies a link that shows others the inputs and the result, for as long as they are kept.

    `examples` fill the inputs in: a list with a row for each, or a directory. With `cache_examples` outputs are kept.

    Flags go to `flagging_dir`. `flagging_mode` is "manual" (a visitor flags), "auto" (runs are stored by themselves) or
    "never"; `flagging_auto` says which runs "auto" stores: a share such as 0.1, or a dictionary of what `Auto` takes.
    `flagging_options` are the reasons to choose from: strings, or (label, value) pairs. With `flagging_comment` the
    visitor may add a note, with `flagging_correction` put right the outputs. `flagging_notice` is shown beside the
    button. `flagging_redact` takes out what nobody should store: a function from text to text, or patterns.

    `flagging_columns` are further columns of `logs.csv`, such as "created" or "comment". What was stored by itself is
    removed after `flagging_retention` days, and when all flags take more than `flagging_max_mb` megabytes.
    `flagging_callback` stores flags in another way: a `FlaggingCallback`, a function that takes a `FlagRecord`, or a
    list of these. `version` is stored with each flag; without, the git commit is.

    `theme` is a name such as "soft", or a `Theme`. `css` and `css_paths` are styles of yours, `js` is a function to run
    when the page is loaded, `head` and `head_paths` are tags for the head of the page: see docs/looks.md.

    `analytics_enabled` and `allow_duplication` are accepted, as scripts for Gradio have them, and without effect:
    minidemo tells nobody what it does. So are `layout`, `interpretation` and `enable_queue` of older scripts. Raises
    `ConfigurationError` for arguments that do not fit together.
    """

    @without_inner_frames
    def __init__(
        self,
        fn: Callable[..., Any],
        inputs: Spec | Sequence[Spec] | None = None,
        outputs: Spec | Sequence[Spec] | None = None,
        examples: "ExamplesArgument | None" = None,
        *,
        cache_examples: "CacheArgument" = None,
        cache_mode: When | None = None,
        examples_per_page: int = 10,
        example_labels: Sequence[str] | None = None,
        preload_example: int | Literal[False] = False,
        run_on_click: bool = False,
        live: bool = False,
        title: str | None = None,
        description: str | Path | None = None,
        article: str | Path | None = None,
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
        analytics_enabled: bool | None = None,
        api_name: str | Literal[False] | None = None,
        api_description: str | Literal[False] | None = None,
        api_visibility: Visibility = "public",
        allow_duplication: bool = False,
        concurrency_limit: int | Literal["default"] | None = "default",
        time_limit: float | None = None,
        stream_every: float = 0.5,
        batch: bool = False,
        max_batch_size: int = 4,
        executor: Executor | None = None,
        validator: Callable[..., Any] | None = None,
        delete_cache: tuple[float, float] | None = None,
        deep_link: bool | str | None = None,
        additional_inputs: Spec | Sequence[Spec] | None = None,
        additional_inputs_accordion: str | Accordion | None = None,
        submit_btn: ButtonArgument = "Submit",
        stop_btn: ButtonArgument = "Stop",
        clear_btn: ButtonArgument = "Clear",
        show_progress: ProgressDisplay = "full",
        fill_width: bool = False,
        theme: ThemeArgument = None,
        css: str | Path | None = None,
        css_paths: PathsArgument = None,
        js: str | Path | bool | None = None,
        head: str | Path | None = None,
        head_paths: PathsArgument = None,
        **unknown: Never,
    ) -> None:
        _refuse(unknown)
        self.fn, self.title = fn, text("title", title)
        _warn_of(allow_flagging)
        recipe = Recipe(
            fn=fn,
            fields=fields_of(fn, inputs, outputs, additional_inputs),
            flagging=flagging(
                mode=flagging_mode, allow=allow_flagging, auto=flagging_auto, options=flagging_options,
                dir=flagging_dir, comment=flagging_comment, correction=flagging_correction, notice=flagging_notice,
                redact=flagging_redact, columns=flagging_columns, retention=flagging_retention, max_mb=flagging_max_mb,
                callback=flagging_callback,
            ),
            api=Api(name=api_name, description=api_description, visibility=api_visibility),
            buttons=ButtonOptions(submit=submit_btn, stop=stop_btn, clear=clear_btn),
            accordion=additional_inputs_accordion, progress=show_progress,
            live=live_of(live, every=stream_every, limit=time_limit), link=link_of(deep_link),
            execution=Execution(
                concurrency_limit=concurrency_limit, time_limit=time_limit, batch=batch,
                max_batch_size=max_batch_size, executor=executor, validator=validator,
            ),
            version=text("version", version),
        )  # fmt: skip
        endpoint = recipe.endpoint()
        shown = _examples(
            endpoint, examples, cache=cache_examples, mode=cache_mode, per_page=examples_per_page,
            labels=example_labels, preload=preload_example, runs=run_on_click,
        )  # fmt: skip
        page = Page(
            recipe.layout(endpoint, shown),
            endpoints=[endpoint],
            title=self.title or name_of(fn).replace("_", " ").strip().capitalize(),
            description=prose("description", description),
            article=prose("article", article),
            fill_width=switch("fill_width", fill_width),
            appearance=appearance_of(
                theme=theme, css=css, css_paths=css_paths, js=js, head=head, head_paths=head_paths
            ),
            retention=retention_policy(delete_cache),
        )
        super().__init__(page)

    @staticmethod
    def load(*_: object, **__: object) -> Never:
        """Raise `ConfigurationError`; say what to use instead of Gradio's methods of that name."""
        raise ConfigurationError(
            "Interface.load does not exist. For an app that runs elsewhere, use load(url). To fill in a page when it "
            "is loaded, use a function as the value of a component."
        )


def _warn_of(allow_flagging: Mode | bool | None) -> None:
    if allow_flagging is not None:
        warnings.warn("allow_flagging is now called flagging_mode.", DeprecationWarning, stacklevel=4)


def _examples(
    endpoint: Endpoint, form: "ExamplesArgument | None", **options: "Unpack[ExampleOptions]"
) -> Examples | None:
    """Return the examples that the arguments ask for."""
    if form is None and options == NO_EXAMPLES:
        return None
    from minidemo.examples.parse import examples_of  # noqa: PLC0415  # loads Pillow

    return examples_of(endpoint, form, **options)


def _refuse(unknown: Mapping[str, object]) -> None:
    """Raise `ConfigurationError` for the first argument that there is not."""
    known = inspect.signature(Interface).parameters.keys() - {"unknown", "allow_flagging"}
    refuse_unknown("Interface", unknown.keys() - IGNORED_INTERFACE_OPTIONS, known)
