"""minidemo's CSVLogger."""

import codecs
import mimetypes
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import PIL.Image

from minidemo.components.base import Component
from minidemo.components.image import Image
from minidemo.components.number import Number
from minidemo.components.textbox import Textbox
from minidemo.content.media import Media
from minidemo.flagging.backends.csv_logger import CSVLogger
from minidemo.flagging.base import FlagRecord

PIL.Image.preinit()  # before workers are forked: what is loaded later is loaded by each
mimetypes.init()
sqlite3.connect(":memory:").close()
for encoding in ("unicode_escape", "idna", "latin-1", "utf-8-sig", "utf-16"):
    codecs.lookup(encoding)


class File(Component):
    """Any file, or a list of texts that become files."""

    def flag(self, value: Any) -> Any:
        """Hand on what is stored."""
        return value


KINDS: dict[str, type[Component]] = {"text": Textbox, "number": Number, "image": Image, "file": File, "files": File}


class Store:
    """A CSVLogger in a folder."""

    def __init__(self, columns: Sequence[Sequence[str]], folder: Path, options: Mapping[str, Any]) -> None:
        self.components = [KINDS[kind](label=label) for kind, label in columns]
        self.kinds = [kind for kind, _ in columns]
        self.source = options.get("source")
        self.logger = CSVLogger(**{name: value for name, value in options.items() if name != "source"})
        self.logger.setup(self.components, folder)

    def flag(self, values: Sequence[Any], option: str | None = None, username: str | None = None) -> int:
        """Store a flag as an endpoint would."""
        held = [self._held(i, value) for i, value in enumerate(values)]
        if self.source is None:
            return self.logger.flag(held, option, username)
        record = FlagRecord(inputs=tuple(held), option=option, username=username, source=self.source)
        return self.logger.flag_record(record)

    def _held(self, i: int, value: Any) -> Any:
        if self.kinds[i] == "file":
            path, name = value
            return Media.of_path(Path(path), name)
        if self.kinds[i] == "files":
            return [Media.of_bytes(text.encode(), "note.txt") for text in value]
        return self.components[i].postprocess(value) if self.kinds[i] == "image" else value
