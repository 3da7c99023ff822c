"""Clocks that are wrong, and locales."""

from datetime import UTC, datetime, timedelta

from benchmarks.faults import clocks, stored
from benchmarks.faults.arena import Arena
from benchmarks.faults.case import Case
from benchmarks.faults.clocks import CLOCKS
from benchmarks.faults.scenario import scenario
from benchmarks.faults.tally import Tally


@scenario("ST-33", "wrong clocks", len(CLOCKS), "clocks", gradio=len(CLOCKS), needs=("cc",))
def wrong_clocks(arena: Arena, size: int) -> Tally:
    """Flag now, under a wrong clock, and now again: ids stay unique and in the order of the rows, times are UTC."""
    tally = Tally()
    for name in list(CLOCKS)[:size]:
        case = arena.case()
        case.flag(name="before", count=20)
        wrong = Case(crew=arena.hire(environ=clocks.surroundings(name, arena.root)), place=case.place)
        wrong.flag(name="wrong", count=50)
        case.flag(name="after", count=20)
        tally.expect(not case.said.refusals, f"{name}: flags were refused")
        _check_records(case, tally, name)
        case.judge(tally)
    if arena.subject == "minidemo":
        _purge(arena, tally)
    return tally


def _check_records(case: Case, tally: Tally, name: str) -> None:
    records = list(stored.records(case.folder))
    ids = [record.id for record in records]
    tally.expect(ids == sorted(set(ids)), f"{name}: ids are not in the order of the rows")
    aware = all(record.created.utcoffset() == timedelta() for record in records)
    tally.expect(aware, f"{name}: a time is not UTC")


def _purge(arena: Arena, tally: Tally) -> None:
    """See that flags of a day ago go, and those of today stay, when they are kept for half a day."""
    case = arena.case()
    yesterday = Case(crew=arena.hire(environ=clocks.surroundings("a day back", arena.root)), place=case.place)
    yesterday.flag(name="old", count=5, options={"source": "auto"})
    case.flag(name="new", count=5, options={"source": "auto"})
    case.flag(name="last", options={"source": "auto", "retention": 0.5})
    kept = sorted(str(record.data[0]) for record in stored.records(case.folder))
    tally.expect(kept == ["last.0", *(f"new.{i}" for i in range(5))], f"kept for half a day: {kept}")
    half = datetime.now(UTC) - timedelta(days=0.5)
    tally.expect(all(record.created > half for record in stored.records(case.folder)), "an old flag was kept")


IDS = 100_000


@scenario("ST-33b", "ids under a frozen clock", IDS, "ids", needs=("cc",))
def frozen_ids(arena: Arena, size: int) -> Tally:
    """Make ids while the clock stands still; none comes twice."""
    tally = Tally()
    case = arena.case(arena.hire(environ=clocks.surroundings("frozen", arena.root)))
    case.flag(flow="ids", count=size)
    tally.expect(f"ids {size}" in case.said.notes, f"ids came twice: {case.said.notes}")
    case.flag(count=200)
    tally.expect(len({record.id for record in stored.records(case.folder)}) == 200, "ids of flags came twice")
    case.judge(tally)
    return tally


LOCALES = [
    {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "cp1252"},
    {"LC_ALL": "tr_TR.ISO-8859-9", "LANG": "tr_TR", "PYTHONUTF8": "0"},
    {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"},
    {"LC_ALL": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8", "PYTHONUTF8": "1"},
]
COLUMNS = (("text", "token"), ("number", "größe"), ("text", "名前"))
VALUES = [["w.0", 1234567.891, "ıİ ß 🙂 €"], ["w.1", -0.5, "=1,5"]]


@scenario("ST-34", "locales", len(LOCALES), "locales", daily=2, gradio=len(LOCALES))
def locales(arena: Arena, size: int) -> Tally:
    """Flag the same under other locales and encodings; the bytes are the same."""
    tally = Tally()
    usual = _content(arena.case(), tally)
    for surroundings in LOCALES[:size]:
        found = _content(arena.case(arena.hire(environ=surroundings)), tally)
        tally.expect(found == usual, f"other bytes under {surroundings['LC_ALL']}")
    return tally


def _content(case: Case, tally: Tally) -> list[tuple[str, bytes]]:
    """Return what lies in a folder after two flags."""
    case.flag(columns=COLUMNS, count=2, values=VALUES)
    tally.acked += len(case.said.acks)
    tally.expect(len(case.said.acks) == 2, "a flag was refused")
    logs = stored.logs(case.folder, case.crew.subject)
    return [(log.name, _without_times(log.read_bytes())) for log in logs]


def _without_times(data: bytes) -> bytes:
    """Return the bytes of a log without the times that Gradio puts into the last column."""
    lines = data.split(b"\r\n")
    return data if len(lines) == 1 else b"\n".join(line.rpartition(b",")[0] for line in lines)
