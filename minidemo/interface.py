"""Interface: a page around one function."""

import inspect
import warnings
import webbrowser
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeAlias

from minidemo.components.base import Component
from minidemo.components.registry import resolve
from minidemo.endpoint import Endpoint
from minidemo.errors import ConfigurationError
from minidemo.flagging.base import FlaggingCallback
from minidemo.flagging.policy import Reasons, flagging
from minidemo.layout import Button, Buttons, Column, FlagButton, Node, Row, Status
from minidemo.page import Page
from minidemo.server.app import App, create_app
from minidemo.server.serving import Serving, bind, hosts

Spec: TypeAlias = str | Component | type[Component]
NAME = "predict"


class Interface:
    """A page around one function: its inputs on the left, its outputs on the right, and a button to flag a result.

    `inputs` and `outputs` are components or their names, one for each argument and each returned value. `title` stands
    on top, `description` below it and `article` at the end, both in Markdown. `concurrency_limit` calls run at once
    (None: any number), the others wait in a queue.

    Flags go to `flagging_dir`. `flagging_mode` is "manual" (a visitor flags), "auto" (every run is stored) or "never".
    `flagging_options` are the reasons to choose from: strings, or (label, value) pairs. `flagging_callback` stores a
    flag in another way than as a row of `logs.csv`.

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
        flagging_mode: Literal["manual", "auto", "never"] | None = None,
        flagging_options: Reasons | None = None,
        flagging_dir: str | Path = "flagged",
        flagging_callback: FlaggingCallback | None = None,
        allow_flagging: Literal["manual", "auto", "never"] | None = None,
        concurrency_limit: int | None = 1,
        submit_btn: str | None = None,
        clear_btn: str | None = None,
    ) -> None:
        self.fn = fn
        name = _name(fn)
        if allow_flagging is not None:
            warnings.warn("allow_flagging is now called flagging_mode.", DeprecationWarning, stacklevel=2)
        components = _components(inputs)
        parameters = _parameters(name, fn, components)
        _label(components, parameters)
        results = _components(outputs)
        output_names = ["Output"] if len(results) == 1 else [f"Output {i}" for i in range(len(results))]
        _label(results, output_names)
        endpoint = Endpoint(
            name=NAME,
            title=f'Interface "{name}"',
            fn=fn,
            inputs=tuple(components),
            outputs=tuple(results),
            input_names=tuple(parameters),
            output_names=tuple(output_names),
            flagging=flagging(flagging_mode or allow_flagging, flagging_options, flagging_dir, flagging_callback),
            concurrency_limit=concurrency_limit,
        )
        self.page = Page(
            _layout(endpoint, submit_btn, clear_btn),
            endpoints=[endpoint],
            title=title or name.replace("_", " ").strip().capitalize(),
            description=description,
            article=article,
        )
        self._serving: Serving | None = None

    @cached_property
    def app(self) -> App:
        """The ASGI application, for a server of your own, or to mount in another application."""
        return create_app(self.page)

    def launch(
        self,
        *,
        server_name: str = "127.0.0.1",
        server_port: int | None = None,
        inbrowser: bool = False,
        prevent_thread_lock: bool = False,
        quiet: bool = False,
        show_error: bool = False,
        max_file_size: int = 100 * 2**20,
        allowed_paths: Sequence[str | Path] = (),
        allowed_hosts: Iterable[str] = (),
        root_path: str = "",
    ) -> None:
        """Serve the demo until Ctrl-C; with `prevent_thread_lock` return at once, and serve until `close`.

        Without `server_port` it is the first free one from 7860. `max_file_size` is in bytes. For `show_error`,
        `allowed_paths` and `root_path` see `create_app`; `allowed_hosts` are further names of the server.
        """
        self.close()
        sock = bind(server_name, server_port)
        app = create_app(
            self.page,
            max_file_size=max_file_size,
            show_error=show_error,
            allowed_paths=allowed_paths,
            allowed_hosts=hosts(server_name, allowed_hosts),
            root_path=root_path,
        )
        self._serving = serving = Serving(app, sock)
        serving.start()
        with nullcontext() if prevent_thread_lock else self._until_interrupted():
            if not quiet:
                print(f"Running on {serving.url}", flush=True)
            if not quiet and server_name in ("0.0.0.0", "::"):
                print("Everybody in your network can open it.", flush=True)
            if inbrowser:
                webbrowser.open(serving.url)
            if not prevent_thread_lock:
                serving.wait()

    def close(self) -> None:
        """Stop serving; do nothing if the demo is not served."""
        serving, self._serving = self._serving, None
        if serving is not None:
            serving.stop()

    @property
    def url(self) -> str | None:
        """Where a browser finds the demo while it is served."""
        return self._serving.url if self._serving else None

    @contextmanager
    def running(self, **options: Any) -> Iterator[str]:
        """Serve the demo in a `with` block, which gets its address; the options are those of `launch`."""
        self.launch(prevent_thread_lock=True, quiet=True, **{"server_port": 0} | options)
        try:
            yield str(self.url)
        finally:
            self.close()

    @contextmanager
    def _until_interrupted(self) -> Iterator[None]:
        """Take Ctrl-C for what it is: the end of serving, and no error of the script."""
        try:
            yield
        except KeyboardInterrupt:
            print("Stopping.", flush=True)
        finally:
            self.close()


def _name(fn: Callable[..., Any]) -> str:
    if not callable(fn):
        raise ConfigurationError(f"Interface needs a function, but got {fn!r}.")
    name: str = getattr(fn, "__name__", type(fn).__name__)
    return "demo" if name == "<lambda>" else name


def _components(specs: Spec | Sequence[Spec] | None) -> list[Component]:
    if specs is None:
        return []
    return [resolve(spec) for spec in (specs if isinstance(specs, list | tuple) else [specs])]


def _parameters(name: str, fn: Callable[..., Any], inputs: Sequence[Component]) -> list[str]:
    """Return a name for each input: that of the parameter it is handed to."""
    try:
        parameters = inspect.signature(fn).parameters.values()
    except (TypeError, ValueError):
        return [f"input {i}" for i in range(len(inputs))]
    positional = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    rest = [p.name for p in parameters if p.kind is p.VAR_POSITIONAL]
    required = [p for p in positional if p.default is p.empty]
    if len(inputs) < len(required) or (len(inputs) > len(positional) and not rest):
        raise ConfigurationError(_mismatch(name, len(required), len(positional), inputs))
    names = [p.name for p in positional] + [f"{rest[0]} {i}" for i in range(len(inputs) - len(positional)) if rest]
    return names[: len(inputs)]


def _mismatch(name: str, required: int, most: int, inputs: Sequence[Component]) -> str:
    takes = f"{most} argument{'' if most == 1 else 's'}" if required == most else f"{required} to {most} arguments"
    given = f"{len(inputs)} input{' was' if len(inputs) == 1 else 's were'} given"
    kinds = f" ({', '.join(type(component).__name__ for component in inputs)})" if inputs else ""
    remedy = "Remove an input or add a parameter." if len(inputs) > most else "Add an input or remove a parameter."
    return f'Interface "{name}": the function takes {takes}, but {given}{kinds}. {remedy}'


def _label(components: Sequence[Component], names: Sequence[str]) -> None:
    for component, name in zip(components, names, strict=True):
        component.label = name if component.label is None else component.label


def _layout(endpoint: Endpoint, submit: str | None, clear: str | None) -> Node:
    policy = endpoint.flagging
    buttons = Buttons(
        [
            Button("clear", endpoint=endpoint.name, text=clear),
            Button("submit", endpoint=endpoint.name, text=submit),
        ]
    )
    flags = [FlagButton(endpoint=endpoint.name, options=policy.options, mode=policy.mode)]
    below = [*(flags if policy.mode != "never" else []), Status(endpoint=endpoint.name)]
    shown = [component for component in endpoint.outputs if component not in endpoint.inputs]
    return Row([Column([*endpoint.inputs, buttons]), Column([*shown, *below])])
