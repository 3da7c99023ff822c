"""Import of flags from another directory, with copies of their files."""

import errno
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from minidemo.flagging.store import _database, _import_formats, _tables
from minidemo.flagging.store._source import Import, Source
from minidemo.flagging.store._tables import Heading
from minidemo.flagging.store._writer import Row

BATCH = 300
"""The number of flags per transaction."""
logger = logging.getLogger("minidemo")


def adopt(folder: Path, directory: Path, columns: Sequence[str], write: Callable[[Sequence[Row]], object]) -> int:
    """Add a directory's new flags to a folder, and return their number.

    `write` is given flags of the same columns. A row is known again by what it holds and by the path of its log, the
    flag of a store by its run and its time.
    """
    place = directory.resolve()
    logs = _logs(folder, place)
    known, wanted = _state(folder)
    source = Source(place, wanted)
    added = met = 0
    for log in logs:
        found = list(source.imports(log, columns))
        fresh = [each for each in found if each.mark not in known]
        for batch in _batches(fresh):
            write([each.row for each in batch])
        added += len(fresh)
        met += len(found) - len(fresh)
    if met:
        logger.warning("%d flags of %s are there already, and were passed over.", met, directory)
    if source.finder.missing:
        logger.warning(
            "%d cells name files that are not in %s. These were not copied, and the cells keep the paths as text. "
            "The first is %r.",
            len(source.finder.missing),
            directory,
            source.finder.missing[0],
        )
    return added


def _logs(folder: Path, directory: Path) -> list[Path]:
    """Return the logs to import, except the store's own."""
    if not directory.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, f"{directory} is no directory. Give that which holds the CSV file.")
    itself = folder.resolve() == directory
    logs = [path for path in _import_formats.logs(directory) if not (itself and path.name.startswith("logs"))]
    if not logs:
        others = "other than the store's own " if itself else ""
        raise FileNotFoundError(
            errno.ENOENT, f"There is no log {others}in {directory}: neither log.csv nor logs.csv nor dataset1.csv."
        )
    return logs


def _state(folder: Path) -> tuple[set[str], tuple[Heading, ...]]:
    """Return the marks of existing flags, and the current columns."""
    if not (folder / ".minidemo" / "flags.db").exists():
        return set(), ()
    with _database.reading(folder) as db:
        rows = db.execute("SELECT run, created FROM flags WHERE run IS NOT NULL AND gone IS NULL").fetchall()
        headings = [entry.headings for entry in _tables.all_logs(db).values() if entry.name == _tables.NAME]
    return {mark for run, created in rows for mark in (run, f"{run} {created}")}, (headings or [()])[-1]


def _batches(imports: Iterable[Import]) -> Iterator[list[Import]]:
    """Yield batches of flags with the same columns."""
    for _, same in groupby(imports, key=lambda each: each.row.headings):
        group = list(same)
        yield from (group[start : start + BATCH] for start in range(0, len(group), BATCH))
