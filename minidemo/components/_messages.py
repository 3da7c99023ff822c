"""Conversion of messages between authors' values, the wire and flags."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minidemo.components import _schema
from minidemo.components._schema import Schema
from minidemo.components.base import Cell, Component, Held
from minidemo.content.media import Media

ROLES = ("user", "assistant", "system")
_EXTRAS = ("metadata", "options")


@dataclass
class ChatMessage:
    """A message of a `Chatbot`.

    Args:
        content: Text, a file, a component, or a list of these.
        role: "user", "assistant" (the default) or "system".
        metadata: Details, such as a `title`.
        options: Replies to choose from; without effect.
    """

    content: Any
    role: str = "assistant"
    metadata: dict[str, Any] = field(default_factory=dict)
    options: list[dict[str, Any]] = field(default_factory=list)


def schema() -> Schema:
    """Return the JSON schema of a list of messages."""
    text = {"type": {"const": "text"}, "text": {"type": "string"}}
    file = {"type": {"const": "file"}, "file": _schema.FILE}
    parts = [{"type": "object", "properties": part, "required": list(part)} for part in (text, file)]
    properties = {
        "role": {"enum": list(ROLES), "type": "string"},
        "content": _schema.list_of({"anyOf": parts}),
        "metadata": {"anyOf": [{"type": "object"}, {"type": "null"}]},
        "options": {"anyOf": [_schema.list_of({"type": "object"}), {"type": "null"}]},
    }
    return _schema.list_of({"type": "object", "properties": properties, "required": ["role", "content"]})


def message(role: str, content: Sequence[Held], metadata: Held = None, options: Held = None) -> Held:
    """Return a message as the wire has it."""
    return {"role": role, "content": list(content), "metadata": metadata, "options": options}


def text(words: str) -> Held:
    """Return a text in a message as the wire has it."""
    return {"type": "text", "text": words}


def to_argument(message: Held) -> dict[str, Any]:
    """Return a message for the function.

    Raises `TypeError`, `KeyError` or `ValueError` if it is not a message.
    """
    role, content = message["role"], [_part_argument(part) for part in message["content"]]
    extras = {name: _copy_json(message[name]) for name in _EXTRAS if message.get(name) is not None}
    if role not in ROLES or isinstance(message["content"], str | Mapping):
        raise ValueError(role)
    if not isinstance(extras.get("metadata", {}), Mapping) or not isinstance(extras.get("options", []), list):
        raise TypeError(extras)
    only = content[0]["text"] if len(content) == 1 and content[0]["type"] == "text" else content
    return {"role": role, "content": only} | extras


def _copy_json(extra: Any) -> Any:
    """Return a copy of what JSON can say."""
    return json.loads(json.dumps(extra))


def _part_argument(part: Held) -> dict[str, Any]:
    if part["type"] == "file" and isinstance(part["file"], Media):
        media: Media = part["file"]
        return {"type": "file", "file": {"path": str(media.give_away()), "mime_type": media.mime}}
    if part["type"] != "text" or not isinstance(part["text"], str):
        raise TypeError(part)
    return {"type": "text", "text": part["text"]}


def parse_returned(value: Any) -> Iterator[Held]:
    """Yield the messages of a function's result.

    Raises the errors of `to_argument`.
    """
    for item in value:
        if isinstance(item, tuple | list):
            yield from _pair(*item)
            continue
        fields = item if isinstance(item, Mapping) else vars(item)
        if fields["role"] not in ROLES:
            raise ValueError(fields["role"])
        yield message(fields["role"], _parts(fields["content"]), *(_copy_json(fields.get(name)) for name in _EXTRAS))


def _pair(user: Any, assistant: Any) -> Iterator[Held]:
    for role, content in zip(ROLES, (user, assistant), strict=False):
        if content is not None:
            yield message(role, _parts(content))


def _parts(content: Any) -> list[Held]:
    if isinstance(content, list):
        return [part for item in content for part in _parts(item)]
    if isinstance(content, Mapping):
        return [text(content["text"])] if content.get("type") == "text" else [_file(content.get("file", content))]
    if isinstance(content, Component):
        return _parts(content.initial())
    if isinstance(content, tuple | Path | Media):
        return [_file(content)]
    if not isinstance(content, str | int | float):
        raise TypeError(content)
    return [text(str(content))]


def _file(file: Any) -> Held:
    if isinstance(file, Mapping):
        file = file["path"]
    path = file[0] if isinstance(file, tuple) else file
    return {"type": "file", "file": path if isinstance(path, Media) else Media.of_path(Path(path))}


def cell(messages: Sequence[Held]) -> Cell:
    """Return the messages as JSON, preceded by their files if any.

    The JSON refers to the files by their position.
    """
    files: list[Media] = []
    numbered = [each | {"content": [_number_file(part, files) for part in each["content"]]} for each in messages]
    content = json.dumps(numbered, ensure_ascii=False)
    return [*files, Media.of_bytes(content.encode("utf-8", "surrogatepass"), "messages.json")] if files else content


def read(cell: Cell) -> Held:
    """Return the messages of which `cell` made the cell."""
    if not isinstance(cell, list):
        return json.loads(str(cell))
    messages = json.loads(cell[-1].read().decode("utf-8", "surrogatepass"))
    for each in messages:
        each["content"] = [part | {"file": cell[part["file"]]} if "file" in part else part for part in each["content"]]
    return messages


def _number_file(part: Held, files: list[Media]) -> Held:
    if part["type"] == "text":
        return part
    files.append(part["file"])
    return part | {"file": len(files) - 1}
