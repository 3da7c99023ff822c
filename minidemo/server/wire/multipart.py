"""Multipart: reads the parts of a form as they come, whatever their size, and refuses what no client sends."""

import re
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from dataclasses import dataclass

from minidemo.errors import InputError

FORM = "multipart/form-data"
MAX_HEAD = 16 * 2**10
"""How many bytes the head of a part may have, and what stands before the first part and after the last."""
_BOUNDARY = re.compile(r"""; *boundary=(?:"([A-Za-z0-9'()+_,./:=? -]{1,70})"|([A-Za-z0-9'()+_./:=?-]{1,70}))(?:;|$)""")
_PARAMETER = re.compile(r'; *(name|filename)=(?:"((?:[^"\\]|\\.)*)"|([^;"\s]*))', re.IGNORECASE)
_END = b"\r\n\r\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """How a part begins: the name of its field, and if it is a file, the name of this and its type.

    A name in `filename*` does not count, as RFC 7578 has it, and of several the first does.
    """

    field: str
    file: str | None
    mime: str | None


async def parts(chunks: AsyncIterable[bytes], content_type: str, *, most: int) -> AsyncIterator[Part | bytes]:
    """Yield each part, and then its bytes in pieces; raise `InputError` for what is broken, or for more than `most`."""
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise _broken("its type names no boundary")
    reader = _Reader((found[1] or found[2]).encode(), most)
    async for chunk in chunks:
        for piece in reader.read(chunk):
            yield piece
    if not reader.over:
        raise _broken("it has no end")


class _Reader:
    """Takes a form apart; it keeps no more bytes than came at once, and than a head may have."""

    def __init__(self, boundary: bytes, most: int) -> None:
        self._line = b"\r\n--" + boundary
        self._waiting = bytearray(b"\r\n")  # as if there were a line before the first one
        self._left = most
        self._inside = False
        self.over = False

    def read(self, chunk: bytes) -> Iterator[Part | bytes]:
        """Take a piece of the form, and yield what it completes."""
        self._waiting += chunk
        while not self.over and (line := self._find()) >= 0:
            if self._inside and line:
                yield bytes(self._waiting[:line])
            del self._waiting[:line]
            self._inside = False
            begin = len(self._line)
            self.over = self._waiting.startswith(b"--", begin)
            end = self._waiting.find(_END, begin)
            if self.over or end < 0:
                break
            yield self._begin(bytes(self._waiting[begin:end]))
            del self._waiting[: end + len(_END)]
        if self._inside:
            yield from self._data()
        elif len(self._waiting) > MAX_HEAD:
            raise _broken("too much stands outside of its parts")

    def _find(self) -> int:
        """Return where a line between two parts stands, all of it, or -1; what only begins like one is data."""
        at = self._waiting.find(self._line)
        while at >= 0 and not self._waiting.startswith((b"\r\n", b"--"), at + len(self._line)):
            at = self._waiting.find(self._line, at + 1)
        return at

    def _data(self) -> Iterator[bytes]:
        """Yield the data of which no byte can belong to a line."""
        ready = len(self._waiting) - len(self._line) - 1
        if ready > 0:
            yield bytes(self._waiting[:ready])
            del self._waiting[:ready]

    def _begin(self, head: bytes) -> Part:
        self._left -= 1
        if self._left < 0:
            raise _broken("it has too many parts")
        if len(head) > MAX_HEAD:
            raise _broken("the head of a part is too long")
        self._inside = True
        return _part(head.decode("utf-8", "replace"))


def _part(head: str) -> Part:
    """Return what the head of a part says."""
    lines = [line.partition(":") for line in head.split("\r\n") if line]
    said = {name.strip().lower(): value.strip() for name, _, value in reversed(lines)}
    found = list(_PARAMETER.finditer(said.get("content-disposition", "")))
    names = {each[1].lower(): each[2] if each[2] is not None else each[3] for each in reversed(found)}
    if "name" not in names:
        raise _broken("a part has no name")
    file = names.get("filename")
    mime = said.get("content-type", "").partition(";")[0].strip().lower()
    return Part(field=names["name"], file=None if file is None else file.replace("%22", '"'), mime=mime or None)


def _broken(fault: str) -> InputError:
    return InputError(f"The form is not what {FORM} should be: {fault}.")
