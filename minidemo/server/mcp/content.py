"""Converts outputs to MCP content: text, pictures, sounds and file URLs."""

import base64
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from minidemo.components.base import Held
from minidemo.content.media import Media, files_of
from minidemo.content.tree import map_tree
from minidemo.context.alerts import Message
from minidemo.endpoints.endpoint import Endpoint
from minidemo.errors import MinidemoError
from minidemo.i18n import translate
from minidemo.server.wire import responses
from minidemo.stores.base import BaseFileStore
from minidemo.stores.owner import Owner

PICTURES = ("image/png", "image/jpeg", "image/webp", "image/gif")
"""MIME types that models accept."""
MAX_WHOLE = 8 * 2**20
MAX_STREAMED = 640 * 2**10
"""Bytes of media in a stream, below a megabyte in base64."""
MAX_MESSAGES = 20


@dataclass(slots=True)
class ContentWriter:
    """Writes outputs as content, with at most `budget` bytes of media."""

    files: BaseFileStore
    owner: Owner
    address: str
    budget: int = MAX_WHOLE

    def run_content(self, endpoint: Endpoint, outputs: Sequence[Held]) -> list[dict[str, Any]]:
        """Return the content of a run's outputs; slow if it encodes pictures."""
        pairs = zip(endpoint.outputs, outputs, strict=True)
        return [item for output, value in pairs if not output.stays for item in self._of_value(value)]

    def _of_value(self, value: Held) -> Iterator[dict[str, Any]]:
        if isinstance(value, Media):
            yield from self._inline(value)
            yield text(f"{_kind(value)} URL: {self._file_object(value)['url']}")
            return
        wire = map_tree(value, Media, self._file_object)
        yield text(wire if isinstance(wire, str) else responses.encode(wire).decode())
        for media in files_of(value):
            yield from self._inline(media)

    def _inline(self, media: Media) -> Iterator[dict[str, Any]]:
        """Yield a picture or a sound inline, if the budget allows."""
        kind = _kind(media).lower()
        if kind not in ("image", "audio"):
            return
        rendition = next((each for each in _renditions(media) if self._fits(each)), None)
        if rendition is not None:
            data = rendition.read()
            self.budget -= len(data)
            yield {"type": kind, "data": base64.b64encode(data).decode(), "mimeType": rendition.mime}

    def _fits(self, media: Media) -> bool:
        return (media.nbytes or len(media.read())) <= self.budget

    def _file_object(self, media: Media) -> dict[str, Any]:
        """Return the `FileData` of a file, with an absolute URL."""
        file: dict[str, Any] = self.files.publish(media, self.owner)
        return file | {"url": f"{self.address}{quote(file['url'])}"}


def text(value: str) -> dict[str, str]:
    """Return text as content."""
    return {"type": "text", "text": value}


def message_content(messages: Sequence[Message]) -> list[dict[str, str]]:
    """Return the function's messages as content."""
    return [text(f"{translate(message.title)}: {message.text}") for message in messages[-MAX_MESSAGES:]]


def _kind(media: Media) -> str:
    """Return the kind of a file, for people."""
    return {"audio": "Audio", "video": "Video", "image": "Image"}.get(media.mime.partition("/")[0], "File")


def _renditions(media: Media) -> Iterator[Media]:
    """Yield a sound, or a picture in decreasing sizes."""
    if media.mime.startswith("audio/"):
        yield media
        return
    from minidemo.components import _pictures  # noqa: PLC0415  # few demos need it

    with suppress(MinidemoError):  # the file may not be a picture
        for each in (media.preview, media):
            if each is not None and each.mime in PICTURES:
                _pictures.check(each, "The file")
                yield each
        yield _pictures.light_copy(media)
