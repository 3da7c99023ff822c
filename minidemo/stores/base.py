"""Protocols of the stores, for implementations that share data between servers.

The stores in this folder, in `auth/` and in `engine/queue.py` keep everything in the memory of one process. To use
another implementation, write a class with the methods of a protocol and pass it in `Stores` (`server/services.py`), to
`Login` or to `Runner`. No base class is needed.

Rules for all stores:

- Methods that are not async are called in the event loop, some also in worker threads. They must not wait for a network
  or a lock held for long: update local memory and write to other machines later.
- Async methods are lookups that may ask another machine. Raise the documented error after a reasonable time; visitors
  see its message.
- Every store is bounded. Drop the oldest entries without an error, and those of the client with the most first.
- Ids and tokens come from `secrets`. Never list them, never accept a part of one, and compare owners exactly.
- Values are JSON-like: texts, numbers, lists, dictionaries and `Media`. Write them as JSON; never unpickle.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeAlias

from minidemo.auth.base import BaseLoginStore as BaseLoginStore
from minidemo.auth.base import BaseThrottle as BaseThrottle
from minidemo.components.base import Held
from minidemo.content.media import Media
from minidemo.context.session import Session
from minidemo.schemas.files import FileData
from minidemo.stores.addresses import AddressPolicy
from minidemo.stores.owner import Owner
from minidemo.stores.runs import Run
from minidemo.stores.typed_texts import TypedTexts

Notify: TypeAlias = Callable[[int, float | None], None]
"""Receives the queue position (0: next) and the expected wait in seconds."""


class BaseRunStore(Protocol):
    """Stores ended runs, to be flagged, shared and reloaded.

    A run names its endpoint by string, so it can be written down; its inputs and outputs are JSON-like values. The same
    `Run` object must be returned for an id while it is in memory: flags are counted by object. Keep the files of a run
    as long as the run. The copies that its function got are deleted with the `Run` object; `copied` is their size.
    """

    def add(self, run: Run, *, same_age_as: Run | None = None) -> None:
        """Store a run; a copy has the age of its original."""

    def remove(self, run: str) -> None:
        """Delete a run, if it is stored."""

    def sweep(self, age: float, *, keep: Callable[[Run], bool]) -> list[Run]:
        """Delete and return the runs of at least `age` seconds that `keep` refuses."""

    def holds(self, file: Media) -> bool:
        """Return True for a file of a stored run."""

    async def get(self, run: str) -> Run:
        """Return a run by its id, or raise `RunExpired`."""

    async def get_for(self, username: str | None, run: str) -> Run:
        """Return a user's run by its id, or raise `RunExpired`."""


class BaseFileStore(Protocol):
    """Stores files of visitors and functions under ids, and knows their owners.

    Called in the event loop and in worker threads at once. Files without an owner belong to the page and are never
    swept. Only `open_upload`, `copy_files` and `fetch` may create files on disk.
    """

    def allow(self, places: Iterable[Path], *, but: Iterable[Path]) -> None:
        """Set the paths that functions can and cannot return."""

    def limit_downloads(self, policy: AddressPolicy, *, max_size: int) -> None:
        """Set the addresses that files are downloaded from, and the bytes of one file."""

    def open_upload(self) -> BinaryIO:
        """Open a temporary file for an upload."""

    def reserve(self, size: int, client: str = "") -> None:
        """Reserve bytes on the disk for a client's new files, or raise `StoreFull`; a negative size frees them."""

    def upload(self, path: Path, *, name: str, mime: str | None, owner: Owner) -> FileData:
        """Store an uploaded file for its owner."""

    def get(self, token: str, username: str | None = None) -> Media:
        """Return a user's file by its id, or raise `NotFound`."""

    def resolve(self, value: Any, owner: Owner, field: str | None = None) -> Held:
        """Replace file objects by files; raise `InputError` for another owner's file."""

    def rename(self, path: str, name: str, owner: Owner) -> None:
        """Name an uploaded file that its browser sent as a nameless `Blob`."""

    def publish(self, value: Held, owner: Owner | None, place: Callable[[str], str] = ...) -> Any:
        """Replace files by file objects; without an owner, of the page."""

    def copy_files(self, value: Held, *, typed: TypedTexts = ...) -> Held:
        """Copy the files of a result, or raise `OutputError`."""

    def fetch(self, value: Held) -> None:
        """Download the files at addresses in an author's value, or raise `OutputError`."""

    def remove(self, media: Media) -> None:
        """Drop the ids of a file and its parts."""

    def sweep(self, age: float, *, keep: Callable[[Media], bool]) -> list[Media]:
        """Drop and return the visitors' files unused for `age` seconds."""


class BaseSessionStore(Protocol):
    """Stores the states of page loads.

    A `State` holds any Python object, so sessions stay in their process; other servers can only note where. `of` is
    called in the event loop, the session itself in worker threads. Call `Session.expire` for each session that is
    dropped: authors' `delete_callback`s depend on it.
    """

    def of(self, key: str | None, client: str = "") -> Session:
        """Return the session of a client's page load, or a new one."""

    def keep(self, key: str | None, session: Session, client: str = "") -> None:
        """Store the session of an ended call, if it was dropped."""

    def touch(self, key: str | None) -> None:
        """Postpone the expiry of a page load's states, if it has any."""

    def sweep(self) -> None:
        """Delete expired states."""

    def __len__(self) -> int:
        """Return the number of page loads with states."""


class BaseLinkStore(Protocol):
    """Stores links to shared runs.

    A link must not reveal the run's id, which gives its visitor more rights.
    """

    def link_to(self, run: str, client: str = "") -> str:
        """Return a client's link to a run id; always the same one."""

    async def run_id(self, link: str) -> str:
        """Return the run id of a link, or an empty text."""


class BaseQueue(Protocol):
    """Limits the concurrent calls of one endpoint.

    Every `acquire` that returns is followed by one `release`. A cancelled `acquire` must leave the queue, and pass on a
    turn that it has just got.
    """

    @property
    def waiting(self) -> int:
        """The number of waiting calls."""

    async def acquire(self, notify: Notify, client: str = "") -> None:
        """Wait for a client's turn, which `release` must end; raise `QueueFull` if too many wait."""

    def release(self, seconds: float) -> None:
        """End a turn of some seconds, and start the next."""
