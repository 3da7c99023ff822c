"""Uploads to and downloads from a remote app."""

import json
import mimetypes
import shutil
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from minidemo.content import temporary
from minidemo.content.media import OCTETS, plain_name
from minidemo.errors import InputError
from minidemo.i18n import Text
from minidemo.remote.link import InvalidResponse, Link

FILE_META = {"_type": "gradio.FileData"}
MAX_FILES = 1_000
"""Limit of the files in one result."""
MAX_TOTAL = 10
"""Limit of a result's files together, as a multiple of one's limit."""


def is_file(value: Any) -> bool:
    """Tell whether a JSON value names a file."""
    return isinstance(value, dict) and isinstance(value.get("path"), str)


class Files:
    """The files of one call; downloads last until the next result."""

    def __init__(self, link: Link, prefix: str, *, max_size: int | None) -> None:
        self._link = link
        self._prefix = prefix
        self._max_size = max_size
        self._folder: Path | None = None
        self._previous: dict[str, Path] = {}
        self._current: dict[str, Path] = {}
        self._count = self._bytes = 0

    def send(self, path: str | Path) -> dict[str, Any]:
        """Upload a file and return its `FileData`, or raise `InputError`."""
        path = Path(path)
        size, name = path.stat().st_size, plain_name(path.name)
        if self._max_size is not None and size > self._max_size:
            raise InputError(Text("too_large", size=_megabytes(size), limit=_megabytes(self._max_size)))
        kind = mimetypes.guess_type(name)[0] or OCTETS
        remote_path = self._upload(path, name, kind)
        return {"path": remote_path, "orig_name": name, "size": size, "mime_type": kind, "meta": FILE_META}

    def fetch(self, file: Any) -> str:
        """Download a file and return its path, or raise `InvalidResponse`."""
        remote_path = file["path"] if is_file(file) else None
        if remote_path is None:
            raise InvalidResponse(f"it sent {file!r:.60} where a file should be")
        if "://" in remote_path or remote_path.startswith(("//", "\\")):
            raise InvalidResponse(f"it sent the file {remote_path!r:.100}, which lies on another host")
        if remote_path not in self._current:
            self._current[remote_path] = self._previous.get(remote_path) or self._download(
                remote_path, file.get("orig_name")
            )
        return str(self._current[remote_path])

    def next_result(self) -> None:
        """Delete the downloads of the previous result, except shared ones."""
        for remote_path in self._previous.keys() - self._current.keys():
            shutil.rmtree(self._previous[remote_path].parent, ignore_errors=True)
        self._previous, self._current = self._current, {}
        self._count = self._bytes = 0

    def close(self) -> None:
        """Delete all downloads."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _upload(self, path: Path, name: str, kind: str) -> str:
        with path.open("rb") as file:
            form = {"files": (name, file, kind)}
            with self._link.open("POST", f"{self._prefix}/upload", files=form) as response:
                remote_paths = response.json()
        if not isinstance(remote_paths, list) or len(remote_paths) != 1 or not isinstance(remote_paths[0], str):
            raise InvalidResponse(f"it answered an upload by {json.dumps(remote_paths)[:60]}")
        return remote_paths[0]

    def _download(self, remote_path: str, name: Any) -> Path:
        self._count += 1
        if self._count > MAX_FILES:
            raise InvalidResponse(f"it sent more than {MAX_FILES:,} files at once")
        if self._folder is None:
            self._folder = temporary.new_folder()
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        path = folder / plain_name(name if isinstance(name, str) and name else remote_path)
        address = quote(remote_path).replace("..", "%2E%2E")  # which would leave file=
        with self._link.open("GET", f"{self._prefix}/file={address}") as response, path.open("wb") as file:
            for chunk in response.chunks():
                file.write(chunk)
                self._bytes += len(chunk)
                if self._bytes > MAX_TOTAL * self._link.limit:
                    raise InvalidResponse(f"its files take more than {MAX_TOTAL} times of what max_file_size allows")
        return path


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.3g} MB"
