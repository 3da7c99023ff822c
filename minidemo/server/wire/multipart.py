"""Multipart forms, read as they arrive."""

from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from minidemo.errors import InputError

FORM = "multipart/form-data"
MAX_HEADER_SIZE = 16 * 2**10
"""Limit of one header of a part, in bytes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """The headers of a part: field name, file name and type."""

    field: str
    file: str | None
    mime: str | None


async def parts(chunks: AsyncIterable[bytes], content_type: str, *, max_parts: int) -> AsyncIterator[Part | bytes]:
    """Yield each part, followed by its content in pieces.

    Raises `InputError` for a broken form, and for more than `max_parts` parts.
    """
    try:
        form = _Form(content_type, max_parts)
        async for chunk in chunks:
            form.parser.write(chunk)
            for piece in form.pieces:
                yield piece
            form.pieces.clear()
    except FormParserError as error:
        raise _form_error(str(error)) from None
    if not form.complete:
        raise _form_error("it has no end")


class _Form:
    """Parser that collects the `pieces` of each chunk."""

    def __init__(self, content_type: str, max_parts: int) -> None:
        boundary = parse_options_header(content_type)[1].get(b"boundary")
        if not boundary:
            raise _form_error("its type names no boundary")
        self.pieces: list[Part | bytes] = []
        self.complete = False
        self._remaining = max_parts
        self._headers: dict[bytes, bytes] = {}
        self._name, self._value = bytearray(), bytearray()
        self.parser = MultipartParser(
            boundary,
            {
                "on_header_field": lambda data, start, end: self._name.extend(data[start:end]),
                "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                "on_header_end": self._end_header,
                "on_headers_finished": self._begin_part,
                "on_part_data": lambda data, start, end: self.pieces.append(data[start:end]),
                "on_end": self._end,
            },
            max_header_size=MAX_HEADER_SIZE,
        )

    def _end_header(self) -> None:
        self._headers[bytes(self._name).lower()] = bytes(self._value)
        self._name.clear()
        self._value.clear()

    def _begin_part(self) -> None:
        self._remaining -= 1
        if self._remaining < 0:
            raise _form_error("it has too many parts")
        self.pieces.append(_read_part(self._headers))
        self._headers.clear()

    def _end(self) -> None:
        self.complete = True


def _read_part(headers: dict[bytes, bytes]) -> Part:
    options = parse_options_header(headers.get(b"content-disposition"))[1]
    if b"name" not in options:
        raise _form_error("a part has no name")
    file = options.get(b"filename")
    return Part(
        field=_decode(options[b"name"]),
        file=None if file is None else _decode(file).replace("%22", '"'),  # as browsers write quotes
        mime=_decode(parse_options_header(headers.get(b"content-type"))[0]) or None,
    )


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _form_error(fault: str) -> InputError:
    return InputError(f"The form is not what {FORM} should be: {fault}.")
