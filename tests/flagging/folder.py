"""A folder of flags, as its reader finds it."""

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import PIL.Image

from minidemo import CSVLogger, Image
from minidemo.components.base import Component
from minidemo.content.media import Media
from tests.components.pictures import gradient

FOLDER = Path("flagged")
LOG = FOLDER / "logs.csv"


class Pile(Component):
    """Any number of files in one cell."""

    def flag(self, value: Any) -> list[Media] | None:
        """Store them all."""
        return None if value is None else list(value)


def logger(*components: Component, folder: Path = FOLDER) -> CSVLogger:
    """Return a logger that stores a value of each component."""
    backend = CSVLogger()
    backend.setup(components, folder)
    return backend


def table(log: Path = LOG) -> list[list[str]]:
    """Return the records of a log, as a strict reader sees them."""
    with log.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def rows(log: Path = LOG) -> list[list[str]]:
    """Return the records below the header."""
    return table(log)[1:]


def tree(folder: Path = FOLDER) -> list[str]:
    """Return every file below a folder, but for the ledger."""
    files = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return sorted(name for name in files if not name.startswith(".minidemo/"))


def picture(name: str, folder: Path = FOLDER) -> PIL.Image.Image:
    """Return a stored picture."""
    with PIL.Image.open(folder / name) as image:
        image.load()
        return image.copy()


@contextmanager
def database(folder: Path = FOLDER) -> Iterator[sqlite3.Connection]:
    """Open the database of a folder, as another program may."""
    with closing(sqlite3.connect(folder / ".minidemo" / "flags.db", isolation_level=None)) as db:
        yield db


def gradient_of(side: int = 1) -> Media:
    """Return a square picture as an output holds it."""
    media = Image().postprocess(gradient(side, side))
    assert isinstance(media, Media)
    return media
