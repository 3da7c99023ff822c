"""File: a file of any kind, or several."""

import re
from collections.abc import Sequence
from typing import ClassVar, Unpack

from minidemo.components._files import FileCount, FileType, _Files
from minidemo.components.base import ComponentOptions
from minidemo.errors import ConfigurationError


class File(_Files):
    """A file of any kind; a list of them if `file_count` is "multiple", or "directory" for those of a whole folder.

    The function gets the path of a copy that bears the file's name, with `type="binary"` the bytes; it may return
    either, or a list. Equal names do not get in each other's way, and of a folder only the names of its files are kept.
    `file_types` are categories ("image", "audio", "video", "text") and endings such as ".csv"; the server checks them
    by the name, and where a kind of file begins in a way of its own, by the content. `height` is that of the place on
    the page, in pixels or with a unit; longer lists scroll. With `allow_reordering` the visitor can move the files.
    """

    widget: ClassVar = "file"
    shortcuts: ClassVar = {"files": {"file_count": "multiple"}}

    def __init__(
        self,
        value: object = None,
        *,
        file_count: FileCount = "single",
        file_types: Sequence[str] | str | None = None,
        type: FileType = "filepath",
        height: int | float | str | None = None,
        allow_reordering: bool = False,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, file_count=file_count, file_types=file_types, type=type, **options)
        self.height = _length(height)
        self.allow_reordering = allow_reordering


def _length(height: int | float | str | None) -> str | None:
    """Return a height as the page takes it."""
    text = None if height is None else str(height)
    if text is not None and not re.fullmatch(r"\d+(\.\d+)?(px|r?em|vh)?", text):
        raise ConfigurationError(f"File got height={height!r}; expected pixels, or text such as '12rem' or '40vh'.")
    return text
