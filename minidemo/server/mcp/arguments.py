"""Arguments: what an agent hands over, as the page would send it; files are kept, and none is fetched."""

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
"""The endings that Python does not know of, or not on every machine."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Intake:
    """Takes the files of a caller, each of at most `limit` bytes; `address` is that of the page."""

    files: BaseFileStore
    owner: Owner
    limit: int
    address: str

    def take(self, text: str, name: str) -> dict[str, Any]:
        """Return the object that names a file in the data of a call, or raise `InputError`."""
        if text[:5].lower() == "data:":
            return self._keep(text[5:], name)
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

    def _keep(self, uri: str, name: str) -> dict[str, Any]:
        """Keep the file in a data: URI."""
        head, comma, body = uri.partition(",")
        mime, *said = [part.strip() for part in head.split(";")]
        data = _decoded(body, "base64" in map(str.lower, said)) if comma else None
        if data is None:
            raise InputError(f"{name} is a data: URI that cannot be read. Is it whole, and in base64?", field=name)
        if len(data) > self.limit:
            raise TooLarge(f"{name} is over {requests.size_text(self.limit)}, which is the limit.", field=name)
        with self.files.open_upload() as file:
            file.write(data)
        kind = mime.lower() or None
        kept = self.files.upload(Path(file.name), name=_name(kind, said), mime=kind, owner=self.owner)
        return kept.model_dump(by_alias=True)


def data_of(tool: Tool, given: Mapping[str, Any], intake: Intake, renderer: Renderer) -> list[Any]:
    """Return a value for each input, or raise `InputError`; what is left out is as on a fresh page."""
    arguments = tool.arguments()
    known = [argument.name for argument in arguments if not argument.component.stays]
    for word in given:
        if word not in known:
            raise InputError(f"{tool.name} takes no {word!r:.60}. {_known(word, known)}", field=word)
    missing = [a.name for a in arguments if a.name in known and a.name not in given and not a.free and not a.filled]
    if missing:
        raise InputError(f"{tool.name} needs {', '.join(missing)}.", field=missing[0])
    return [_value(argument, given, intake, renderer) for argument in arguments]


def _value(argument: Argument, given: Mapping[str, Any], intake: Intake, renderer: Renderer) -> Any:
    component, name = argument.component, argument.name
    if component.stays:
        return None
    if name not in given:
        return intake.files.publish(renderer.initial_value(component), None) if argument.filled else None
    if not component.takes_files:
        return given[name]
    return _with_files(given[name], component.schema(), lambda text: intake.take(text, name))


def _with_files(value: Any, schema: Schema, take: Callable[[str], Any]) -> Any:
    """Put the objects that name files in the place of texts, where the schema has files."""
    if schema.get("title") == "FileData":
        return take(value) if isinstance(value, str) else value
    if isinstance(value, list):
        return [_with_files(item, schema.get("items", {}), take) for item in value]
    if isinstance(value, dict) and "properties" in schema:
        parts = schema["properties"]
        return {key: _with_files(item, parts.get(key, {}), take) for key, item in value.items()}
    for option in schema.get("anyOf", ()):
        value = _with_files(value, option, take)
    return value


def _decoded(body: str, base: bool) -> bytes | None:
    """Return the bytes of a data: URI, or None for what is none."""
    if not base:
        return unquote_to_bytes(body)
    text = "".join(unquote(body).split()).translate(str.maketrans("-_", "+/")).rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _name(mime: str | None, said: list[str]) -> str:
    """Return the name that a data: URI says, or one for its type."""
    names = [unquote(part[5:]) for part in said if part.lower().startswith("name=")]
    suffix = SUFFIXES.get(mime or "") or mimetypes.guess_extension(mime or "") or ""
    return (names or [f"file{suffix}"])[0]


def _known(word: str, known: list[str]) -> str:
    return did_you_mean(word, known) if known else "It takes nothing."
