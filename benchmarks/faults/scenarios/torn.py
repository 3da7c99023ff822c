"""Logs whose end was cut off."""

import shutil

from benchmarks.faults import acks, goals, tokens
from benchmarks.faults.arena import Arena
from benchmarks.faults.case import Case
from benchmarks.faults.scenario import scenario
from benchmarks.faults.stored import logs
from benchmarks.faults.tally import Tally

COLUMNS = (("text", "token"), ("text", "words"))
WORDS = 'two\nlines, and a "quote"'
REST = b',"two\nlines, and a ""quote"""'
"""What follows the token in a row."""


@scenario(
    "ST-6", "torn last record", 999, "cuts at most in a log of 3 rows with quoted line ends", daily=12, gradio=999
)
def torn_record(arena: Arena, size: int) -> Tally:
    """Cut a log of three rows at its bytes, with and without the hidden folder; the next flag begins a new line."""
    tally, cuts = Tally(), 0
    for known in (True, False):
        model = arena.case()
        model.flag(columns=COLUMNS, count=3, values=[[tokens.token("w", i), WORDS] for i in range(3)])
        if not known:
            shutil.rmtree(model.folder / ".minidemo", ignore_errors=True)
        (log,) = logs(model.folder, arena.subject)
        whole = log.read_bytes()
        for cut in range(0, len(whole), -(-len(whole) // size)):
            cuts += 1
            _cut(arena, model, whole[:cut], tally)
    tally.facts.append(f"{cuts} cuts")
    return tally


def _cut(arena: Arena, model: Case, rest: bytes, tally: Tally) -> None:
    """Cut the log in a copy of a folder, store a flag, and look for it and for each row that was whole."""
    case = arena.case()
    shutil.copytree(model.folder, case.folder)
    logs(case.folder, arena.subject)[0].write_bytes(rest)
    case.recover(tally, columns=COLUMNS, values=[["recovery.0", WORDS]])
    for log in logs(case.folder, arena.subject):
        if len(rest) < len(b"token,words\n") and log.read_bytes().strip() == rest.strip():
            log.unlink()  # a part of a header, kept aside under another name
    whole = tuple(ack for ack in model.said.acks if _ends(rest, ack.token))
    found = goals.check(case.folder, acks.Said(acks=whole + case.said.acks), arena.subject)
    tally.add(found)
    if found.kept:
        shutil.rmtree(case.place)


def _ends(rest: bytes, token: str) -> bool:
    """Tell whether the row of a token is there to its end."""
    return any(token.encode() + REST + end in rest for end in (b"\n", b"\r\n"))
