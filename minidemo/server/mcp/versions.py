"""Versions of the protocol, with and without a handshake."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from minidemo.server.mcp.messages import INVALID_PARAMS, Message, ProtocolError

HANDSHAKE = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
MODERN = ("2026-07-28",)
HEADER_MISMATCH, UNSUPPORTED = -32020, -32022

VERSION = "io.modelcontextprotocol/protocolVersion"
CAPABILITIES = "io.modelcontextprotocol/clientCapabilities"
SERVER = "io.modelcontextprotocol/serverInfo"


def check(headers: Mapping[str, str], message: Message) -> bool:
    """Tell whether a message's version has no handshake, or raise `ProtocolError`."""
    version = headers.get("mcp-protocol-version")
    if version is None or version in HANDSHAKE:
        return False
    if version not in MODERN:
        data = {"supported": [*MODERN, *HANDSHAKE], "requested": version[:60]}
        raise ProtocolError(UNSUPPORTED, "Unsupported protocol version", id=message.id, data=data)
    if message.id is not None:
        _check_meta(version, message)
        _check_header("mcp-method", headers, message, message.method)
        if message.method == "tools/call":
            _check_header("mcp-name", headers, message, message.params.get("name"))
    return True


def negotiate(version: object) -> str:
    """Return the version for a handshake: the client's, or our newest."""
    return version if isinstance(version, str) and version in HANDSHAKE else HANDSHAKE[0]


def _check_meta(version: str, message: Message) -> None:
    meta = message.params.get("_meta")
    fields: dict[str, Any] = meta if isinstance(meta, dict) else {}
    if missing := [name for name in (VERSION, CAPABILITIES) if name not in fields]:
        raise ProtocolError(INVALID_PARAMS, f"params._meta lacks {' and '.join(missing)}.", id=message.id)
    if fields[VERSION] != version:
        raise _mismatch("mcp-protocol-version", message)


def _check_header(name: str, headers: Mapping[str, str], message: Message, expected: object) -> None:
    """Check that a header, which proxies read, agrees with the message."""
    if _decode_header(headers.get(name, "")) != expected:
        raise _mismatch(name, message)


def _decode_header(text: str) -> str:
    """Return the text of a header, which may be in base64."""
    if not (text.startswith("=?base64?") and text.endswith("?=")):
        return text
    try:
        return base64.b64decode(text[9:-2], validate=True).decode()
    except (binascii.Error, ValueError):
        return text


def _mismatch(name: str, message: Message) -> ProtocolError:
    return ProtocolError(HEADER_MISMATCH, f"The header {name} says something else than the message.", id=message.id)
