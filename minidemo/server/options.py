"""The arguments of `launch`, `create_app` and `mount_app`: their names, types and meaning."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias, TypedDict

from starlette.requests import Request

from minidemo.auth.login import Auth
from minidemo.errors import ConfigurationError
from minidemo.page.appearance import PathsArgument, ThemeArgument
from minidemo.utils.gradio_names import argument_hint

AuthDependency: TypeAlias = Callable[[Request], "str | Awaitable[str | None] | None"]
"""Returns the user of a request, or None to refuse it; may be async."""
Place: TypeAlias = str | Path


NO_EFFECT: dict[str, tuple[object, str]] = {
    "_app": (None, "minidemo makes the application"),
    "_frontend": (True, "the page is always there"),
    "enable_monitoring": (None, "nothing is counted"),
    "enable_queue": (True, "there is always a queue"),
    "footer_links": (None, "the footer is as it is"),
    "i18n": (None, "the page speaks the visitor's language as far as minidemo does"),
    "node_port": (None, "there is no server of Node.js"),
    "node_server_name": (None, "there is no server of Node.js"),
    "num_workers": (None, "one process serves the demo"),
    "pwa": (None, "the page cannot be installed"),
    "share_server_address": (None, "nothing is sent over a server of somebody else's"),
    "share_server_protocol": (None, "nothing is sent over a server of somebody else's"),
    "share_server_tls_certificate": (None, "nothing is sent over a server of somebody else's"),
    "show_api": (True, "the API is always there"),
    "ssl_verify": (True, "minidemo does not ask itself"),
    "ssr_mode": (None, "the page is always made by the server"),
    "run_history": (None, "earlier runs are not listed"),
    "show_tips": (None, "there are no tips"),
    "strict_cors": (True, "pages of other sites are never let in"),
}
"""Parameters of Gradio that do nothing here: their default, and the reason."""
NO_EFFECT_MOUNTED = NO_EFFECT | {
    "root_path": (None, "each request tells it"),
    "server_name": (None, "the application is served by your own server"),
    "server_port": (None, "the application is served by your own server"),
}
"""The same for `mount_app`."""


class SharedOptions(TypedDict, total=False):
    """Keyword arguments of `launch`, `create_app` and `mount_app`.

    Args:
        allowed_frames: Sites whose pages may show the demo in a frame. Default: none.
        allowed_hosts: Host names that requests may use, besides IP addresses. Default: any for an application, the
            names of this machine for `launch`.
        allowed_paths: Files and folders that may be shown, besides the working and the temporary directory.
        allowed_urls: Beginnings of the addresses that the server may download files from, if the author's code
            returns one. Default: all of public hosts; an empty list forbids downloads.
        app_kwargs: Arguments for the `FastAPI` application.
        auth_dependency: Function from a request to the user's name, or to None to refuse the request; may be async.
        blocked_paths: Files and folders that are never shown.
        css: CSS as text, or the path of a file; applied after that of the demo.
        css_paths: Paths of further CSS files.
        favicon_path: Image file for the page's icon.
        head: HTML tags for the head of the page, as text or the path of a file.
        head_paths: Paths of further files with such tags.
        js: JavaScript function to run when the page is loaded, as text or the path of a file.
        max_file_size: Limit of an uploaded file, in bytes or as "5mb". Default: 100 MB.
        mcp_server: Offer public endpoints to agents as MCP tools. Default: False; for `launch` the environment
            variable MINIDEMO_MCP_SERVER.
        quiet: Print nothing. Default: False.
        state_session_capacity: Number of visits whose state is kept. Default: 10,000.
        theme: Name of a theme, or a `Theme`; replaces that of the demo.
    """

    allowed_frames: Iterable[str]
    allowed_hosts: Iterable[str] | None
    allowed_paths: Sequence[Place] | Place | None
    allowed_urls: Sequence[str] | str | None
    app_kwargs: Mapping[str, Any] | None
    auth_dependency: AuthDependency | None
    blocked_paths: Sequence[Place] | Place | None
    css: Place | None
    css_paths: PathsArgument
    favicon_path: Place | None
    head: Place | None
    head_paths: PathsArgument
    js: Place | bool | None
    max_file_size: str | int | None
    mcp_server: bool | None
    quiet: bool
    state_session_capacity: int
    theme: ThemeArgument


class MountOptions(SharedOptions, total=False):
    """Keyword arguments of `mount_app`; `launch` takes the further ones by position, too.

    Args:
        auth: A (name, password) pair, a list of pairs, or a function of both that returns True to let the user in.
        auth_message: Markdown text for the login page.
        max_threads: Number of threads that run functions. Default: 40.
        show_error: Show visitors the message of every exception. Default: False.
    """

    auth: Auth | None
    auth_message: str | None
    max_threads: int
    show_error: bool


class AppOptions(MountOptions, total=False):
    """Keyword arguments of `create_app`.

    Args:
        root_path: Path, or whole address, under which a proxy serves the application.
    """

    root_path: str | None


class IgnoredOptions(TypedDict, total=False):
    """Parameters of Gradio's `launch` that have no effect here."""

    _app: object
    _frontend: object
    enable_monitoring: object
    enable_queue: object
    footer_links: object
    i18n: object
    node_port: object
    node_server_name: object
    num_workers: object
    pwa: object
    run_history: object
    share_server_address: object
    share_server_protocol: object
    share_server_tls_certificate: object
    show_api: object
    show_tips: object
    ssl_verify: object
    ssr_mode: object
    strict_cors: object


class MountArguments(MountOptions, IgnoredOptions, total=False):
    """All keyword arguments of `mount_app`; a few of Gradio's have no effect."""

    root_path: object
    server_name: object
    server_port: object


class LaunchOptions(SharedOptions, IgnoredOptions, total=False):
    """Keyword-only arguments of `launch`.

    Args:
        height: Height of the frame in a notebook, in pixels or as CSS. Default: that of the page, from 500 to 1000.
        root_path: Path, or whole address, under which a proxy serves the demo. Default: the environment variable
            MINIDEMO_ROOT_PATH.
        ssl_certfile: Certificate file, to serve over https.
        ssl_keyfile: File with the certificate's key. Default: the certificate file.
        ssl_keyfile_password: Password of the key.
        trusted_proxies: Addresses of proxies whose `X-Forwarded-For` is believed, as a list or as text with commas.
            Default: the environment variable FORWARDED_ALLOW_IPS, or none.
        width: Width of the frame in a notebook, in pixels or as CSS. Default: "100%".
    """

    height: int | str | None
    root_path: str | None
    ssl_certfile: Place | None
    ssl_keyfile: Place | None
    ssl_keyfile_password: str | None
    trusted_proxies: Iterable[str] | str | None
    width: int | str


class LaunchArguments(LaunchOptions, MountOptions, total=False):
    """All arguments of `launch`.

    Args:
        debug: Wait in a notebook, too. Default: False.
        inbrowser: Open the page in a browser. Default: False.
        inline: Show the page below the cell of a notebook. Default: True in a notebook.
        prevent_thread_lock: Return at once instead of waiting for Ctrl-C. Default: False.
        server_name: Address to listen on; "0.0.0.0" is the whole network. Default: the environment variable
            MINIDEMO_SERVER_NAME, or 127.0.0.1.
        server_port: Port to listen on. Default: the environment variable MINIDEMO_SERVER_PORT, or the first free
            port from 7860.
        share: Serve under any host name, and print how to open a tunnel. Default: False.
    """

    debug: bool
    inbrowser: bool
    inline: bool | None
    prevent_thread_lock: bool
    server_name: str | None
    server_port: int | str | None
    share: bool | None


def refuse_unknown(
    function: str, names: Iterable[str], known: Iterable[str], ignored: Iterable[str] = NO_EFFECT
) -> None:
    """Raise `ConfigurationError` for the first name that is no parameter; never suggest ignored ones."""
    parameters = set(known)
    for name in names:
        if name not in parameters:
            hint = argument_hint(name, parameters.difference(ignored))
            raise ConfigurationError(f"{function} has no parameter {name!r}. {hint}")


def without_effect(
    function: str, arguments: Mapping[str, object], known: Mapping[str, tuple[object, str]] = NO_EFFECT
) -> Iterator[str]:
    """Yield a sentence for each argument that would be missed."""
    for name, value in arguments.items():
        usual, why = known.get(name, (value, ""))
        if value is not usual and value not in (None, False):
            yield f"{function}: {name} has no effect, {why}."
