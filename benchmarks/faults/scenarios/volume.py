"""Many rows, many flags, long runs, and copies taken meanwhile."""

import shutil
import subprocess
from statistics import median, quantiles

from benchmarks.faults import acks, goals
from benchmarks.faults.arena import Arena
from benchmarks.faults.case import Case
from benchmarks.faults.crew import PATIENCE
from benchmarks.faults.job import PLAIN
from benchmarks.faults.scenario import scenario
from benchmarks.faults.scenarios.disk import usage
from benchmarks.faults.tally import Tally

SLOWER = 1.2
"""How many times as long a flag may take where there are many rows."""
ADOPTION = 1e-5
"""How long an opening may take for each row that somebody else wrote, in seconds."""
TIMESTAMP = ",2026-01-01 00:00:00.000000"


@scenario("ST-42", "many rows", 1_000_000, "rows, against 1,000", gradio=100_000)
def many_rows(arena: Arena, size: int) -> Tally:
    """Flag in a folder with a thousand rows and in one with very many, in turn; the one takes as long as the other."""
    tally = Tally()
    few, many = _filled(arena, 1000), _filled(arena, size)
    first = many.flag(name="first", columns=PLAIN)
    tally.expect(first, "the first flag was refused")
    for i in range(6):
        for case in (few, many):
            case.flag(name=f"w{i}", flow="leak", count=60, columns=PLAIN)
    fast, slow = _later(few), _later(many)
    ratio = median(slow) / median(fast)
    tally.expect_soon(ratio <= SLOWER, f"a flag takes {ratio:.2f} times as long")
    memory = [usage(case, "late")[1] / 2**20 for case in (few, many)]
    tally.expect(memory[1] < 1.2 * memory[0], f"{memory[1]:.0f} MiB instead of {memory[0]:.0f}")
    tally.acked = len(many.said.acks)
    tally.facts.append(f"median {median(fast) * 1000:.1f} and {median(slow) * 1000:.1f} ms")
    tally.facts.append(f"p99 {_p99(fast):.1f} and {_p99(slow):.1f} ms")
    tally.facts.append(f"{first[0].seconds if first else 0:.1f} s for the first flag, which takes the foreign rows in")
    return tally


def _filled(arena: Arena, rows: int) -> Case:
    """Make a folder with a log of so many rows."""
    case = arena.case()
    case.folder.mkdir()
    gradio = arena.subject == "gradio"
    log = case.folder / ("dataset1.csv" if gradio else "logs.csv")
    more = TIMESTAMP if gradio else ""
    with log.open("w", encoding="ascii", newline="") as file:
        file.write("token,count" + (",timestamp" if gradio else "") + "\n")
        file.writelines(f"old.{i},{i}{more}\n" for i in range(rows))
    return case


def _later(case: Case) -> list[float]:
    """Return how long flags took, but for the first ten of each process."""
    later = [ack for ack in case.said.acks if ack.token.startswith("w") and int(ack.token.split(".")[1]) >= 10]
    return [ack.seconds for ack in later]


def _p99(seconds: list[float]) -> float:
    return quantiles(seconds, n=100)[98] * 1000


@scenario("ST-43", "flood, with a limit", 10_000, "flags of 2 KB, 4 MB allowed")
def flood(arena: Arena, size: int) -> Tally:
    """Flag more than there is room for by the author's limit; the rest is refused, and the limit is kept."""
    tally, case = Tally(), arena.case()
    case.flag(count=size, threads=8, weight=2000, options={"max_mb": 4})
    taken = sum(path.stat().st_size for path in case.folder.rglob("*") if ".minidemo" not in path.parts)
    tally.expect(case.said.refusals, "nothing was refused")
    tally.expect(taken < 4.2 * 2**20, f"{taken / 2**20:.1f} MB are taken")
    kinds = {refusal.kind for refusal in case.said.refusals}
    tally.expect(kinds <= {"OSError"}, f"refused with {kinds}")
    case.judge(tally)
    return tally


@scenario("ST-44", "backup at any moment", 200, "copies by cp -a beside 2 writers", daily=2, gradio=200)
def backup(arena: Arena, size: int) -> Tally:
    """Copy a folder while two processes write; each copy opens as a sound folder with all that was stored before."""
    tally, case = Tally(), arena.case()
    end = {"end": str(case.place / "end")}
    jobs = [case.job(flow="until", name=f"w{i}", count=10**6, pause=0.02, extra=end) for i in range(2)]
    workers = [arena.crew.spawn(job) for job in jobs]
    case.see_acks()
    for i in range(size):
        copy = Case(crew=arena.crew, place=case.place / f"copy-{i}")
        copy.place.mkdir()
        said = case.said
        subprocess.run(["cp", "-a", str(case.folder), str(copy.folder)], check=False, capture_output=True)
        copy.recover(tally)
        tally.add(_checked(copy, said))
        shutil.rmtree(copy.place)
    (case.place / "end").touch()
    for worker in workers:
        arena.crew.wait(worker)
    case.judge(tally)
    return tally


def _checked(copy: Case, before: acks.Said) -> Tally:
    found = goals.check(copy.folder, acks.Said(acks=before.acks + copy.said.acks), copy.crew.subject)
    found.acked = 1
    return found


DRIFT = 1.05
RATE = 5


@scenario("ST-45", "long run at 5 flags/s", 300, "seconds (a day: ST-45=86400)", gradio=60)
def long_run(arena: Arena, size: int) -> Tally:
    """Flag five times a second for as many seconds; memory and descriptors stay as they were after ten seconds."""
    tally, case = Tally(), arena.case()
    worker = arena.crew.spawn(case.job(flow="leak", count=max(60, size * RATE), pause=1 / RATE))
    arena.crew.wait(worker, 2 * size + PATIENCE)
    early, late = usage(case, "early"), usage(case, "late")
    tally.expect(early and early[0] == late[0], f"descriptors went from {early[:1]} to {late[:1]}")
    tally.expect(early and late[1] < DRIFT * early[1], "memory grew by over 5 %")
    tally.facts.append(f"memory {late[1] / early[1] - 1:+.1%}" if early else "no figures")
    case.judge(tally)
    return tally
