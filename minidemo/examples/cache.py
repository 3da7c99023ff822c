"""The cache of outputs: a directory for any number of processes."""

import hashlib
import json
import logging
import os
import re
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import Any, TypeAlias

from minidemo.components.base import Held
from minidemo.content.media import Media
from minidemo.examples import serialize

FORMAT = 1
Outputs: TypeAlias = tuple[Held, ...]
ENTRY = "entry.json"
MAX_UNUSED_SECONDS = 30 * 24 * 3600.0
"""Seconds until an unused entry is deleted."""
_ENTRY = re.compile(r"\.?[0-9a-f]{40}(\.[0-9a-f]{8})?")
_FILE = re.compile(r"\d+(\.[a-z0-9]{1,12})?")
_DAMAGE_ERRORS = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)
logger = logging.getLogger("minidemo")


class Cache:
    """Stores outputs by key.

    An entry is written to a temporary name and renamed, so that no entry is incomplete.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, key: str) -> Outputs | None:
        """Return the outputs of a key; None if missing or damaged."""
        place = self.folder / key
        try:
            outputs = _read(place, key)
            os.utime(place)
        except FileNotFoundError:
            return None
        except _DAMAGE_ERRORS as error:
            logger.warning("%s is damaged, and is made anew: %s.", place, error)
            return None
        return outputs

    def write(self, key: str, outputs: Outputs) -> Outputs:
        """Store outputs, and return them with their stored files.

        If that fails, the outputs are returned unchanged.
        """
        temporary = self.folder / f".{key}.{token_hex(4)}"
        try:
            temporary.mkdir(parents=True)
            _write(temporary, key, outputs)
            self._move(temporary, key)
            self._remove_unused()
        except _DAMAGE_ERRORS as error:
            logger.warning("The outputs of an example cannot be kept in %s: %s.", self.folder, error)
            return outputs
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        cached = self.read(key)
        return outputs if cached is None else cached

    def _move(self, temporary: Path, key: str) -> None:
        """Rename an entry to its key.

        A valid entry that another process has written meanwhile is kept.
        """
        place = self.folder / key
        if os.path.lexists(place) and self.read(key) is None:
            damaged = self.folder / f".{key}.{token_hex(4)}"
            place.rename(damaged)
            _remove(damaged)
        with suppress(OSError):
            temporary.rename(place)

    def _remove_unused(self) -> None:
        """Remove unused entries, such as those of older functions."""
        for entry in self.folder.iterdir():
            if _ENTRY.fullmatch(entry.name) and time.time() - entry.lstat().st_mtime > MAX_UNUSED_SECONDS:
                _remove(entry)


def _remove(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry)
    else:
        entry.unlink()


def _write(place: Path, key: str, outputs: Outputs) -> None:
    digests: dict[str, str] = {}

    def keep(media: Media) -> str:
        suffix = media.suffix if _FILE.fullmatch(f"0{media.suffix}") else ""
        name = f"{len(digests)}{suffix}"
        if media.path is None:
            (place / name).write_bytes(media.read())
        else:
            shutil.copyfile(media.path, place / name)
        digests[name] = _digest(place / name)
        return name

    entry = {"format": FORMAT, "key": key, "outputs": serialize.dump(outputs, keep), "files": digests}
    text = json.dumps(entry)
    (place / ENTRY).write_text(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}", "ascii")


def _read(place: Path, key: str) -> Outputs:
    if place.is_symlink():
        raise ValueError("it is a link")
    digest, _, text = (place / ENTRY).read_text("ascii").partition("\n")
    if digest != hashlib.sha256(text.encode()).hexdigest():
        raise ValueError("it is not what was written")
    entry = json.loads(text)
    if (entry["format"], entry["key"]) != (FORMAT, key):
        raise ValueError("it is another's")

    def find(name: str, more: Mapping[str, Any]) -> Media:
        path = place / name
        if not _FILE.fullmatch(name) or path.is_symlink() or _digest(path) != entry["files"][name]:
            raise ValueError(f"{name} is not what was written")
        return Media.of_path(path, str(more["name"]), mime=str(more["mime"]))

    return tuple(serialize.load(entry["outputs"], find))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
