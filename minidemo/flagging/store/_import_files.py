"""The files that an imported log names, searched in its directory only."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from minidemo.content.media import Media, files_of
from minidemo.flagging import _durable

LONGEST = 4096
"""The maximum length of a path."""


class Finder:
    """Finds the files of a directory's log; `missing` lists paths without file."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.missing: list[str] = []

    def find(self, label: str | None, text: str) -> Any:
        """Return a cell's value, with files in place of their paths.

        A file is looked for in the folder of the column, or in any where the column has no label.
        """
        if text[:1] in ("{", "["):
            value = self._replace(label, _json(text))
            return value if any(files_of(value)) else text
        return self._file(label, text) or self._tell(label, text)

    def _replace(self, label: str | None, value: Any) -> Any:
        if isinstance(value, list):
            return [self._replace(label, item) for item in value]
        if isinstance(value, str):
            return self._file(label, value) or self._tell(label, value)
        if not isinstance(value, dict):
            return value
        path = value.get("path")
        if not isinstance(path, str):
            return {key: self._replace(label, item) for key, item in value.items()}
        name, mime = value.get("orig_name"), value.get("mime_type")
        details = name if isinstance(name, str) else None, mime if isinstance(mime, str) else None
        return self._file(label, path, *details) or self._miss(path, value)

    def _file(self, label: str | None, text: str, name: str | None = None, mime: str | None = None) -> Media | None:
        """Return the file at the end of a path from another directory."""
        parts = _parts(text)
        for start in range(len(parts) - 1):
            rest = "/".join(parts[start:])
            if _alike(parts[start], label) and _durable.inside(self._directory, rest):
                path = self._directory / rest
                if path.is_file():
                    return Media.of_path(path, name, mime=mime)
        return None

    def _tell(self, label: str | None, text: str) -> str:
        """Return the text; add what looks like a path to `missing`."""
        parts = _parts(text)
        folders = parts[:-1]
        leads = text[:1] in "/\\" or ".." in folders or any(_alike(part, label) for part in folders)
        if folders and leads and "." in parts[-1][1:]:
            self.missing.append(text)
        return text

    def _miss(self, path: str, value: Any) -> Any:
        self.missing.append(path)
        return value


def fits_cell(value: Any) -> bool:
    """Tell whether a value is text, a file or a file list."""
    items = value if isinstance(value, list) else [value]
    return isinstance(value, str) or all(isinstance(item, Media) for item in items)


def cell(value: Any) -> str | Media | list[Media]:
    """Return the cell of a value; of nested values, their files."""
    return value if isinstance(value, str | Media) else list(files_of(value))


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _parts(text: str) -> Sequence[str]:
    """Return the parts of a possible path."""
    if len(text) > LONGEST or re.search(r"[\0\r\n]", text):
        return []
    return re.split(r"[/\\]", text)


def _alike(folder: str, label: str | None) -> bool:
    """Tell whether a folder name may be a column's, in any version."""
    key = _key(label or "")[:40]
    return not folder.startswith(".") and bool(folder) and (not key or _key(folder)[:40] == key)


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
