"""Demo: a page that can be served, by itself or in an application of your own."""

import webbrowser
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import Any

from minidemo.direct import call
from minidemo.page import Page
from minidemo.server.app import App, create_app
from minidemo.server.serving import Serving, bind, hosts


class Demo:
    """What all demos have in common: a page, and the ways to serve it."""

    title: str | None = None
    """What its author calls it, if anything."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._serving: Serving | None = None

    def __call__(self, *inputs: Any, api_name: str | None = None) -> Any:
        """Call the function on what the page would send, and return what it would get: see `minidemo.direct.call`.

        Several outputs are a list, files are paths, and of a generator it is the last value. `api_name` names one of
        several functions, the first by default.
        """
        name = None if api_name is None else api_name.removeprefix("/")
        return call(self.page.endpoint(name), inputs)

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
