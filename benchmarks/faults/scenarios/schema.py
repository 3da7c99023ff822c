"""Columns that change, and labels that nobody expects."""

from benchmarks.faults import goals
from benchmarks.faults.arena import Arena
from benchmarks.faults.case import Case
from benchmarks.faults.job import COLUMNS, PLAIN, unprivileged
from benchmarks.faults.scenario import scenario
from benchmarks.faults.stored import FIRST, logs, read
from benchmarks.faults.tally import Tally

Columns = tuple[tuple[str, str], ...]
TOKEN, COUNT, IM = COLUMNS
CHANGES: list[tuple[str, Columns, tuple[str, ...]]] = [
    ("renamed", (TOKEN, ("number", "amount"), IM), ()),
    ("reordered", (COUNT, TOKEN, IM), ()),
    ("reordered with the files first", (IM, COUNT, TOKEN), ()),
    ("added", (*COLUMNS, ("text", "more")), ()),
    ("added in front", (("text", "more"), *COLUMNS), ()),
    ("removed", (TOKEN, COUNT), ()),
    ("all but one removed", (TOKEN,), ()),
    ("duplicated", (*COLUMNS, ("number", "count")), ()),
    ("case of a label", (TOKEN, ("number", "Count"), IM), ()),
    ("another kind under the same label", (TOKEN, ("text", "count"), IM), ()),
    ("options offered", COLUMNS, ("wrong",)),
    ("options and login", COLUMNS, ("wrong", "ann")),
]


@scenario("ST-30", "columns changed between runs", 12, "changes, each there and back", daily=12, gradio=12)
def columns_changed(arena: Arena, size: int) -> Tally:
    """Change the columns, flag, change them back, flag; old rows stay to the byte, new ones are under their header."""
    tally = Tally()
    for name, columns, given in CHANGES[:size]:
        case = arena.case()
        case.flag(name="old", count=3)
        (log,) = logs(case.folder, arena.subject)
        before = log.read_bytes()
        case.flag(name="new", count=3, columns=columns, given=[given] if given else ())
        case.flag(name="back", count=3)
        _check_headers(case, tally, name)
        kept = any(log.read_bytes().startswith(before) for log in logs(case.folder, arena.subject))
        tally.expect(kept, f"{name}: old rows were changed")
        case.judge(tally)
    return tally


def _check_headers(case: Case, tally: Tally, name: str) -> None:
    """Look whether each row stands under the header that it was written for."""
    said = {ack.token for ack in case.said.acks}
    for log in logs(case.folder, case.crew.subject):
        table = read(log)
        tally.expect(set(table.tokens) <= said and not table.torn, f"{name}: a row under the wrong header")


LABELS = [
    *("../x", "../../etc", "/abs", "=cmd()", "+1", "-1", "@x", "two\nlines", "\r\n", "", " ", "x" * 300, "本" * 200),
    *("CON", "nul.txt", "🙂", "a,b", 'the "x"', "logs.csv", ".minidemo", "\ufefftoken", "\ud800", "a/b", "token", "if"),
]


@scenario("ST-31", "hostile labels", len(LABELS), "labels", daily=len(LABELS), gradio=len(LABELS))
def hostile_labels(arena: Arena, size: int) -> Tally:
    """Give the column of pictures a hostile label; nothing may lie outside of the folder."""
    tally = Tally()
    for label in LABELS[:size]:
        case = arena.case()
        columns = (*PLAIN, ("image", label))
        case.flag(columns=columns, count=2, user=unprivileged(arena.subject))
        case.recover(tally, columns=columns, user=unprivileged(arena.subject))
        found = goals.check(case.folder, case.said, arena.subject, media=lambda i: i == 2)
        tally.add(found)
        around = {path.name for path in case.place.iterdir()} - {"flagged", "said", "sent"}
        tally.expect(not around, f"something lies outside for {label!r:.20}")
    two = arena.case()
    alike = (*PLAIN, ("image", "im"), ("image", "im"), ("image", "IM"), ("image", "im!"))
    two.flag(columns=alike, count=3)
    two.recover(tally, columns=alike)
    tally.add(goals.check(two.folder, two.said, arena.subject, media=lambda i: 2 <= i < 6))
    return tally


HEAD = "token,count,im"
ROW = "foreign.0,7,"
FOREIGN = {
    "BOM": f"\ufeff{HEAD}\n{ROW}\n".encode(),
    "CRLF": f"{HEAD}\r\n{ROW}\r\n".encode(),
    "LF": f"{HEAD}\n{ROW}\n".encode(),
    "semicolons": f"{HEAD}\n{ROW}\n".replace(",", ";").encode(),
    "UTF-16": f"{HEAD}\r\n{ROW}\r\n".encode("utf-16"),
    "no last newline": f"{HEAD}\n{ROW}".encode(),
    "header only": f"{HEAD}\n".encode(),
    "header without newline": HEAD.encode(),
    "empty": b"",
    "binary": bytes(range(256)) * 4,
    "all quoted": b'"token","count","im"\r\n"foreign.0","7",""\r\n',
    "another table": b"name,age\r\nAnn,33\r\n",
}


@scenario("ST-32", "a foreign log is there", len(FOREIGN), "forms", daily=len(FOREIGN), gradio=len(FOREIGN))
def foreign_log(arena: Arena, size: int) -> Tally:
    """Put a file of another origin in the place of the log; it is continued rightly, or left alone."""
    tally = Tally()
    for name, content in list(FOREIGN.items())[:size]:
        case = arena.case()
        case.folder.mkdir()
        place = case.folder / FIRST[arena.subject]
        place.write_bytes(content)
        case.flag(count=2)
        case.recover(tally)
        kept = [log for log in logs(case.folder, arena.subject) if log.read_bytes().startswith(content)]
        tally.expect(kept, f"{name}: overwritten")
        _check_own(case, tally, name)
    return tally


def _check_own(case: Case, tally: Tally, name: str) -> None:
    """Look for our flags; what was there before need not be sound."""
    said = {ack.token for ack in case.said.acks}
    tables = [read(log) for log in logs(case.folder, case.crew.subject)]
    ours = [table for table in tables if said & set(table.tokens)]
    tally.acked += len(said)
    tally.expect(len(ours) == 1 and said <= set(ours[0].tokens), f"{name}: flags lost")
    sound = all(not table.torn and table.others == [table.rows] for table in ours)
    tally.expect(sound, f"{name}: not continued rightly")
