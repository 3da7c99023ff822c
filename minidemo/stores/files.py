"""FileStore: uploaded and returned files, each under an id that cannot be guessed."""

import os
import re
import shutil
import tempfile
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, BinaryIO, TypeAlias

from minidemo.components.base import Held
from minidemo.content.media import OCTETS, Media, plain_name
from minidemo.content.tree import map_tree
from minidemo.errors import InputError, NotFound, OutputError
from minidemo.i18n import Text
from minidemo.schemas.files import FileData, FileMeta
from minidemo.stores.disk_usage import Holdings
from minidemo.stores.owner import Owner

MAX_DISK = 4 * 2**30
"""What the files that have an id may take; those of the kept runs may take as much again."""
NAMELESS = "blob"
Place: TypeAlias = Callable[[str], str]
PAGE: Place = "file/{}".format
"""Where the page finds a file."""


@dataclass(slots=True)
class _Entry:
    """A file, last used at a time by the clock.

    Without an owner, it is the page's own, and without a session it is all of its user's page loads'.
    """

    media: Media
    owner: Owner | None
    memory: int
    used: float

    def is_of(self, owner: Owner) -> bool:
        """Tell whether the owner may send this file to the function."""
        return self.may_be_read_by(owner.username) and self._session in (None, owner.session)

    def may_be_read_by(self, username: str | None) -> bool:
        """Tell whether a user may look at this file."""
        return self.owner is None or self.owner.username == username

    @property
    def _session(self) -> str | None:
        return self.owner and self.owner.session


class FileStore:
    """Keeps the latest files; an id is the only way to one. Files that a run still holds outlive their id.

    Args:
        allowed_paths: Folders and files outside the usual ones that functions may return.
        max_files: Number of files to keep.
        max_memory: Bytes of files to keep in memory.
        max_disk: Bytes of files to keep on the disk.
        clock: Returns seconds that never go back.
    """

    def __init__(
        self,
        *,
        allowed_paths: Iterable[Path] = (),
        max_files: int = 10_000,
        max_memory: int = 256 * 2**20,
        max_disk: int = MAX_DISK,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_files = max_files
        self._max_memory = max_memory
        self._max_disk = max_disk
        self._clock = clock
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._memory = 0
        self._held = Holdings()
        self._folder: Path | None = None
        self._lock = threading.Lock()
        self.allow(allowed_paths, but=())

    def allow(self, places: Iterable[Path], *, but: Iterable[Path]) -> None:
        """Let functions return files that lie in these places, but not in those."""
        self._allowed, self._blocked = list(places), list(but)

    def draft(self) -> BinaryIO:
        """Open a new temporary file for an upload."""
        return open(self._temporary(), "wb")  # the caller closes it

    def upload(self, path: Path, *, name: str, mime: str | None, owner: Owner) -> FileData:
        """Keep a file that a visitor sent, for its owner alone."""
        media = Media.of_path(path, plain_name(name), mime=mime, temporary=True)
        media.uploaded = True
        media.preview = _preview_of(media)
        return self._publish(media, owner)

    def get(self, token: str, username: str | None = None) -> Media:
        """Return a file by its id, or raise `NotFound`, also for one of another user."""
        entry = self._entries.get(token)
        if entry is None or not entry.may_be_read_by(username):
            raise NotFound(Text("file_gone"))
        self._use(entry.media)
        return entry.media

    def sweep(self, age: float, *, spared: Callable[[Media], bool]) -> list[Media]:
        """Give up the ids of files that nobody has used for `age` seconds, and return the files.

        The page's own files stay, and those that are to be `spared`.
        """
        latest, gone = self._clock() - age, []
        with self._lock:
            for token, entry in list(self._entries.items()):
                if entry.used > latest:  # and so were all after it
                    break
                if entry.owner is not None and not spared(entry.media):
                    self._drop(self._entries.pop(token))
                    gone.append(entry.media)
        return gone

    def forget(self, media: Media) -> None:
        """Give up the ids of a file and of what belongs to it; who holds the file still has it."""
        with self._lock:
            for each in media.parts:
                entry = self._entries.pop(each.token, None) if each.token else None
                if entry is not None:
                    self._drop(entry)

    def hold(self, value: Any, owner: Owner, field: str | None = None) -> Held:
        """Put the files in the place of the objects that name them; raise `InputError` for one of another owner."""
        return map_tree(value, dict, lambda item: self._hold(item, owner, field))

    def _hold(self, value: dict[str, Any], owner: Owner, field: str | None) -> Held:
        path = value.get("path")
        if path is None:
            return {key: self.hold(item, owner, field) for key, item in value.items()}
        entry = self._entries.get(str(path).partition("/")[0])
        if entry is None or not entry.is_of(owner):
            raise InputError(Text("upload_gone"), field=field)
        self._use(entry.media)
        return entry.media.duplicate() if entry.owner is None else entry.media  # the page's own lives on and on

    def rename(self, path: str, name: str, owner: Owner) -> None:
        """Give a file that its owner has sent without a name, as browsers call a `Blob`, the name that it has."""
        entry = self._entries.get(path.partition("/")[0])
        if entry is not None and entry.is_of(owner) and entry.media.name == NAMELESS:
            media = entry.media
            media.name = plain_name(name)
            media.mime = Media(media.name).mime if media.mime == OCTETS else media.mime

    def publish(self, value: Held, owner: Owner | None, place: Place = PAGE) -> Any:
        """Put objects that name the files in the place of the files; without an owner they are the page's own.

        `place` says where a program finds the file of a path.
        """
        return map_tree(value, Media, lambda media: self._publish(media, owner, place).model_dump(by_alias=True))

    def adopt(self, value: Held, *, typed: Sequence[str] = ()) -> Held:
        """Take a copy of each file that a function returned by its path; raise `OutputError` where it may not be shown.

        `typed` are the texts that the visitor could write: a path that merely echoes one of them is refused.
        """
        return map_tree(value, Media, lambda media: self._adopt(media, typed))

    def _adopt(self, media: Media, typed: Sequence[str]) -> Media:
        if media.subtitles is not None:
            media.subtitles = self._adopt(media.subtitles, typed)
        if media.path is None or media.token is not None or media.uploaded:
            return media
        path = media.path.resolve()
        if any(_same(text, path) for text in typed):
            raise OutputError(f"The function returned the path {media.name!r}, which the visitor typed.")
        if any(path.is_relative_to(place) for place in self._blocked):
            raise OutputError(f"The function returned the file {media.name!r}, which blocked_paths keeps back.")
        if not self._is_allowed(path):
            raise OutputError(
                f"The function returned the file {media.name!r}, which lies outside the working directory and the "
                "temporary directory, or is hidden. Allow its folder: launch(allowed_paths=[…])."
            )
        if not path.is_file():
            raise OutputError(f"The function returned the path {media.name!r}, but there is no such file.")
        copy = self._temporary(suffix=media.suffix)
        shutil.copyfile(path, copy)
        adopted = Media.of_path(copy, media.name, mime=media.mime, temporary=True)
        adopted.subtitles = media.subtitles
        adopted.preview = _preview_of(adopted)
        return media.finish(adopted) if media.finish else adopted

    def _is_allowed(self, path: Path) -> bool:
        if any(path.is_relative_to(place) for place in (*self._allowed, Path(tempfile.gettempdir()).resolve())):
            return True
        here = Path.cwd()
        return path.is_relative_to(here) and not any(part.startswith(".") for part in path.relative_to(here).parts)

    def _publish(self, media: Media, owner: Owner | None, place: Place = PAGE) -> FileData:
        path = self._path(media, owner)
        preview = self._path(media.preview, owner) if media.preview else None
        subtitles = self._path(media.subtitles, owner) if media.subtitles else None
        self._use(media)
        return FileData(
            path=path,
            url=place(path),
            size=media.nbytes,
            orig_name=media.name,
            mime_type=media.mime,
            meta=FileMeta(preview=preview, subtitles=subtitles),
        )

    def _path(self, media: Media, owner: Owner | None) -> str:
        with self._lock:
            if media.token is None or media.token not in self._entries:
                media.token = token_urlsafe(16)
                self._add(media.token, _Entry(media, owner, media.weight, self._clock()))
        return f"{media.token}/{media.name}"

    def _use(self, media: Media) -> None:
        """Note that a file is of use, and with it what goes with it."""
        with self._lock:
            for each in media.parts:
                if each.token is not None and each.token in self._entries:
                    self._entries[each.token].used = self._clock()
                    self._entries.move_to_end(each.token)

    def _add(self, token: str, entry: _Entry) -> None:
        self._entries[token] = entry
        self._memory += entry.memory
        self._held.add([entry.media])
        self._make_room()

    def _make_room(self) -> None:
        while len(self._entries) > 1 and self._is_full():
            self._drop(self._entries.popitem(last=False)[1])

    def _is_full(self) -> bool:
        crowded = len(self._entries) > self._max_files or self._memory > self._max_memory
        return crowded or self._held.disk > self._max_disk

    def _drop(self, entry: _Entry) -> None:
        self._memory -= entry.memory
        self._held.remove([entry.media])

    def _temporary(self, suffix: str = "") -> Path:
        if self._folder is None or not self._folder.is_dir():
            self._folder = Path(tempfile.mkdtemp(prefix="minidemo-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        handle, name = tempfile.mkstemp(
            suffix=suffix if re.fullmatch(r"\.[a-z0-9]{1,12}", suffix) else "", dir=self._folder
        )
        os.close(handle)
        return Path(name)


def _preview_of(media: Media) -> Media | None:
    from minidemo.components._pictures import preview_of  # noqa: PLC0415  # few demos need it

    return preview_of(media)


def _same(text: str, path: Path) -> bool:
    try:
        return bool(text) and Path(text).expanduser().resolve() == path
    except (OSError, RuntimeError, ValueError):
        return False
