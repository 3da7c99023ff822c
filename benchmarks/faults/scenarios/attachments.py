"""Files that come with a flag: their names, and what they are."""

import os
from collections.abc import Callable
from pathlib import Path

from benchmarks.faults import stored
from benchmarks.faults.arena import Arena
from benchmarks.faults.case import Case
from benchmarks.faults.job import PLAIN, unprivileged
from benchmarks.faults.scenario import scenario
from benchmarks.faults.tally import Tally
from tests.corpora import NAMES

COLUMNS = (*PLAIN, ("file", "file"))
OWN = {"flagged", "said", "sent", "given"}
"""What belongs beside a folder of flags while it is tried."""
MEMORY, DISK = 2 * 2**30, 2**26
"""What a worker may use: so large a copy ends as on a full disk."""
AT_ONCE = 1.0


@scenario("ST-40", "names of attachments", len(NAMES), "names", daily=len(NAMES), gradio=len(NAMES))
def names(arena: Arena, size: int) -> Tally:
    """Store files under hostile names; each is there under a name that the server made, and none outside."""
    tally, case = Tally(), arena.case()
    given = case.place / "given"
    given.mkdir()
    values = []
    for i, name in enumerate(NAMES[:size]):
        path = given / f"{i}.bin"
        path.write_text(f"w.{i}", encoding="ascii")
        values.append([f"w.{i}", i, [str(path), name]])
    case.flag(count=len(values), columns=COLUMNS, values=values, user=unprivileged(arena.subject))
    tally.expect(not case.said.refusals, "a name was refused")
    tally.expect({path.name for path in case.place.iterdir()} <= OWN, "something lies outside")
    for name in stored.files(case.folder, arena.subject):
        tally.expect(len(name) < 200 and ".." not in name and name.isprintable(), "a stored name is the visitor's")
    case.judge(tally, columns=COLUMNS, values=[["recovery.0", 0, [__file__, "x.txt"]]], recover=False)
    return tally


Make = Callable[[Path], None]


def _text(path: Path) -> None:
    path.write_text("w.0", encoding="ascii")


def _empty(path: Path) -> None:
    path.touch()


def _truncated(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")


def _missing(path: Path) -> None:
    path.unlink(missing_ok=True)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10 * 2**30)


def _folder(path: Path) -> None:
    path.mkdir()


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _process(path: Path) -> None:
    path.symlink_to("/proc/self/mem")


def _large(path: Path) -> None:
    path.write_bytes(os.urandom(5 * 2**20))


def _closed(path: Path) -> None:
    path.symlink_to("/dev/full")


KINDS: list[tuple[Make, str]] = [
    (_text, "a.txt"),
    (_empty, "empty.txt"),
    (_truncated, "a.png"),
    (_text, "wrong.png"),
    (_missing, "purged.txt"),
    (_pipe, "pipe.txt"),
    (_sparse, "sparse.bin"),
    (_folder, "folder"),
    (_loop, "loop.txt"),
    (_endless, "zero.txt"),
    (_process, "mem.txt"),
    (_large, "large.bin"),
]


@scenario("ST-41", "kinds of attachments", len(KINDS), "kinds", daily=len(KINDS), gradio=len(KINDS))
def kinds(arena: Arena, size: int) -> Tally:
    """Store files that are none, or not what they seem; each is stored whole or refused, at once."""
    tally = Tally()
    for make, name in KINDS[:size]:
        case = arena.case()
        path = case.place / "given"
        make(path)
        worker = arena.crew.spawn(
            case.job(columns=COLUMNS, values=[["w.0", 0, [str(path), name]]], limits={"as": MEMORY, "fsize": DISK})
        )
        _watch(case, worker, tally, make.__name__[1:])
        _compare(case, path, tally, make.__name__[1:])
        if path.is_file() and not path.is_symlink():
            path.unlink()
    return tally


def _watch(case: Case, worker: int, tally: Tally, kind: str) -> None:
    """Wait for an answer, for so long as a visitor would."""
    tally.expect(case.see_end(worker), f"hangs at {kind}")
    answered = [ack.seconds for ack in case.said.acks] + [refusal.seconds for refusal in case.said.refusals]
    tally.expect_soon(not answered or answered[0] < AT_ONCE, f"{kind}: over 1 s")
    tally.acked += len(case.said.acks)
    tally.refused += len(case.said.refusals)


def _compare(case: Case, path: Path, tally: Tally, kind: str) -> None:
    """See that what was acknowledged is a whole copy, and that nothing is left of what was refused."""
    copies = [case.folder / name for name in stored.files(case.folder, case.crew.subject)]
    if case.said.acks:
        whole = len(copies) == 1 and copies[0].read_bytes() == path.read_bytes()
        tally.expect(whole, f"{kind}: not a whole copy")
    else:
        tally.expect(not copies, f"{kind}: refused, but a file is left")
