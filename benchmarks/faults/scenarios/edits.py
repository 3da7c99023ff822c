"""Logs that a person edits while the demo runs."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from benchmarks.faults import acks, goals
from benchmarks.faults.arena import Arena
from benchmarks.faults.case import Case
from benchmarks.faults.scenario import scenario
from benchmarks.faults.stored import logs
from benchmarks.faults.tally import Tally


def _same(data: bytes) -> bytes:
    return data


def _without_last_row(data: bytes) -> bytes:
    return b"".join(data.splitlines(keepends=True)[:-1])


def _without_first_row(data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join([lines[0], *lines[2:]])


def _without_rows(data: bytes) -> bytes:
    return data.splitlines(keepends=True)[0]


def _cell_changed(data: bytes) -> bytes:
    return data.replace(b"w.1,1,", b"w.1,99,")


def _all_quoted(data: bytes) -> bytes:
    lines = (b",".join(b'"%s"' % cell for cell in line.split(b",")) for line in data.splitlines())
    return b"".join(line + b"\r\n" for line in lines)


def _of_a_spreadsheet(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data.replace(b"\r\n", b"\n").replace(b",", b";").replace(b"\n", b"\r\n")


def _no_last_newline(data: bytes) -> bytes:
    return data.rstrip()


def _blank_line(data: bytes) -> bytes:
    return data + b"\n"


def _header_renamed(data: bytes) -> bytes:
    return data.replace(b"count", b"number", 1)


def _sorted(data: bytes) -> bytes:
    head, *lines = data.splitlines(keepends=True)
    return b"".join([head, *reversed(lines)])


EDITS: list[Callable[[bytes], bytes]] = [
    *(_same, _without_last_row, _without_first_row, _without_rows, _cell_changed, _all_quoted, _of_a_spreadsheet),
    *(_no_last_newline, _blank_line, _header_renamed, _sorted),
]
LOCKS = (".~lock.logs.csv#", "~$logs.csv")
"""What spreadsheets put beside a file that is open."""


@scenario("ST-17", "log edited by a person", len(EDITS), "edits, each with a rename and in place", daily=len(EDITS))
def edited(arena: Arena, size: int) -> Tally:
    """Edit the log as editors and spreadsheets do; new rows are sound, and nothing that was there is changed."""
    tally = Tally()
    for edit in EDITS[:size]:
        for rename in (True, False):
            case = arena.case()
            case.flag(count=3)
            (log,) = logs(case.folder, arena.subject)
            content = edit(log.read_bytes())
            _save(log, content, rename)
            case.flag(name="new", count=2)
            name = edit.__name__[1:].replace("_", " ")
            kept = any(one.read_bytes().startswith(content) for one in logs(case.folder, arena.subject))
            tally.expect(kept, f"{name}: the edited rows were changed")
            case.recover(tally)
            _judge(case, content, tally, blank=edit is _blank_line)
    return tally


def _save(log: Path, content: bytes, rename: bool) -> None:
    """Save as an editor does: a new file in the place of the old one, or the same file; beside the marks of both."""
    for name in LOCKS:
        (log.parent / name).touch()
    if rename:
        draft = log.with_name("draft~")
        draft.write_bytes(content)
        draft.rename(log)
    else:
        log.write_bytes(content)
    for name in LOCKS:
        (log.parent / name).unlink()


def _judge(case: Case, content: bytes, tally: Tally, *, blank: bool) -> None:
    """Check the goals; flags whose row was deleted on purpose are not missed, nor are their files strays."""
    alive = [ack for ack in case.said.acks if ack.token.encode() in content or not ack.token.startswith("w.")]
    found = goals.check(case.folder, acks.Said(acks=tuple(alive)), case.crew.subject)
    if len(alive) < len(case.said.acks):
        found.broken.pop("orphans", None)
    if blank:
        found.broken = +(found.broken - Counter(torn=1))
    tally.add(found)
