"""Launching: what may be said to `launch`, in its arguments and in the environment."""

import os
import sys
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Unpack

from minidemo.errors import ConfigurationError
from minidemo.interfaces import notebook
from minidemo.page.page import Page
from minidemo.server.app import App, assemble
from minidemo.server.options import AppOptions, Place, refuse_unknown, without_effect
from minidemo.server.options import LaunchArguments as LaunchArguments
from minidemo.server.serving import FIRST_PORT, PORTS, Serving, bind, hosts
from minidemo.server.settings import Settings
from minidemo.server.tls import Certificate
from minidemo.utils.addresses import is_loopback, networks
from minidemo.utils.environment import place_of, setting
from minidemo.utils.terminal import say

if TYPE_CHECKING:
    from minidemo.server.reloading import Reloading

_PLACES: tuple[Literal["allowed_paths", "blocked_paths"], ...] = ("allowed_paths", "blocked_paths")
SHARE = """minidemo runs no public relay. To share this demo, use a tunnel of your own:
cloudflared tunnel --url {url}  (or: ssh -R 80:127.0.0.1:{port} nokey@localhost.run)"""


class Launched(NamedTuple):
    """What `launch` returns: the application, its address on this machine, and none that is shared."""

    app: App
    local_url: str
    share_url: None = None

    def __repr__(self) -> str:
        return ""

    def _ipython_display_(self) -> None:
        """Show nothing in a notebook: no empty output with its number below the page."""


class LaunchSettings:
    """The checked arguments of a launch; `LaunchArguments` says what they mean."""

    def __init__(self, **arguments: Unpack[LaunchArguments]) -> None:
        refuse_unknown("launch", arguments, LaunchArguments.__annotations__)
        name, inline = arguments.get("server_name"), arguments.get("inline")
        root = arguments.get("root_path") or setting("ROOT_PATH") or None
        self.interactive = notebook.is_there() or hasattr(sys, "ps1") or bool(sys.flags.interactive)
        self.cell = notebook.cell()
        self.server_name = name or setting("SERVER_NAME") or "127.0.0.1"
        self.ports = _ports(arguments.get("server_port"))
        self.inline = notebook.is_there() if inline is None else bool(inline)
        self.inbrowser = arguments.get("inbrowser", False)
        self.share = _is_shared(arguments)
        goes_on = arguments.get("prevent_thread_lock") or (self.interactive and not _switch("DEBUG"))
        self.waits = bool(arguments.get("debug") or not goes_on)
        self.quiet = arguments.get("quiet", False)
        self.width, self.height = arguments.get("width", "100%"), arguments.get("height")
        self.root, self.public = root, root if root and "://" in root else None
        self.certificate = _certificate(
            arguments.get("ssl_certfile"), arguments.get("ssl_keyfile"), arguments.get("ssl_keyfile_password")
        )
        self.proxies = networks("trusted_proxies", _proxies(arguments.get("trusted_proxies")))
        self._has_proxy = bool(
            root or self.share or self.proxies or arguments.get("allowed_hosts") or notebook.is_behind_proxy()
        )
        self.without_effect = tuple(without_effect("launch", arguments))
        self.app = _app_settings(arguments, name=self.server_name, root=root, inline=self.inline)
        self.app.announces_flags = not self.quiet

    def listen_on(self, name: str | None, port: int | None) -> None:
        """Replace the address and the port to listen on, unless they are None."""
        self.server_name = name or self.server_name
        self.ports = self.ports if port is None else _ports(port)
        known = self.app.allowed_hosts
        self.app.allowed_hosts = None if known is None else [*known, self.server_name]

    @property
    def is_private(self) -> bool:
        """True if only users with a login or people at this machine can open the demo."""
        has_users = self.app.login is not None or self.app.auth_dependency is not None
        return has_users or (is_loopback(self.server_name) and not self._has_proxy)

    def runs_again(self, earlier: "LaunchSettings") -> bool:
        """Return True if the cell of a notebook runs again that has launched before."""
        (cell, execution), (earlier_cell, earlier_execution) = self.cell, earlier.cell
        return cell is not None and cell == earlier_cell and execution != earlier_execution

    def start(self, page: Page) -> tuple[Launched, Serving]:
        """Serve a page, and return as soon as requests are answered."""
        app = assemble(page, self.app)
        serving = self.serve(app)
        return Launched(app, serving.url), serving

    def serve(self, app: "App | Reloading") -> Serving:
        """Serve an application, and return as soon as requests are answered."""
        sock = bind(self.server_name, self.ports)
        serving = Serving(app, sock, certificate=self.certificate, proxies=self.proxies)
        serving.start()
        return serving

    def announce(self, serving: Serving) -> dict[str, str]:
        """Print the address, show the page where that is asked for, and return it as a notebook shows it."""
        for line in [] if self.quiet else told(self, serving):
            say(line)
        root = f"{self.root.rstrip('/')}/" if self.root else None
        url = root or notebook.proxied_path(serving.port) or serving.url
        frame = notebook.frame(url, width=self.width, height=self.height)
        if self.inline and notebook.is_colab():
            notebook.show_in_colab(serving.port, width=self.width, height=self.height)
        elif self.inline:
            notebook.show(frame)
        if self.inbrowser:
            webbrowser.open(serving.url)
        return frame


def not_served() -> Launched:
    """Return what `launch` returns where it serves nothing."""
    return Launched(App(), "")


HOOK: ContextVar[Callable[[Any, LaunchSettings], Launched] | None] = ContextVar("HOOK", default=None)
"""Serves what a script launches in another way, while it is run by somebody else."""


def told(settings: LaunchSettings, serving: Serving) -> Iterator[str]:
    """Yield what to say of a demo that is served."""
    yield from settings.without_effect
    yield f"Running on {serving.url}"
    if settings.public:
        yield f"Its address for others is {settings.public}"
    if settings.app.mcp_server:
        yield f"Agents find it, over MCP, at {(settings.public or serving.url).rstrip('/')}/mcp"
    if settings.server_name in ("0.0.0.0", "::"):
        yield "Everybody in your network can open it."
    if settings.inline and not settings.root and (advice := notebook.advice(serving.port)):
        yield advice
    if settings.share:
        yield SHARE.format(url=serving.url.rstrip("/"), port=serving.port)


def _app_settings(arguments: LaunchArguments, *, name: str, root: str | None, inline: bool) -> Settings:
    """Return the settings of the application; what is shared is reached by names that nobody knows before."""
    options: AppOptions = {key: value for key, value in arguments.items() if key in AppOptions.__annotations__}  # type: ignore[assignment]  # the keys and types of `LaunchArguments`
    options["root_path"] = root
    if options.get("mcp_server") is None:
        options["mcp_server"] = _switch("MCP_SERVER")
    is_public = _is_shared(arguments) or notebook.is_behind_proxy()
    options["allowed_hosts"] = None if is_public else hosts(name, options.get("allowed_hosts") or ())
    for place in _PLACES:
        if options.get(place) is None and (paths := setting(place.upper())):
            options[place] = paths.split(",")
    options["allowed_frames"] = [*options.get("allowed_frames", ()), *(notebook.sites(root) if inline else [])]
    return Settings(**options)


def _is_shared(arguments: LaunchArguments) -> bool:
    share = arguments.get("share")
    return _switch("SHARE") if share is None else bool(share)


def _proxies(addresses: Iterable[str] | str | None) -> Iterable[str] | str:
    return os.environ.get("FORWARDED_ALLOW_IPS", "") if addresses is None else addresses


def _certificate(file: Place | None, key: Place | None, password: str | None) -> Certificate | None:
    return None if file is key is password is None else Certificate.of(file, key, password)


def _ports(port: int | str | None) -> range:
    """Return the ports to try, the first of them first."""
    count = _number("NUM_PORTS")
    if port is None:
        port = _number("SERVER_PORT")
        count = count or (PORTS if port is None else 1)
        first = FIRST_PORT if port is None else port
        return range(first, first + count)
    text = str(port).strip()
    if not (text.isascii() and text.isdecimal()):
        raise ConfigurationError(f"server_port is {port!r}; expected a number such as 7860.")
    return range(int(text), int(text) + 1)


def _number(name: str) -> int | None:
    text = setting(name)
    if text and not (text.isascii() and text.isdecimal() and 0 < int(text) < 2**16):
        raise ConfigurationError(f"The environment says {place_of(name)}={text!r}; expected a number such as 7860.")
    return int(text) if text else None


def _switch(name: str) -> bool:
    text = setting(name).lower()
    if text not in ("", "true", "1", "false", "0"):
        raise ConfigurationError(f"The environment says {place_of(name)}={text!r}; expected true or false.")
    return text in ("true", "1")
