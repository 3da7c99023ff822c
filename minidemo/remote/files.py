"""Files on their way to a remote app, and back."""

import json
import mimetypes
import shutil
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from minidemo.content.media import OCTETS, plain_name
from minidemo.errors import InputError
from minidemo.i18n import Text
from minidemo.remote.link import Garbled, Link

FILE_META = {"_type": "gradio.FileData"}
MAX_FILES = 1_000
"""How many files an answer may bring."""
MAX_TOTAL = 10
"""How many times the limit for one file those of an answer may take."""


def is_file(value: Any) -> bool:
    """Tell whether a value on the wire names a file."""
    return isinstance(value, dict) and isinstance(value.get("path"), str)


class Files:
    """The files of one call: those of an answer are kept until the next one has come, or the call is over."""

    def __init__(self, link: Link, prefix: str, *, most: int | None) -> None:
        self._link = link
        self._prefix = prefix
        self._most = most
        self._folder: Path | None = None
        self._kept: dict[str, Path] = {}
        self._fresh: dict[str, Path] = {}
        self._count = self._bytes = 0

    def send(self, path: str | Path) -> dict[str, Any]:
        """Upload a file, and return the object that names it; raise `InputError` if the app takes none so large."""
        path = Path(path)
        size, name = path.stat().st_size, plain_name(path.name)
        if self._most is not None and size > self._most:
            raise InputError(Text("too_large", size=_megabytes(size), limit=_megabytes(self._most)))
        kind = mimetypes.guess_type(name)[0] or OCTETS
        place = self._upload(path, name, kind)
        return {"path": place, "orig_name": name, "size": size, "mime_type": kind, "meta": FILE_META}

    def fetch(self, file: Any) -> str:
        """Download a file that the app names, and return the path of the copy; raise `Garbled` for what is none."""
        place = file["path"] if is_file(file) else None
        if place is None:
            raise Garbled(f"it sent {file!r:.60} where a file should be")
        if "://" in place or place.startswith(("//", "\\")):
            raise Garbled(f"it sent the file {place!r:.100}, which lies on another host")
        if place not in self._fresh:
            self._fresh[place] = self._kept.get(place) or self._download(place, file.get("orig_name"))
        return str(self._fresh[place])

    def turn(self) -> None:
        """Forget what the answer before this one brought, unless this one has it, too."""
        for place in self._kept.keys() - self._fresh.keys():
            shutil.rmtree(self._kept[place].parent, ignore_errors=True)
        self._kept, self._fresh = self._fresh, {}
        self._count = self._bytes = 0

    def close(self) -> None:
        """Forget all of them."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _upload(self, path: Path, name: str, kind: str) -> str:
        with path.open("rb") as file:
            form = {"files": (name, file, kind)}
            with self._link.open("POST", f"{self._prefix}/upload", files=form) as answer:
                places = answer.json()
        if not isinstance(places, list) or len(places) != 1 or not isinstance(places[0], str):
            raise Garbled(f"it answered an upload by {json.dumps(places)[:60]}")
        return places[0]

    def _download(self, place: str, name: Any) -> Path:
        self._count += 1
        if self._count > MAX_FILES:
            raise Garbled(f"it sent more than {MAX_FILES:,} files at once")
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="minidemo-"))
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        path = folder / plain_name(name if isinstance(name, str) and name else place)
        address = quote(place).replace("..", "%2E%2E")  # which would lead out of file=
        with self._link.open("GET", f"{self._prefix}/file={address}") as answer, path.open("wb") as file:
            for chunk in answer.chunks():
                file.write(chunk)
                self._bytes += len(chunk)
                if self._bytes > MAX_TOTAL * self._link.limit:
                    raise Garbled(f"its files take more than {MAX_TOTAL} times of what max_file_size allows")
        return path


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.3g} MB"
