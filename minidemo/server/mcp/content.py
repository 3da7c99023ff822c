"""Content: what a function gave, as agents read it: text, JSON, pictures, sounds, and the addresses of files."""

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
from minidemo.stores.files import FileStore
from minidemo.stores.owner import Owner

PICTURES = ("image/png", "image/jpeg", "image/webp", "image/gif")
"""What models see."""
MAX_WHOLE = 8 * 2**20
MAX_STREAMED = 640 * 2**10
"""How many bytes of pictures and sounds an answer holds: clients read at most a megabyte of base64 from a stream."""
MAX_MESSAGES = 20


@dataclass(slots=True)
class Showing:
    """Makes content of what is on the server; `room` is left for pictures and sounds."""

    files: FileStore
    owner: Owner
    address: str
    room: int = MAX_WHOLE

    def of_run(self, endpoint: Endpoint, outputs: Sequence[Held]) -> list[dict[str, Any]]:
        """Return the content for the results of a function; encoding pictures may take a while."""
        pairs = zip(endpoint.outputs, outputs, strict=True)
        return [item for output, value in pairs if not output.stays for item in self._of_value(value)]

    def _of_value(self, value: Held) -> Iterator[dict[str, Any]]:
        if isinstance(value, Media):
            yield from self._inline(value)
            yield text(f"{_kind(value)} URL: {self._published(value)['url']}")
            return
        wire = map_tree(value, Media, self._published)
        yield text(wire if isinstance(wire, str) else responses.encode(wire).decode())
        for media in files_of(value):
            yield from self._inline(media)

    def _inline(self, media: Media) -> Iterator[dict[str, Any]]:
        """Yield the bytes of a picture or a sound, if there is room for them."""
        kind = _kind(media).lower()
        if kind not in ("image", "audio"):
            return
        shown = next((each for each in _renditions(media) if self._fits(each)), None)
        if shown is not None:
            data = shown.read()
            self.room -= len(data)
            yield {"type": kind, "data": base64.b64encode(data).decode(), "mimeType": shown.mime}

    def _fits(self, media: Media) -> bool:
        return (media.nbytes or len(media.read())) <= self.room

    def _published(self, media: Media) -> dict[str, Any]:
        """Return the object that names a file, with its whole address."""
        file: dict[str, Any] = self.files.publish(media, self.owner)
        return file | {"url": f"{self.address}{quote(file['url'])}"}


def text(words: str) -> dict[str, str]:
    """Return a text as content."""
    return {"type": "text", "text": words}


def of_messages(messages: Sequence[Message]) -> list[dict[str, str]]:
    """Return what a function said while it ran."""
    return [text(f"{translate(message.title)}: {message.text}") for message in messages[-MAX_MESSAGES:]]


def _kind(media: Media) -> str:
    """Return what to call a file."""
    return {"audio": "Audio", "video": "Video", "image": "Image"}.get(media.mime.partition("/")[0], "File")


def _renditions(media: Media) -> Iterator[Media]:
    """Yield what may stand for a file: the sound, or the picture as a page shows it, and then a smaller one."""
    if media.mime.startswith("audio/"):
        yield media
        return
    from minidemo.components import _pictures  # noqa: PLC0415  # few demos need it

    with suppress(MinidemoError):  # what is no picture, whatever its name says, would be no good to a model
        for each in (media.preview, media):
            if each is not None and each.mime in PICTURES:
                _pictures.check(each, "The file")
                yield each
        yield _pictures.light_copy(media)
