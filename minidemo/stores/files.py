"""FileStore: uploaded and returned files, under ids that cannot be guessed."""

import shutil
import threading
import time
import weakref
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, BinaryIO, TypeAlias

from minidemo.components.base import Held
from minidemo.content import temporary
from minidemo.content.media import OCTETS, Media, address_name, files_of, plain_name
from minidemo.content.tree import map_tree
from minidemo.errors import InputError, NotFound, OutputError, StoreFull
from minidemo.i18n import Text
from minidemo.schemas.files import FileData, FileMeta
from minidemo.stores.addresses import AddressPolicy
from minidemo.stores.checked_copy import copy_checked
from minidemo.stores.disk_usage import DiskUsage
from minidemo.stores.downloads import Downloads, refusal
from minidemo.stores.named_files import NamedFiles
from minidemo.stores.owner import Owner
from minidemo.stores.returned_paths import PathPolicy
from minidemo.stores.typed_texts import TypedTexts
from minidemo.utils.client_budget import ClientBudget
from minidemo.utils.lru import LRU

MAX_DISK = 4 * 2**30
"""Bytes of files with an id; runs may hold as much again."""
MAX_VALUE_BYTES = 2**30
"""Bytes of all files that one value names."""
BLOB_NAME = "blob"
"""The file name that browsers give to a `Blob`."""
NO_TEXTS = TypedTexts()
Place: TypeAlias = Callable[[str], str]
PAGE: Place = "file/{}".format
"""URL of a file on the page, by its path."""


@dataclass(slots=True)
class _Entry:
    """A file, its owner, and the clock time of its last use.

    Without an owner it belongs to the page, without a session to all page loads of its user.
    """

    media: Media
    owner: Owner | None
    last_used: float

    def is_owned_by(self, owner: Owner) -> bool:
        """Return True if the owner can send this file to the function."""
        return self.is_readable_by(owner.username) and self._session in (None, owner.session)

    def is_readable_by(self, username: str | None) -> bool:
        """Return True if a user can read this file."""
        return self.owner is None or self.owner.username == username

    @property
    def _session(self) -> str | None:
        return None if self.owner is None else self.owner.session


class FileStore:
    """Stores the latest files, thread-safe, under ids. Files of a stored run outlive their id.

    Args:
        allowed_paths: Folders and files outside the usual ones that functions may return.
        max_files: Number of files to keep.
        max_memory: Bytes of files to keep in memory.
        max_disk: Bytes of files to keep on the disk, including those under way.
        max_value_bytes: Bytes of all files that one value may name.
        downloads: Downloads the files at addresses.
        clock: Returns seconds that never go back.
    """

    def __init__(
        self,
        *,
        allowed_paths: Iterable[Path] = (),
        max_files: int = 10_000,
        max_memory: int = 256 * 2**20,
        max_disk: int = MAX_DISK,
        max_value_bytes: int = MAX_VALUE_BYTES,
        downloads: Downloads | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_disk = max_disk
        self._max_value_bytes = max_value_bytes
        self._max_files, self._max_memory = max_files, max_memory
        self._reserved = ClientBudget(max_disk, per_client=max_disk * 3 // 4)
        self._downloads = downloads or Downloads()
        self._clock = clock
        self._disk = disk = DiskUsage()
        self._entries: LRU[str, _Entry] = LRU(
            max_files, max_weight=max_memory, on_remove=lambda _, entry: disk.remove([entry.media])
        )
        self._folder: Path | None = None
        self._lock = threading.Lock()
        self.allow(allowed_paths, but=())

    def allow(self, places: Iterable[Path], *, but: Iterable[Path]) -> None:
        """Set the paths that functions can and cannot return."""
        self._paths = PathPolicy(places, but)

    def limit_downloads(self, policy: AddressPolicy, *, max_size: int) -> None:
        """Set the addresses that files are downloaded from, and the bytes of one file."""
        self._downloads.limit(policy, max_size=max_size)

    def open_upload(self) -> BinaryIO:
        """Open a temporary file for an upload."""
        return open(self._temporary(), "wb")  # the caller closes it

    def reserve(self, size: int, client: str = "") -> None:
        """Reserve bytes on the disk for a client's files under way, or raise `StoreFull`; a negative size frees them.

        A client can reserve three quarters of them.
        """
        if size <= 0:
            self._reserved.give_back(-size, client)
        elif not self._reserved.take(size, client):
            raise StoreFull
        with self._lock:
            self._make_room()

    def upload(self, path: Path, *, name: str, mime: str | None, owner: Owner) -> FileData:
        """Store an uploaded file for its owner."""
        media = Media.of_path(path, plain_name(name), mime=mime, temporary=True)
        media.uploaded = True
        media.preview = _preview_of(media)
        return self._publish(media, owner)

    def get(self, token: str, username: str | None = None) -> Media:
        """Return a user's file by its id, or raise `NotFound`."""
        entry = self._entries.get(token)
        if entry is None or not entry.is_readable_by(username):
            raise NotFound(Text("file_gone"))
        self._use(entry.media)
        return entry.media

    def sweep(self, age: float, *, keep: Callable[[Media], bool]) -> list[Media]:
        """Drop and return files unused for `age` seconds, except the page's own.

        Files for which `keep` returns True stay.
        """
        latest, removed = self._clock() - age, []
        with self._lock:
            for token, entry in self._entries.items():
                if entry.last_used > latest:  # all later ones are newer
                    break
                if entry.owner is not None and not keep(entry.media):
                    self._entries.pop(token)
                    removed.append(entry.media)
        return removed

    def remove(self, media: Media) -> None:
        """Drop the ids of a file and its parts."""
        with self._lock:
            for each in media.parts:
                if each.token:
                    self._entries.pop(each.token)

    def resolve(self, value: Any, owner: Owner, field: str | None = None) -> Held:
        """Replace file objects by files; raise `InputError` for another owner's file."""
        return self._resolve_all(value, owner, NamedFiles(self._max_value_bytes, field))

    def _resolve_all(self, value: Any, owner: Owner, named: NamedFiles) -> Held:
        return map_tree(value, dict, lambda item: self._resolve(item, owner, named))

    def _resolve(self, value: dict[str, Any], owner: Owner, named: NamedFiles) -> Held:
        path = value.get("path")
        if path is None:
            return {key: self._resolve_all(item, owner, named) for key, item in value.items()}
        token = str(path).partition("/")[0]
        entry = self._entries.get(token)
        if entry is None or not entry.is_owned_by(owner):
            raise InputError(Text("upload_gone"), field=named.field)
        if token not in named.files:
            self._use(entry.media)
            own = entry.owner is None  # the page's own file is never dropped
            named.files[token] = entry.media.duplicate() if own else entry.media
        return named.count(named.files[token])

    def rename(self, path: str, name: str, owner: Owner) -> None:
        """Name an uploaded file that its browser sent as a nameless `Blob`."""
        entry = self._entries.get(path.partition("/")[0])
        if entry is not None and entry.is_owned_by(owner) and entry.media.name == BLOB_NAME:
            media = entry.media
            media.name = plain_name(name)
            media.mime = Media(media.name).mime if media.mime == OCTETS else media.mime

    def publish(self, value: Held, owner: Owner | None, place: Place = PAGE) -> Any:
        """Replace files by file objects; without an owner, of the page.

        `place` returns the URL of a path.
        """
        return map_tree(value, Media, lambda media: self._publish(media, owner, place).model_dump(by_alias=True))

    def copy_files(self, value: Held, *, typed: TypedTexts = NO_TEXTS) -> Held:
        """Copy the files of a result, or raise `OutputError`; paths and addresses in `typed` are refused."""
        return map_tree(value, Media, lambda media: self._copy_file(media, typed))

    def fetch(self, value: Held) -> None:
        """Download the files at addresses in an author's value, or raise `OutputError`."""
        for media in files_of(value):
            if media.url is not None and media.path is None:
                folder = temporary.new_folder()
                weakref.finalize(media, shutil.rmtree, folder, ignore_errors=True)
                path = folder / "file"
                with path.open("wb") as file:
                    media.name, media.mime = self._downloads.save(media, file)
                media.path = path
                media.preview = _preview_of(media)

    def _copy_file(self, media: Media, typed: TypedTexts) -> Held:
        if media.subtitles is not None:
            media.subtitles = self._copy_file(media.subtitles, typed)
        if media.url is not None and not media.uploaded:
            return self._downloaded(media, typed)
        if media.path is None or media.token is not None or media.uploaded:
            return media
        path = self._paths.resolved(media, media.path, typed)
        copy = self._temporary(media.suffix)
        copied = Media.of_path(copy, media.name, mime=media.mime, temporary=True)
        try:
            copy_checked(path, copy)
        except FileNotFoundError:
            raise OutputError(f"The function returned the path {media.name!r}, but there is no such file.") from None
        return _finished(copied, media)

    def _downloaded(self, media: Media, typed: TypedTexts) -> Held:
        """Return the file at a media's address, unless a visitor typed that."""
        if typed.has_address(str(media.url)):
            raise refusal(str(media.url), "the visitor typed it")
        copied = Media.of_path(self._temporary(media.suffix), temporary=True)
        with open(str(copied.path), "wb") as file:
            copied.name, copied.mime = self._downloads.save(media, file)
        return _finished(copied, media)

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
                self._add(media.token, _Entry(media, owner, self._clock()))
        return f"{media.token}/{address_name(media.name)}"

    def _use(self, media: Media) -> None:
        """Mark a file and its parts as used now."""
        with self._lock:
            for each in media.parts:
                entry = self._entries.use(each.token) if each.token else None
                if entry is not None:
                    entry.last_used = self._clock()

    def _add(self, token: str, entry: _Entry) -> None:
        self._disk.add([entry.media])
        media, share = entry.media, None if entry.owner is None else entry.owner.client
        cost = 1 / self._max_files + media.weight / self._max_memory + media.disk / self._max_disk
        self._entries.put(token, entry, weight=media.weight, share=share, cost=cost)
        self._make_room()

    def _make_room(self) -> None:
        while self._disk.bytes + self._reserved.total > self._max_disk and len(self._entries) > 1:
            self._entries.pop_oldest()

    def _temporary(self, suffix: str = "") -> Path:
        if self._folder is None or not self._folder.is_dir():
            self._folder = temporary.new_folder()
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return temporary.new_file(suffix, folder=self._folder)


def _finished(copied: Media, media: Media) -> Held:
    """Return the copy of a file with its subtitles and preview, converted."""
    copied.subtitles = media.subtitles
    copied.preview = _preview_of(copied)
    return media.finish(copied) if media.finish else copied


def _preview_of(media: Media) -> Media | None:
    from minidemo.components._pictures import preview_of  # noqa: PLC0415  # few demos need it

    return preview_of(media)
