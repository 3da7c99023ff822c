"""Launching: what may be said to `launch`, in its arguments and in the environment."""

import os
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any, NamedTuple, Unpack

from minidemo.errors import ConfigurationError
from minidemo.interfaces import notebook
from minidemo.page.page import Page
from minidemo.server.app import App, assemble
from minidemo.server.options import AppOptions, LaunchArguments, Place, refuse_unknown
from minidemo.server.serving import FIRST_PORT, PORTS, Serving, bind, hosts
from minidemo.server.settings import Settings
from minidemo.server.tls import Certificate
from minidemo.utils.terminal import say

NO_EFFECT: dict[str, tuple[object, str]] = {
    "enable_monitoring": (None, "nothing is counted"),
    "footer_links": (None, "the footer is as it is"),
    "i18n": (None, "the page speaks the visitor's language as far as minidemo does"),
    "node_port": (None, "there is no server of Node.js"),
    "node_server_name": (None, "there is no server of Node.js"),
    "pwa": (None, "the page cannot be installed"),
    "share_server_address": (None, "nothing is sent over a server of somebody else's"),
    "share_server_protocol": (None, "nothing is sent over a server of somebody else's"),
    "share_server_tls_certificate": (None, "nothing is sent over a server of somebody else's"),
    "show_api": (True, "the API is always there"),
    "ssl_verify": (True, "minidemo does not ask itself"),
    "ssr_mode": (None, "the page is always made by the server"),
    "strict_cors": (True, "pages of other sites are never let in"),
}
"""The parameters of Gradio's that do nothing here: what they mostly are, and why they do nothing."""

SHARE = """share=True sends nothing over a server of somebody else's. Publish it by a tunnel of your own:
cloudflared tunnel --url {url}  (or: ssh -R 80:127.0.0.1:{port} nokey@localhost.run)"""


class Launched(NamedTuple):
    """What `launch` returns: the application, its address on this machine, and none that is shared."""

    app: App
    local_url: str
    share_url: None = None

    def __repr__(self) -> str:
        return ""  # in a notebook the page is shown, and needs no words below it


class LaunchSettings:
    """The checked arguments of a launch; `LaunchArguments` says what they mean."""

    def __init__(self, **arguments: Unpack[LaunchArguments]) -> None:
        refuse_unknown("launch", arguments, LaunchArguments.__annotations__)
        name, inline = arguments.get("server_name"), arguments.get("inline")
        root = arguments.get("root_path") or os.environ.get("MINIDEMO_ROOT_PATH") or None
        self.interactive = notebook.is_there() or hasattr(sys, "ps1") or bool(sys.flags.interactive)
        self.cell = notebook.cell()
        self.server_name = name or os.environ.get("MINIDEMO_SERVER_NAME") or "127.0.0.1"
        self.ports = _ports(arguments.get("server_port"))
        self.inline = notebook.is_there() if inline is None else bool(inline)
        self.inbrowser = arguments.get("inbrowser", False)
        self.share = bool(arguments.get("share"))
        self.waits = arguments.get("debug", False) or not (arguments.get("prevent_thread_lock") or self.interactive)
        self.quiet = arguments.get("quiet", False)
        self.width, self.height = arguments.get("width", "100%"), arguments.get("height", 500)
        self.public = root if root and "://" in root else None
        self.certificate = _certificate(
            arguments.get("ssl_certfile"), arguments.get("ssl_keyfile"), arguments.get("ssl_keyfile_password")
        )
        self.without_effect = tuple(_without_effect(arguments))
        self.app = _app_settings(arguments, name=self.server_name, root=root, inline=self.inline)

    def listen_on(self, name: str | None, port: int | None) -> None:
        """Replace the address and the port to listen on, unless they are None."""
        self.server_name = name or self.server_name
        self.ports = self.ports if port is None else _ports(port)
        known = self.app.allowed_hosts
        self.app.allowed_hosts = None if known is None else [*known, self.server_name]

    def runs_again(self, earlier: "LaunchSettings") -> bool:
        """Return True if the cell of a notebook runs again that has launched before."""
        (cell, execution), (earlier_cell, earlier_execution) = self.cell, earlier.cell
        return cell is not None and cell == earlier_cell and execution != earlier_execution

    def start(self, page: Page) -> tuple[Launched, Serving]:
        """Serve a page, and return as soon as requests are answered."""
        app = assemble(page, self.app)
        serving = Serving(app, bind(self.server_name, self.ports), certificate=self.certificate)
        serving.start()
        return Launched(app, serving.url), serving

    def announce(self, serving: Serving) -> dict[str, str]:
        """Print the address, show the page where that is asked for, and return it as a notebook shows it."""
        for line in [] if self.quiet else told(self, serving):
            say(line)
        frame = notebook.frame(self.public or serving.url, width=self.width, height=self.height)
        if self.inline:
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
    if settings.share:
        yield SHARE.format(url=serving.url.rstrip("/"), port=serving.port)


def _app_settings(arguments: LaunchArguments, *, name: str, root: str | None, inline: bool) -> Settings:
    """Return the settings of the application; what is shared is reached by names that nobody knows before."""
    options: AppOptions = {key: value for key, value in arguments.items() if key in AppOptions.__annotations__}  # type: ignore[assignment]  # the keys and types of `LaunchArguments`
    options["root_path"] = root
    if options.get("mcp_server") is None:
        options["mcp_server"] = _switch("MINIDEMO_MCP_SERVER")
    options["allowed_hosts"] = None if arguments.get("share") else hosts(name, options.get("allowed_hosts") or ())
    options["allowed_frames"] = [*options.get("allowed_frames", ()), *(notebook.sites(root) if inline else [])]
    return Settings(**options)


def _certificate(file: Place | None, key: Place | None, password: str | None) -> Certificate | None:
    return None if file is key is password is None else Certificate.of(file, key, password)


def _ports(port: int | None) -> range:
    """Return the ports to try, the first of them first."""
    count = _number("MINIDEMO_NUM_PORTS")
    if port is None:
        port = _number("MINIDEMO_SERVER_PORT")
        count = count or (PORTS if port is None else 1)
        first = FIRST_PORT if port is None else port
        return range(first, first + count)
    return range(port, port + 1)


def _number(name: str) -> int | None:
    text = os.environ.get(name, "").strip()
    if text and not (text.isascii() and text.isdecimal() and 0 < int(text) < 2**16):
        raise ConfigurationError(f"The environment says {name}={text!r}; expected a number such as 7860.")
    return int(text) if text else None


def _switch(name: str) -> bool:
    text = os.environ.get(name, "").strip().lower()
    if text not in ("", "true", "1", "false", "0"):
        raise ConfigurationError(f"The environment says {name}={text!r}; expected true or false.")
    return text in ("true", "1")


def _without_effect(arguments: LaunchArguments) -> Iterator[str]:
    """Yield a sentence for each argument that has no effect, unless it asks for none."""
    for name, value in arguments.items():
        usual, why = NO_EFFECT.get(name, (value, ""))
        if value is not usual and value not in (None, False):
            yield f"launch: {name} has no effect, {why}."
