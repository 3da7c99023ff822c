"""Converts an agent's arguments to the data of a call."""

import base64
import binascii
import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from minidemo.components._schema import Schema
from minidemo.errors import InputError, TooLarge, did_you_mean
from minidemo.server.mcp.tools import Argument, Tool
from minidemo.server.rendering.renderer import Renderer
from minidemo.server.wire import requests
from minidemo.stores.base import BaseFileStore
from minidemo.stores.owner import Owner

SUFFIXES = {
    "audio/flac": ".flac",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "image/webp": ".webp",
    "text/markdown": ".md",
}
"""Suffixes of MIME types that Python lacks on some machines."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileReceiver:
    """Receives an agent's files.

    Args:
        files: The store of the files.
        owner: The owner of new files.
        limit: Limit of a file, in bytes.
        address: URL of the page.
    """

    files: BaseFileStore
    owner: Owner
    limit: int
    address: str

    def receive(self, text: str, name: str) -> dict[str, Any]:
        """Return the `FileData` for a data: URI or a path."""
        if text[:5].lower() == "data:":
            return self._store(text[5:], name)
        file = {"path": unquote(text.removeprefix(self.address).removeprefix("file/"))}
        try:
            self.files.resolve(file, self.owner)
        except InputError:
            raise InputError(
                f"{name} is {text!r:.80}, which is no file that was uploaded here. Send it as a data: URI, or by "
                f"POST {self.address}upload, and hand over the path that this answers. Nothing is fetched from other "
                "addresses, and no paths of this or another machine are read.",
                field=name,
            ) from None
        return file

    def _store(self, uri: str, name: str) -> dict[str, Any]:
        """Store the file of a data: URI."""
        head, comma, body = uri.partition(",")
        mime, *attributes = [part.strip() for part in head.split(";")]
        data = _decode_body(body, "base64" in map(str.lower, attributes)) if comma else None
        if data is None:
            raise InputError(f"{name} is a data: URI that cannot be read. Is it whole, and in base64?", field=name)
        if len(data) > self.limit:
            raise TooLarge(f"{name} is over {requests.size_text(self.limit)}, which is the limit.", field=name)
        with self.files.open_upload() as file:
            file.write(data)
        kind = mime.lower() or None
        file_data = self.files.upload(Path(file.name), name=_file_name(kind, attributes), mime=kind, owner=self.owner)
        return file_data.model_dump(by_alias=True)


def call_data(tool: Tool, arguments: Mapping[str, Any], receiver: FileReceiver, renderer: Renderer) -> list[Any]:
    """Return a value for each input, or raise `InputError`.

    Missing arguments have the values of a fresh page.
    """
    parameters = tool.arguments()
    names = [parameter.name for parameter in parameters if not parameter.component.stays]
    for name in arguments:
        if name not in names:
            raise InputError(f"{tool.name} takes no {name!r:.60}. {_name_hint(name, names)}", field=name)
    missing = [
        a.name
        for a in parameters
        if a.name in names and a.name not in arguments and not a.is_optional and not a.has_default
    ]
    if missing:
        raise InputError(f"{tool.name} needs {', '.join(missing)}.", field=missing[0])
    return [_value(parameter, arguments, receiver, renderer) for parameter in parameters]


def _value(parameter: Argument, arguments: Mapping[str, Any], receiver: FileReceiver, renderer: Renderer) -> Any:
    component, name = parameter.component, parameter.name
    if component.stays:
        return None
    if name not in arguments:
        return receiver.files.publish(renderer.initial_value(component), None) if parameter.has_default else None
    if not component.takes_files:
        return arguments[name]
    return _with_files(arguments[name], component.schema(), lambda text: receiver.receive(text, name))


def _with_files(value: Any, schema: Schema, receive: Callable[[str], Any]) -> Any:
    """Replace text by `FileData` where the schema has files."""
    if schema.get("title") == "FileData":
        return receive(value) if isinstance(value, str) else value
    if isinstance(value, list):
        return [_with_files(item, schema.get("items", {}), receive) for item in value]
    if isinstance(value, dict) and "properties" in schema:
        parts = schema["properties"]
        return {key: _with_files(item, parts.get(key, {}), receive) for key, item in value.items()}
    for option in schema.get("anyOf", ()):
        value = _with_files(value, option, receive)
    return value


def _decode_body(body: str, is_base64: bool) -> bytes | None:
    """Return the bytes of a data: URI, or None if invalid."""
    if not is_base64:
        return unquote_to_bytes(body)
    text = "".join(unquote(body).split()).translate(str.maketrans("-_", "+/")).rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _file_name(mime: str | None, attributes: list[str]) -> str:
    """Return the name in a data: URI, or one for its type."""
    names = [unquote(part[5:]) for part in attributes if part.lower().startswith("name=")]
    suffix = SUFFIXES.get(mime or "") or mimetypes.guess_extension(mime or "") or ""
    return (names or [f"file{suffix}"])[0]


def _name_hint(name: str, names: list[str]) -> str:
    return did_you_mean(name, names) if names else "It takes nothing."
