"""What the components that take files of any kind have in common."""

import os
import re
from collections.abc import Sequence
from functools import reduce
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeAlias, Unpack

from minidemo.components import _kinds, _schema
from minidemo.components._schema import FILE, Schema
from minidemo.components.base import Cell, Component, Held, Options
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, InputError, OutputError, did_you_mean
from minidemo.i18n import Word

Count: TypeAlias = Literal["single", "multiple", "directory"]
Type: TypeAlias = Literal["filepath", "binary", "file", "bytes"]
COUNTS = ("single", "multiple", "directory")
TYPES = {"filepath": "filepath", "binary": "binary", "file": "filepath", "bytes": "binary"}
"""What the function may get; the last two are older names of the first two."""
WORDS = {
    "image": Word("kind_image"),
    "audio": Word("kind_audio"),
    "video": Word("kind_video"),
    "text": Word("kind_text"),
}


class FilePath(str):
    """A path that also says it as `name`, as an open file does."""

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
    """Takes one file or several; `file_types` says which."""

    takes_files: ClassVar = True
    visitor_writes = False

    def __init__(
        self,
        value: object = None,
        *,
        file_count: Count = "single",
        file_types: Sequence[str] | str | None = None,
        type: Type = "filepath",
        **options: Unpack[Options],
    ) -> None:
        super().__init__(value, **options)
        self.file_count = self._known("file_count", file_count, COUNTS)
        self.type = TYPES[self._known("type", type, TYPES)]
        self.file_types = self._types([file_types] if isinstance(file_types, str) else file_types)

    @property
    def several(self) -> bool:
        """Whether the value is a list."""
        return self.file_count != "single"

    @property
    def endings(self) -> list[str]:
        """The endings that a name may have; none for any."""
        words = self.file_types or []
        return [] if "file" in words else sorted({ending for word in words for ending in _kinds.endings(word)})

    @property
    def allowed(self) -> str:
        """The `file_types` as one would say them, or nothing where any will do."""
        words = [WORDS.get(word, word) for word in self.file_types or []] if self.endings else []
        *others, last = words or [""]
        return Word("or_other", first=reduce(_one_more, others), last=last) if others else last

    @property
    def accept(self) -> str:
        """The `file_types` as a file dialog wants them."""
        broad = [word for word in self.file_types or [] if word in ("image", "audio", "video")] if self.endings else []
        own = {ending for word in self.file_types or [] if word not in broad for ending in _kinds.endings(word)}
        return ",".join([*(f"{word}/*" for word in broad), *sorted(own)] if self.endings else [])

    def schema(self) -> Schema:
        """Return that of a file, or of a list of files."""
        return _schema.listing(FILE) if self.several else FILE

    def example(self) -> Held:
        """Return a small file of the right kind."""
        word = self.endings[0] if self.endings else ".txt"
        file = Media.of_bytes(_kinds.sample(word), f"example{word}")
        return [file] if self.several else file

    def preprocess(self, value: Held) -> Any:
        """Check the kind of each file, and hand on paths, or what is in the files."""
        if value is None:
            return None
        if not self.several:
            return self._handed(self._checked(value))
        if not isinstance(value, list):
            raise InputError(f"{self.title} must be a list of files.")
        return [self._handed(file) for file in map(self._checked, value)]

    def check_example(self, value: Held) -> None:
        """Check the kind of each file, and copy none."""
        for file in value if self.several else [value]:
            self._checked(file)

    def postprocess(self, value: Any) -> Held:
        """Show the file at a path, or the files at the paths in a list."""
        if value is None:
            return None
        if isinstance(value, list | tuple):
            return [self._shown(item) for item in value]
        return [self._shown(value)] if self.several else self._shown(value)

    def flag(self, value: Held) -> Cell:
        """Store the files as they are, under numbers with their endings; the record of the flag keeps their names."""
        cell: Cell = value
        return cell

    def read_from_flag(self, cell: Cell) -> Held:
        """Return the stored files."""
        if isinstance(cell, Media | list):
            return cell
        return [] if cell == "[]" else None

    def _checked(self, value: object) -> Media:
        if not isinstance(value, Media):
            raise InputError(
                f"{self.title} must be {'files that were' if self.several else 'a file that was'} uploaded."
            )
        if self.endings and not any(value.name.lower().endswith(ending) for ending in self.endings):
            raise InputError(f"{self.title} takes {self.allowed} only, and {value.name} is of another type.")
        if self.endings and not _kinds.is_what_it_says(value):
            raise InputError(f"{self.title} got {value.name}, but its content is not that of a {value.suffix} file.")
        return value

    def _handed(self, media: Media) -> Any:
        return FileBytes.of(media) if self.type == "binary" else FilePath(media.give_away())

    def _shown(self, value: Any) -> Media:
        if isinstance(value, Media):
            return value
        if isinstance(value, bytes | bytearray):
            return Media.of_bytes(bytes(value), str(getattr(value, "name", FileBytes.name)))
        if isinstance(value, str) and re.match(r"[A-Za-z][\w+.-]+://", value):
            raise OutputError(
                f"{self.title} shows files of this server, but got the URL {value!r:.60}. Download it first."
            )
        if isinstance(value, str | os.PathLike):
            return Media.of_path(Path(value))
        expected = "a path, bytes, or a list of these"
        raise OutputError(f"{self.title} shows {expected}, but got {type(value).__name__} {value!r:.60}.")

    def _types(self, words: Sequence[str] | None) -> list[str] | None:
        known = ("file", *_kinds.CATEGORIES)
        for word in words or ():
            if not isinstance(word, str) or not (word in known or re.fullmatch(r"\.[^\s/]+", word)):
                near = did_you_mean(str(word), [*known, *([f".{word}"] if str(word).isalnum() else [])])
                name = type(self).__name__
                raise ConfigurationError(
                    f"{name} got file_types={words!r}, but {word!r} is neither a category nor an ending. {near}"
                )
        return None if words is None else [word.lower() for word in words]

    def _known(self, argument: str, value: str, known: Sequence[str] | dict[str, str]) -> str:
        if value not in known:
            raise ConfigurationError(
                f"{type(self).__name__} got {argument}={value!r}. {did_you_mean(str(value), known)}"
            )
        return value


def _one_more(first: str, last: str) -> str:
    return Word("one_more", first=first, last=last)
