"""File: a file of any kind, or several."""

import re
from collections.abc import Sequence
from typing import ClassVar, Unpack

from minidemo.components._files import FileCount, FileType, _Files
from minidemo.components.base import ComponentOptions
from minidemo.errors import ConfigurationError


class File(_Files):
    """One or several files of any kind.

    The function gets paths of copies with the files' names, or bytes; it may return either, addresses, or a list. Equal
    names do not conflict. Of a folder only the names of its files are kept.

    Args:
        value: Path of the initial file, or a list of paths.
        file_count: "single" (the default), "multiple", or "directory" for the files of a folder.
        file_types: Categories ("image", "audio", "video", "text") and suffixes such as ".csv". The server checks
            the name, and the content of kinds with a signature. By default any file.
        type: Type of the argument: "filepath" (the default) or "binary".
        height: Height on the page, in pixels or as CSS; longer lists scroll.
        allow_reordering: Whether the visitor can move files. By default False.
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
