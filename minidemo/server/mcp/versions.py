"""Versions of the protocol: those that begin with a handshake, and those in which each request says all."""

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
    """Tell whether a message is of a version without handshake; raise `ProtocolError` for one that does not fit."""
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


def agreed(asked: object) -> str:
    """Return the version to speak with a client that shakes hands: the one that it asks for, or our newest."""
    return asked if isinstance(asked, str) and asked in HANDSHAKE else HANDSHAKE[0]


def _check_meta(version: str, message: Message) -> None:
    meta = message.params.get("_meta")
    known: dict[str, Any] = meta if isinstance(meta, dict) else {}
    if missing := [name for name in (VERSION, CAPABILITIES) if name not in known]:
        raise ProtocolError(INVALID_PARAMS, f"params._meta lacks {' and '.join(missing)}.", id=message.id)
    if known[VERSION] != version:
        raise _mismatch("mcp-protocol-version", message)


def _check_header(name: str, headers: Mapping[str, str], message: Message, expected: object) -> None:
    """Compare with what is for proxies alone: one that is led by it must not be led astray."""
    if _decoded(headers.get(name, "")) != expected:
        raise _mismatch(name, message)


def _decoded(text: str) -> str:
    """Return the text of a header; what is not ASCII is sent in base64."""
    if not (text.startswith("=?base64?") and text.endswith("?=")):
        return text
    try:
        return base64.b64decode(text[9:-2], validate=True).decode()
    except (binascii.Error, ValueError):
        return text


def _mismatch(name: str, message: Message) -> ProtocolError:
    return ProtocolError(HEADER_MISMATCH, f"The header {name} says something else than the message.", id=message.id)
