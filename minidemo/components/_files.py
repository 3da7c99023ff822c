"""Base class of the components that take files of any kind."""

import os
import re
from collections.abc import Sequence
from functools import reduce
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeAlias, Unpack

from minidemo.components import _addresses, _kinds, _schema
from minidemo.components._schema import FILE, Schema
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, InputError, OutputError, did_you_mean
from minidemo.i18n import Text
from minidemo.utils.sequences import to_list

FileCount: TypeAlias = Literal["single", "multiple", "directory"]
FileType: TypeAlias = Literal["filepath", "binary", "file", "bytes"]
FILE_COUNTS = ("single", "multiple", "directory")
FILE_TYPES = {"filepath": "filepath", "binary": "binary", "file": "filepath", "bytes": "binary"}
"""Types of the function's argument; the last two are older names."""
CATEGORY_NAMES = {
    "image": Text("kind_image"),
    "audio": Text("kind_audio"),
    "video": Text("kind_video"),
    "text": Text("kind_text"),
}


class FilePath(str):
    """A path with its own text as `name`, like an open file."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """The path."""
        return str(self)


class FileBytes(bytes):
    """The content of a file that knows the file's name."""

    name = "file.bin"

    @classmethod
    def of(cls, media: Media) -> "FileBytes":
        """Return the content of a file."""
        content = cls(media.read())
        content.name = media.name
        return content


class _Files(Component):
    """Takes one or several files of the `file_types`."""

    takes_files: ClassVar = True
    visitor_writes = False

    def __init__(
        self,
        value: object = None,
        *,
        file_count: FileCount = "single",
        file_types: Sequence[str] | str | None = None,
        type: FileType = "filepath",
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        self.file_count = self._check_choice("file_count", file_count, FILE_COUNTS)
        self.type = FILE_TYPES[self._check_choice("type", type, FILE_TYPES)]
        self.file_types = self._check_types([file_types] if isinstance(file_types, str) else file_types)

    @property
    def several(self) -> bool:
        """True if the value is a list."""
        return self.file_count != "single"

    @property
    def endings(self) -> list[str]:
        """The endings that a name may have; none for any."""
        words = self.file_types or []
        return [] if "file" in words else sorted({ending for word in words for ending in _kinds.endings(word)})

    @property
    def allowed(self) -> str:
        """The `file_types` as text for visitors, empty if any type is allowed."""
        words = [CATEGORY_NAMES.get(word, word) for word in self.file_types or []] if self.endings else []
        *others, last = words or [""]
        return Text("or_other", first=reduce(_join_names, others), last=last) if others else last

    @property
    def accept(self) -> str:
        """The `file_types` as the attribute `accept` of a file field."""
        broad = [word for word in self.file_types or [] if word in ("image", "audio", "video")] if self.endings else []
        own = {ending for word in self.file_types or [] if word not in broad for ending in _kinds.endings(word)}
        return ",".join([*(f"{word}/*" for word in broad), *sorted(own)] if self.endings else [])

    def schema(self) -> Schema:
        """Return the JSON schema of a file or a list of files."""
        return _schema.list_of(FILE) if self.several else FILE

    def example(self) -> Held:
        """Return a small file of the right kind."""
        word = self.endings[0] if self.endings else ".txt"
        file = Media.of_bytes(_kinds.sample(word), f"example{word}")
        return [file] if self.several else file

    def preprocess(self, value: Held) -> Any:
        """Check the kind of each file, and hand on paths or bytes."""
        if value is None:
            return None
        if not self.several:
            return self._argument(self._check_file(value))
        if not isinstance(value, list):
            raise InputError(f"{self.title} must be a list of files.")
        arguments = {file: self._argument(file) for file in dict.fromkeys(map(self._check_file, value))}
        return [arguments[file] for file in value]

    def check_example(self, value: Held) -> None:
        """Check the kind of each file, and copy none."""
        for file in value if self.several else [value]:
            self._check_file(file)

    def postprocess(self, value: Any) -> Held:
        """Show the file at a path, or the files in a list."""
        if value is None:
            return None
        items = to_list(value)
        if items is not None:
            return [self._display_file(item) for item in items]
        return [self._display_file(value)] if self.several else self._display_file(value)

    def flag(self, value: Held) -> Cell:
        """Store the files unchanged, named by numbers with their suffixes.

        The record of the flag keeps their names.
        """
        cell: Cell = value
        return cell

    def read_from_flag(self, cell: Cell) -> Held:
        """Return the stored files."""
        if isinstance(cell, Media | list):
            return cell
        return [] if cell == "[]" else None

    def _check_file(self, value: object) -> Media:
        if not isinstance(value, Media):
            raise InputError(
                f"{self.title} must be {'files that were' if self.several else 'a file that was'} uploaded."
            )
        if self.endings and not any(value.name[1:].lower().endswith(ending) for ending in self.endings):
            raise InputError(f"{self.title} takes {self.allowed} only, and {value.name} is of another type.")
        if self.endings and not _kinds.matches_suffix(value):
            raise InputError(f"{self.title} got {value.name}, but its content is not that of a {value.suffix} file.")
        return value

    def _argument(self, media: Media) -> Any:
        return FileBytes.of(media) if self.type == "binary" else FilePath(media.give_away())

    def _display_file(self, value: Any) -> Media:
        if isinstance(value, Media):
            return value
        if isinstance(value, bytes | bytearray):
            return Media.of_bytes(bytes(value), str(getattr(value, "name", FileBytes.name)))
        if _addresses.is_address(value):
            return Media.of_url(value)
        if isinstance(value, str) and re.match(r"[A-Za-z][\w+.-]+://", value):
            raise OutputError(f"{self.title} shows files, but got {value!r:.60}. Download it first.")
        if isinstance(value, str | os.PathLike):
            return Media.of_path(Path(value))
        expected = "a path, bytes, or a list of these"
        raise OutputError(f"{self.title} shows {expected}, but got {type(value).__name__} {value!r:.60}.")

    def _check_types(self, words: Sequence[str] | None) -> list[str] | None:
        categories = ("file", *_kinds.CATEGORIES)
        if not isinstance(words, list | tuple | set | None):
            expected = f"expected a list such as ['image', '.pdf'], of {', '.join(categories)} and endings"
            raise ConfigurationError(f"{type(self).__name__} got file_types={words!r:.60}; {expected}.")
        for word in words or ():
            if not isinstance(word, str) or not (word in categories or re.fullmatch(r"\.[^\s/]+", word)):
                near = did_you_mean(str(word), [*categories, *([f".{word}"] if str(word).isalnum() else [])])
                name = type(self).__name__
                raise ConfigurationError(
                    f"{name} got file_types={words!r}, but {word!r} is neither a category nor an ending. {near}"
                )
        return None if words is None else [word.lower() for word in words]

    def _check_choice(self, argument: str, value: str, choices: Sequence[str] | dict[str, str]) -> str:
        if value not in choices:
            raise ConfigurationError(
                f"{type(self).__name__} got {argument}={value!r}. {did_you_mean(str(value), choices)}"
            )
        return value


def _join_names(first: str, last: str) -> str:
    return Text("one_more", first=first, last=last)
