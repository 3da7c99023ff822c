"""Demo: a page that can be served, by itself or in an application of your own."""

import webbrowser
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import cached_property
from typing import Any, Literal, Self

from minidemo.auth.login import Auth
from minidemo.errors import ConfigurationError
from minidemo.interfaces import notebook
from minidemo.interfaces.launch import HOOK, Launched, Options, options_of, told
from minidemo.page.appearance import PathsArgument, ThemeArgument
from minidemo.page.page import Page
from minidemo.server.app import App, assemble, create_app
from minidemo.server.serving import Serving, bind
from minidemo.server.settings import CAPACITY, MAX_THREADS, AuthDependency, Place
from minidemo.utils.checks import is_count


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
    def app(self) -> App:
        """The ASGI application, for a server of your own, or to mount in another application."""
        return create_app(self.page)

    def launch(
        self,
        inline: bool | None = None,
        inbrowser: bool = False,
        share: bool | None = None,
        debug: bool = False,
        max_threads: int = MAX_THREADS,
        auth: Auth | None = None,
        auth_message: str | None = None,
        prevent_thread_lock: bool = False,
        show_error: bool = False,
        server_name: str | None = None,
        server_port: int | None = None,
        *,
        height: int | str = 500,
        width: int | str = "100%",
        favicon_path: Place | None = None,
        ssl_keyfile: Place | None = None,
        ssl_certfile: Place | None = None,
        ssl_keyfile_password: str | None = None,
        quiet: bool = False,
        allowed_paths: Sequence[Place] | Place | None = None,
        blocked_paths: Sequence[Place] | Place | None = None,
        root_path: str | None = None,
        app_kwargs: Mapping[str, Any] | None = None,
        state_session_capacity: int = CAPACITY,
        auth_dependency: AuthDependency | None = None,
        max_file_size: str | int | None = None,
        allowed_hosts: Iterable[str] = (),
        allowed_frames: Iterable[str] = (),
        mcp_server: bool | None = None,
        theme: ThemeArgument = None,
        css: Place | None = None,
        css_paths: PathsArgument = None,
        js: Place | bool | None = None,
        head: Place | None = None,
        head_paths: PathsArgument = None,
        **others: Any,
    ) -> Launched:
        """Serve the demo until Ctrl-C; with `prevent_thread_lock`, or in a notebook, return at once.

        `server_name` is the address to listen on: 127.0.0.1, or "0.0.0.0" for the whole network. Without `server_port`
        the port is the first free one from 7860. Both may stand in the environment: MINIDEMO_SERVER_NAME and
        MINIDEMO_SERVER_PORT. `inbrowser` opens the page. With `ssl_certfile` and `ssl_keyfile` it is served over https.
        With `mcp_server`, or MINIDEMO_MCP_SERVER=true, agents find the endpoints as tools.
        In a notebook it is shown below the cell (`inline`, `width`, `height`); `debug` waits there, too.
        `theme`, `css`, `css_paths`, `js`, `head` and `head_paths` go over those of the demo.
        What concerns the application is told at `create_app`; `allowed_hosts` are further names of the server.
        Those of Gradio's parameters that mean nothing here are taken and have no effect.
        """
        given = {name: value for name, value in locals().items() if name not in ("self", "others")}
        options = options_of(given, others)
        hook = HOOK.get()
        return self._serve(options) if hook is None else hook(self, options)

    def queue(
        self,
        status_update_rate: float | str = "auto",
        api_open: bool | None = None,
        max_size: int | None = None,
        *,
        default_concurrency_limit: int | Literal["not_set"] | None = "not_set",
    ) -> Self:
        """Let at most `max_size` calls of each function wait; who comes then is asked to try again.

        `default_concurrency_limit` calls run at once of a function that has no `concurrency_limit` of its own. There is
        a queue anyway. Programs wait in it as people do, and all are told of it as it moves: the other parameters,
        which are Gradio's, have no effect.
        """
        _check_limit("max_size", max_size, least=0)
        if default_concurrency_limit != "not_set":
            _check_limit("default_concurrency_limit", default_concurrency_limit, least=1)
            self.page.usual_limit = default_concurrency_limit
        self.page.queue_size = max_size
        self.__dict__.pop("app", None)
        return self

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
        self.launch(**{"server_port": 0, "inline": False} | options | {"prevent_thread_lock": True, "quiet": True})
        try:
            yield str(self.url)
        finally:
            self.close()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """Show the page where a notebook shows the demo; say what to do while it is not served."""
        if self._serving is None or self._shown is None:
            return {"text/plain": f"{type(self).__name__} {self.page.title!r}: not running. Call its launch()."}
        return self._shown

    def _serve(self, options: Options) -> Launched:
        self.close()
        app = assemble(self.page, options.settings)
        sock = bind(options.server_name, options.ports)
        self._serving = serving = Serving(app, sock, certificate=options.certificate)
        serving.start()
        with self._until_interrupted() if options.waits else nullcontext():
            self._tell(options, serving)
            if options.waits:
                serving.wait()
        return Launched(app, serving.url)

    def _tell(self, options: Options, serving: Serving) -> None:
        """Say where the demo is, and show it."""
        for line in [] if options.quiet else told(options, serving):
            print(line, flush=True)
        self._shown = notebook.frame(options.public or serving.url, width=options.width, height=options.height)
        if options.inline:
            notebook.show(self._shown)
        if options.inbrowser:
            webbrowser.open(serving.url)

    @contextmanager
    def _until_interrupted(self) -> Iterator[None]:
        """Take Ctrl-C for what it is: the end of serving, and no error of the script."""
        try:
            yield
        except KeyboardInterrupt:
            print("Stopping.", flush=True)
        finally:
            self.close()


def _check_limit(name: str, value: object, *, least: int) -> None:
    if value is not None and not is_count(value, least=least):
        raise ConfigurationError(f"{name} is {value!r}; expected a whole number from {least}, or None for no limit.")
