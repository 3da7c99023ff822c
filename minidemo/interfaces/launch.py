"""Launching: what may be said to `launch`, in its arguments and in the environment."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from minidemo.errors import ConfigurationError, did_you_mean
from minidemo.interfaces import notebook
from minidemo.server.app import App
from minidemo.server.serving import FIRST_PORT, PORTS, Serving, hosts
from minidemo.server.settings import Settings

if TYPE_CHECKING:
    from minidemo.server.tls import Certificate

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """The arguments of a launch, checked."""

    server_name: str
    ports: range
    settings: Settings
    certificate: "Certificate | None"
    inbrowser: bool
    inline: bool
    waits: bool
    quiet: bool
    share: bool
    width: int | str
    height: int | str
    public: str | None
    without_effect: tuple[str, ...]


HOOK: ContextVar[Callable[[Any, Options], Launched] | None] = ContextVar("HOOK", default=None)
"""Serves what a script launches in another way, while it is run by somebody else."""


def options_of(given: Mapping[str, Any], others: Mapping[str, Any]) -> Options:
    """Return the arguments of a launch, checked; `others` are those that it does not name."""
    without_effect = tuple(_without_effect(given, others))
    name = given["server_name"] or os.environ.get("MINIDEMO_SERVER_NAME") or "127.0.0.1"
    root = given["root_path"] or os.environ.get("MINIDEMO_ROOT_PATH") or None
    inline = notebook.is_there() if given["inline"] is None else bool(given["inline"])
    interactive = notebook.is_there() or hasattr(sys, "ps1") or bool(sys.flags.interactive)
    return Options(
        server_name=name,
        ports=_ports(given["server_port"]),
        settings=_settings(given, name=name, root=root, inline=inline),
        certificate=_certificate(given["ssl_certfile"], given["ssl_keyfile"], given["ssl_keyfile_password"]),
        inbrowser=given["inbrowser"],
        inline=inline,
        waits=given["debug"] or not (given["prevent_thread_lock"] or interactive),
        quiet=given["quiet"],
        share=bool(given["share"]),
        width=given["width"],
        height=given["height"],
        public=root if root and "://" in root else None,
        without_effect=without_effect,
    )


def told(options: Options, serving: Serving) -> Iterator[str]:
    """Yield what to say of a demo that is served."""
    yield from options.without_effect
    yield f"Running on {serving.url}"
    if options.public:
        yield f"Its address for others is {options.public}"
    if options.settings.mcp_server:
        yield f"Agents find it, over MCP, at {(options.public or serving.url).rstrip('/')}/mcp"
    if options.server_name in ("0.0.0.0", "::"):
        yield "Everybody in your network can open it."
    if options.share:
        yield SHARE.format(url=serving.url.rstrip("/"), port=serving.port)


def _settings(given: Mapping[str, Any], *, name: str, root: str | None, inline: bool) -> Settings:
    """Return the settings of the application; what is shared is reached by names that nobody knows before."""
    chosen = {field.name: given[field.name] for field in fields(Settings) if field.name in given}
    chosen["root_path"] = root
    chosen["mcp_server"] = _switch("MINIDEMO_MCP_SERVER") if given["mcp_server"] is None else given["mcp_server"]
    chosen["allowed_hosts"] = None if given["share"] else hosts(name, given["allowed_hosts"])
    chosen["allowed_frames"] = [*given["allowed_frames"], *(notebook.sites(root) if inline else [])]
    return Settings(**chosen)


def _certificate(*files: Any) -> "Certificate | None":
    if files == (None, None, None):
        return None
    from minidemo.server.tls import Certificate  # noqa: PLC0415  # few demos need it

    return Certificate.of(*files)


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


def _without_effect(given: Mapping[str, Any], others: Mapping[str, Any]) -> Iterator[str]:
    """Yield what does nothing here; refuse what Gradio does not know either."""
    for name, value in others.items():
        if name not in NO_EFFECT:
            known = {*given, *NO_EFFECT}
            raise ConfigurationError(f"launch has no parameter {name!r}. {did_you_mean(name, known)}")
        usual, why = NO_EFFECT[name]
        if value is not usual and value not in (None, False):
            yield f"launch: {name} has no effect, {why}."
