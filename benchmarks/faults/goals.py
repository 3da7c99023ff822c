"""The checker: compares a folder with what was acknowledged, and counts every breach of the standing goals."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from benchmarks.faults import acks, stored, tokens
from benchmarks.faults.stored import Table
from benchmarks.faults.tally import Tally


def check(folder: Path, said: acks.Said, subject: str, media: stored.Media | None = None) -> Tally:
    """Count what is wrong with a folder, once a new process has opened it; `media` tells which columns have files."""
    tables = [stored.read(log, media) for log in stored.logs(folder, subject)]
    found = Counter(chain.from_iterable(table.tokens for table in tables))
    acked = [ack.token for ack in said.acks]
    broken = Counter(
        lost=sum(token not in found for token in acked),
        torn=sum(table.torn + table.blank for table in tables),
        duplicates=sum(count - 1 for count in found.values()),
        headers=sum(abs(table.headers - 1) for table in tables) + (not tables and bool(acked)),
        unreadable=sum(table.rows != rows for table in tables for rows in table.others),
        orphans=len(stored.files(folder, subject) - {name for table in tables for name in table.files}),
        **_files(folder, tables),
    )
    if subject == "minidemo":
        broken.update(_records(folder, tables, said))
    return Tally(acked=len(acked), refused=len(said.refusals), broken=+broken)


def _files(folder: Path, tables: Iterable[Table]) -> dict[str, int]:
    """Count the rows that name a missing file, and those whose picture is of another flag."""
    dangling = strangers = 0
    for table in tables:
        for name, token in table.named:
            path = folder / name
            if not path.is_file():
                dangling += 1
            else:
                strangers += token not in (tokens.read(path), path.read_bytes()[:1000].decode(errors="replace"))
    return {"dangling": dangling, "strangers": strangers}


def _records(folder: Path, tables: Iterable[Table], said: acks.Said) -> Counter[str]:
    """Compare the rows with the records of the store, and the numbers that were acknowledged with both."""
    records = list(stored.records(folder))
    rows = sum(table.rows for table in tables)
    at = {record.row: record.data for record in records}
    misnumbered = sum(ack.token not in at.get(ack.row, [ack.token]) for ack in said.acks)
    return Counter(
        duplicates=len(records) - len({record.id for record in records}),
        uncounted=abs(len(records) - rows),
        strangers=misnumbered,
    )
