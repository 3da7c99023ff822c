"""The match between an edited log's lines and the database's rows."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from minidemo.flagging.store._log import Line, digest


class RowDigest(NamedTuple):
    """A row of the database: number, digest, and whether it is gone."""

    row: int
    digest: int
    gone: bool


@dataclass(slots=True)
class Match:
    """The result: rows that are back, edited or missing, and new lines.

    `equal` holds the lines of unchanged rows after the first change.
    """

    equal: dict[int, Line] = field(default_factory=dict)
    edited: dict[int, Line] = field(default_factory=dict)
    added: Iterable[Line] = ()
    missing: list[int] = field(default_factory=list)
    back: list[int] = field(default_factory=list)


def match(known: Iterable[RowDigest], lines: Iterable[Line]) -> Match:
    """Match lines by place, then by content, then between their neighbours.

    Lines before the first change and after the last row are not kept in memory.
    """
    result = Match()
    rows, rest = iter(known), iter(lines)
    row, line = _first_change(result, rows, rest)
    if row is None:
        result.added = rest if line is None else chain([line], rest)
        return result
    _match_rest(result, [row, *rows], [*([] if line is None else [line]), *rest])
    return result


def _first_change(
    result: Match, rows: Iterator[RowDigest], lines: Iterator[Line]
) -> tuple[RowDigest | None, Line | None]:
    """Skip rows in place, and return the first pair that differs."""
    for row in rows:
        line = next(lines, None)
        if line is None or digest(line.cells) != row.digest:
            return row, line
        result.back += [row.row] if row.gone else []
    return None, None


def _match_rest(result: Match, known: Sequence[RowDigest], lines: Sequence[Line]) -> None:
    same = _end_alike(result, known, lines)
    loose = _by_content(result, known[: len(known) - same], lines[: len(lines) - same])
    _by_neighbours(result, known, loose)
    result.added = sorted((line for group in loose.values() for line in group), key=lambda line: line.start)
    result.back += [row.row for row in known if row.gone and row.row in result.equal]


def _end_alike(result: Match, known: Sequence[RowDigest], lines: Sequence[Line]) -> int:
    """Match rows in place from the end, and return their number."""
    for count, (row, line) in enumerate(zip(reversed(known), reversed(lines), strict=False)):
        if digest(line.cells) != row.digest:
            return count
        result.equal[row.row] = line
    return min(len(known), len(lines))


def _by_content(result: Match, known: Sequence[RowDigest], lines: Sequence[Line]) -> dict[int, list[Line]]:
    """Match lines by content, and return the others by their preceding row."""
    places: defaultdict[int, deque[int]] = defaultdict(deque)
    for row in sorted(known, key=lambda row: row.gone):
        places[row.digest].append(row.row)
    loose: defaultdict[int, list[Line]] = defaultdict(list)
    before = -1
    for line in lines:
        if rows := places.get(digest(line.cells)):
            before = rows.popleft()
            result.equal[before] = line
        else:
            loose[before].append(line)
    return loose


def _by_neighbours(result: Match, known: Sequence[RowDigest], loose: dict[int, list[Line]]) -> None:
    """Take a new line in a missing row's place as its edit."""
    before = -1
    for row in known:
        if row.row in result.equal:
            before = row.row
        elif not row.gone and loose.get(before):
            result.edited[row.row] = loose[before].pop(0)
        elif not row.gone:
            result.missing.append(row.row)
