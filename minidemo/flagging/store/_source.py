"""The rows of an imported directory, from its logs and its database."""

import json
import logging
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from minidemo.content.media import Media, files_of
from minidemo.flagging import _durable, csv_cells
from minidemo.flagging.base import FlagRecord
from minidemo.flagging.store import (
    _database,
    _import_files,
    _import_formats,
    _log,
    _manual_rows,
    _reader,
    _tables,
)
from minidemo.flagging.store._import_formats import ImportedRow
from minidemo.flagging.store._tables import Heading, LogEntry
from minidemo.flagging.store._writer import Row

logger = logging.getLogger("minidemo")


@dataclass(frozen=True, kw_only=True, slots=True)
class Import:
    """A flag to add; `mark` identifies it in later imports."""

    row: Row
    mark: str


class _Known(NamedTuple):
    """A row in the database: id, log, and whether it has values."""

    id: str
    log: LogEntry
    typed: bool


class Source:
    """The rows of a directory; `finder` lists the missing files.

    `wanted` are the columns that the store has now: rows that fit into them need no log of their own.
    """

    def __init__(self, directory: Path, wanted: tuple[Heading, ...] = ()) -> None:
        self._wanted = wanted
        self.finder = _import_files.Finder(directory)
        self._directory = directory
        self._rows: defaultdict[tuple[str | None, int], deque[_Known]] = defaultdict(deque)
        if (directory / ".minidemo" / "flags.db").is_file():
            try:
                self._learn()
            except (_database.Unreadable, OSError) as damage:
                logger.warning("%s: the database is not read, only the logs are imported. %s", directory, damage)

    def imports(self, log: Path, columns: Sequence[str]) -> Iterator[Import]:
        """Yield the flags of a log; `columns` names values without a header."""
        rows = _import_formats.rows(log, columns)
        while some := list(islice(rows, _reader.PAGE)):
            known = [self._known(log, row) for row in some]
            ids = [each.id for each in known if each]
            known_records = _reader.records(self._directory, {"ids": ids}, _reader.text) if ids else ()
            records = {record.id: record for record in known_records}
            for row, each in zip(some, known, strict=True):
                yield self._of_record(row, each, records[each.id]) if each else self._of_row(row)

    def _learn(self) -> None:
        """Read the rows of the database."""
        with _database.reading(self._directory) as db:
            logs = _tables.all_logs(db)
            query = "SELECT id, log, data IS NOT NULL, digest FROM flags WHERE gone IS NULL ORDER BY row"
            for id, log, typed, digest in db.execute(query):
                self._rows[logs[log].name, digest].append(_Known(id, logs[log], bool(typed)))

    def _known(self, log: Path, row: ImportedRow) -> _Known | None:
        """Return the database's entry of a row."""
        rows = self._rows.get((log.name, _log.digest(row.raw)))
        return rows.popleft() if rows else None

    def _of_row(self, row: ImportedRow) -> Import:
        """Return the flag of a row without a record."""
        details = [("flag", "option", row.option), ("username", "username", row.username)]
        extra = [(name, kind, text) for name, kind, text in details if text is not None]
        headings = _headings(row.names, [(name, kind) for name, kind, _ in extra])
        values = list(map(self.finder.find, row.labels, row.values))
        cells = [_import_files.cell(each) for each in values]
        cells = [self._safe(heading, cell) for heading, cell in zip(headings, cells, strict=False)]
        record = FlagRecord(
            run=row.mark,
            created=row.created,
            inputs=tuple(values),
            option=row.option,
            username=row.username or None,
            source="import",
        )
        if _fit(headings, self._wanted):
            texts = {kind: text for _, kind, text in extra}
            extra = [(each.name, each.kind, texts.get(each.kind, "")) for each in self._wanted[len(cells) :]]
            headings = self._wanted
        typed = not all(map(_import_files.fits_cell, values))
        stored = Row(record=record, headings=headings, cells=(*cells, *(text for *_, text in extra)), typed=typed)
        return Import(row=stored, mark=row.mark)

    def _of_record(self, row: ImportedRow, known: _Known, record: FlagRecord) -> Import:
        """Return the flag of a row with a record."""
        log = known.log
        pairs = zip(log.headings, row.raw, (*record.data, *[None] * len(row.raw)), strict=False)
        cells = tuple(self._cell(*pair) for pair in pairs)
        in_columns = any(heading.kind == "expected" for heading in log.headings)
        corrections = () if in_columns else tuple(map(self._correction, record.expected or ()))
        mark = f"{record.run} {_tables.timestamp(record.created)}" if record.run else row.mark
        record = replace(record, run=record.run or row.mark, source="import", row=None)
        typed = known.typed
        stored = Row(record=record, headings=log.headings, cells=cells, corrections=corrections, typed=typed)
        return Import(row=stored, mark=mark)

    def _cell(self, heading: Heading, raw: str, value: Any) -> Any:
        """Return a cell's text, or its files under their original names."""
        names = _manual_rows.named_files(heading, raw)
        if not names or not all(self._is_ours(self._directory / name) for name in names):
            self.finder.missing += names
            return csv_cells.decode(raw)
        stored = list(files_of(value))
        known = stored if len(stored) == len(names) else [Media.of_path(self._directory / name) for name in names]
        files = [
            Media.of_path(self._directory / name, media.name, mime=media.mime)
            for name, media in zip(names, known, strict=True)
        ]
        return files if raw.startswith("[") else files[0]

    def _correction(self, value: Any) -> Any:
        """Return the files of an expected output."""
        files = [media for media in files_of(value) if media.path and self._is_ours(media.path)]
        return files[0] if isinstance(value, Media) and files else files or None

    def _is_ours(self, path: Path) -> bool:
        """Tell whether a path leads to a directory's file, through no link."""
        inside = path.is_relative_to(self._directory) and path.relative_to(self._directory).as_posix()
        return bool(inside) and _durable.inside(self._directory, str(inside)) and path.is_file()

    def _safe(self, heading: Heading, cell: Any) -> Any:
        """Return a cell; make a missing file's path absolute, unlike other rows'."""
        names = _manual_rows.named_files(heading, cell) if isinstance(cell, str) else []
        if not names:
            return cell
        places = [str(self._directory / name) for name in names]
        return json.dumps(places, ensure_ascii=False) if cell.startswith("[") else places[0]


def _headings(names: Sequence[str], extra: Sequence[tuple[str, str]]) -> tuple[Heading, ...]:
    """Return the headings of a demo with these labels."""
    more = [name for name, _ in extra]
    headers = csv_cells.unique([*csv_cells.header(names), *more])
    folders = csv_cells.unique([*csv_cells.folders(names), *more], fold=True)
    kinds = ["value"] * len(names) + [kind for _, kind in extra]
    return tuple(map(Heading, headers, folders, kinds))


def _fit(headings: Sequence[Heading], wanted: Sequence[Heading]) -> bool:
    """Tell whether headings fit into the wanted ones, with equal values."""
    values = [[each for each in side if each.kind == "value"] for side in (headings, wanted)]
    return values[0] == values[1] and {each.kind for each in headings} <= {each.kind for each in wanted}
