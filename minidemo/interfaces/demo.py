"""Demo: a page that can be served, by itself or in an application of your own."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Never, Self, Unpack

from minidemo.components.base import Component
from minidemo.content import temporary
from minidemo.errors import ConfigurationError, without_inner_frames
from minidemo.flagging.base import FlaggingCallback
from minidemo.interfaces import served
from minidemo.page.page import Page, QueueLimits
from minidemo.utils.checks import is_count
from minidemo.utils.garbage_collection import collector_paused
from minidemo.utils.gradio_names import argument_hint
from minidemo.utils.main_module import is_imported_by_worker
from minidemo.utils.terminal import say

if TYPE_CHECKING:
    from minidemo.auth.login import Auth
    from minidemo.interfaces.launch import Launched, LaunchSettings
    from minidemo.server.app import App
    from minidemo.server.options import LaunchArguments, LaunchOptions
    from minidemo.server.serving import Serving


_NO_EFFECT = frozenset({"allow_duplication", "analytics_enabled", "tabs_kwargs"})
"""Arguments of demos that are accepted without effect."""
_QUEUE = ("max_size", "default_concurrency_limit")


class Demo:
    """What all demos have in common: a page, and the ways to serve it."""

    title: str | None = None
    """What its author calls it, if anything."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._serving: Serving | None = None
        self._shown: dict[str, str] | None = None

    def __call__(self, *inputs: Any, api_name: str | None = None) -> Any:
        """Call the function as the page does, and return its outputs: see `minidemo.engine.direct.call`.

        Several outputs are a list, files are paths, and of a generator it is the last value. `api_name` names one of
        several functions, the first by default.
        """
        from minidemo.engine.direct import call  # noqa: PLC0415  # few demos need it

        name = None if api_name is None else api_name.removeprefix("/")
        return call(self.page.endpoint(name), inputs)

    @cached_property
    def app(self) -> "App":
        """The ASGI application, for a server of your own, or to mount in another application."""
        with collector_paused():
            from minidemo.server.app import create_app  # noqa: PLC0415  # scripts can be imported without a web server

        return create_app(self.page)

    @without_inner_frames
    def launch(
        self,
        inline: bool | None = None,
        inbrowser: bool = False,
        share: bool | None = None,
        debug: bool = False,
        max_threads: int = 40,
        auth: "Auth | None" = None,
        auth_message: str | None = None,
        prevent_thread_lock: bool = False,
        show_error: bool = False,
        server_name: str | None = None,
        server_port: int | str | None = None,
        **options: "Unpack[LaunchOptions]",
    ) -> "Launched":
        """Serve the demo until Ctrl-C.

        With `prevent_thread_lock`, or in a notebook, it returns at once. It serves nothing while a worker process
        imports the script again. docs/launching.md has an example of each argument, `LaunchArguments` the types and
        meanings of all.

        Args:
            inline: Show the page below the cell of a notebook. Default: True in a notebook.
            inbrowser: Open the page in a browser. Default: False.
            share: Serve under any host name, and print how to open a tunnel. Default: False.
            debug: Wait in a notebook, too. Default: False.
            max_threads: Number of threads that run functions. Default: 40.
            auth: A (name, password) pair, a list of pairs, or a function of both.
            auth_message: Markdown text for the login page.
            prevent_thread_lock: Return at once. Default: False.
            show_error: Show visitors the message of every exception. Default: False.
            server_name: Address to listen on. Default: 127.0.0.1.
            server_port: Port to listen on. Default: the first free one from 7860.
            options: Further settings, each described at `LaunchOptions`.
        """
        with collector_paused():
            from minidemo.interfaces.launch import HOOK, LaunchSettings, not_served  # noqa: PLC0415  # as in `app`

        settings = LaunchSettings(
            inline=inline,
            inbrowser=inbrowser,
            share=share,
            debug=debug,
            max_threads=max_threads,
            auth=auth,
            auth_message=auth_message,
            prevent_thread_lock=prevent_thread_lock,
            show_error=show_error,
            server_name=server_name,
            server_port=server_port,
            **options,
        )
        if is_imported_by_worker():
            return not_served()
        hook = HOOK.get()
        return self._serve(settings) if hook is None else hook(self, settings)

    @without_inner_frames
    def queue(
        self,
        status_update_rate: float | str = "auto",
        api_open: bool | None = None,
        max_size: int | None = None,
        *,
        default_concurrency_limit: int | Literal["not_set"] | None = "not_set",
        concurrency_count: int | None = None,
        **unknown: Never,
    ) -> Self:
        """Let at most `max_size` calls of each function wait; who comes then is asked to try again.

        `default_concurrency_limit` calls run at once of a function that has no `concurrency_limit` of its own. There is
        a queue anyway. Programs wait in it as people do, and all are told of it as it moves: the other parameters,
        which are Gradio's, have no effect. `concurrency_count` is an older name of `default_concurrency_limit`.
        """
        for word in unknown:
            raise ConfigurationError(f"queue got an unknown argument {word!r}. {argument_hint(word, _QUEUE)}")
        _check_limit("max_size", max_size, least=0)
        if default_concurrency_limit == "not_set" and concurrency_count is not None:
            default_concurrency_limit = concurrency_count
        limit = self.page.queue.default_limit
        if default_concurrency_limit != "not_set":
            _check_limit("default_concurrency_limit", default_concurrency_limit, least=1)
            limit = default_concurrency_limit
        self.page = self.page.with_queue(QueueLimits(max_size=max_size, default_limit=limit))
        self.__dict__.pop("app", None)
        return self

    def close(self) -> None:
        """Stop serving; do nothing if the demo is not served."""
        serving, self._serving = self._serving, None
        if serving is not None:
            served.remove(self)
            serving.stop()

    @property
    def url(self) -> str | None:
        """Where a browser finds the demo while it is served."""
        return self._serving.url if self._serving else None

    @property
    def local_url(self) -> str | None:
        """The same as `url`, by Gradio's name."""
        return self.url

    @property
    def share_url(self) -> None:
        """None: demos are not shared over other servers."""

    @property
    def input_components(self) -> list[Component]:
        """The inputs of the first function."""
        return [*self.page.endpoint(None).inputs]

    @property
    def output_components(self) -> list[Component]:
        """The outputs of the first function."""
        return [*self.page.endpoint(None).outputs]

    @property
    def flagging_callback(self) -> FlaggingCallback:
        """The backend that stores flags of the first function."""
        return self.page.endpoint(None).flagging.callback

    def get_api_info(self, all_endpoints: bool = False) -> dict[str, Any]:
        """Return the public endpoints as Gradio's clients read them.

        `all_endpoints` is accepted without effect.
        """
        with collector_paused():
            from minidemo.server.gradio_api.descriptions import description_of  # noqa: PLC0415  # as in `app`

        return {"named_endpoints": description_of(self.page), "unnamed_endpoints": {}}

    @property
    def config(self) -> dict[str, Any]:
        """The components and endpoints as Gradio's clients read them."""
        with collector_paused():
            from minidemo.server.gradio_api.descriptions import configuration_of  # noqa: PLC0415  # as in `app`

        return configuration_of(self.page)

    def get_config_file(self) -> dict[str, Any]:
        """Return `config`, by Gradio's other name."""
        return self.config

    @contextmanager
    def running(self, **options: "Unpack[LaunchArguments]") -> Iterator[str]:
        """Serve the demo in a `with` block, which gets its address; the options are those of `launch`."""
        usual: LaunchArguments = {"server_port": 0, "inline": False}
        arguments: LaunchArguments = {**usual, **options, "prevent_thread_lock": True, "quiet": True}
        self.launch(**arguments)
        try:
            yield str(self.url)
        finally:
            self.close()

    def __enter__(self) -> Self:
        """Return the demo, for scripts that open it in a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing."""

    def __repr__(self) -> str:
        """Return each function with its inputs and outputs."""
        return "\n".join(map(str, self.page.endpoints.values()))

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """Show the page where a notebook shows the demo; say what to do while it is not served."""
        if self._serving is None or self._shown is None:
            return {"text/plain": f"{type(self).__name__} {self.page.title!r}: not running. Call its launch()."}
        return self._shown

    def _serve(self, settings: "LaunchSettings") -> "Launched":
        self.close()
        served.make_room(settings)
        launched, self._serving = settings.start(self.page)
        served.add(self, settings)
        with self._until_interrupted() if settings.waits else nullcontext():
            self._shown = settings.announce(self._serving)
            if settings.waits:
                self._serving.wait()
        return launched

    @contextmanager
    def _until_interrupted(self) -> Iterator[None]:
        """Take Ctrl-C for what it is: the end of serving, and no error of the script."""
        try:
            with temporary.removed_on_sigterm():
                yield
        except KeyboardInterrupt:
            say("Stopping.")
        finally:
            self.close()


def _check_limit(name: str, value: object, *, least: int) -> None:
    if value is not None and not is_count(value, least=least):
        raise ConfigurationError(f"{name} is {value!r}; expected a whole number from {least}, or None for no limit.")


def refuse_unknown(name: str, unknown: Iterable[str], known: Iterable[str]) -> None:
    """Raise `ConfigurationError` for the first argument of a demo that there is not."""
    for word in unknown:
        hint = _elsewhere(word) or argument_hint(word, set(known) - _NO_EFFECT)
        raise ConfigurationError(f"{name} got an unknown argument {word!r}. {hint}")


def _elsewhere(word: str) -> str | None:
    """Return the method that takes an argument, as a hint."""
    from minidemo.interfaces.launch import LaunchArguments  # noqa: PLC0415  # as in `app`

    takers = {"launch": LaunchArguments.__annotations__, "queue": _QUEUE}
    taker = next((method for method, names in takers.items() if word in names), None)
    return taker and f"It belongs to {taker}: write demo.{taker}({word}=…)."
