"""Writes what was found as Markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults.scenario import SCENARIOS, Scenario
from benchmarks.faults.tally import Tally

SUBJECTS = ("minidemo", "gradio")
HEAD = "| | Fault | Size | minidemo | Gradio 6.31.0 |\n| --- | --- | --- | --- | --- |"
MARKS = ("<!-- faults -->", "<!-- /faults -->")


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What came of a scenario."""

    scenario: Scenario
    subject: str
    size: int
    seconds: float
    tally: Tally

    def line(self) -> str:
        """Say it in a line, for those who wait."""
        verdict = "kept" if self.tally.kept else "BROKEN"
        head = f"{self.scenario.key} {self.subject} ({self.size}, {self.seconds:.0f} s)"
        return f"{head}: {verdict}; {self.tally.words()}"

    def cell(self) -> str:
        """Say it in a cell of the table."""
        size = "" if self.size == self.scenario.size or not self.size else f"{self.size:,}: "
        return size + (self.tally.words() or "kept").replace("|", "/")


def listing(scenarios: Iterable[Scenario]) -> str:
    """Name the scenarios."""
    return "\n".join(
        f"{one.key:12} {one.title} ({one.size:,} {one.unit}; daily {one.daily}; Gradio {one.gradio:,})"
        for one in scenarios
    )


def table(results: Sequence[Result], old: str = "") -> str:
    """Write a line for each scenario, with a column for each subject; what was not played comes from an old table."""
    cells = _cells(old)
    for result in results:
        key, scenario = result.scenario.key, result.scenario
        cells.setdefault(key, ["", "", "", ""])
        cells[key][:2] = [scenario.title, f"{scenario.size:,} {scenario.unit}"]
        cells[key][2 + SUBJECTS.index(result.subject)] = result.cell()
    order = sorted((key for key in cells if key in SCENARIOS), key=lambda key: SCENARIOS[key].place)
    lines = [HEAD, *(f"| {' | '.join([key, *cells[key]])} |" for key in order)]
    return "\n".join(lines)


def _cells(table: str) -> dict[str, list[str]]:
    rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table.split("\n")[2:] if "|" in line]
    return {key: [*cells, "", "", "", ""][:4] for key, *cells in rows}


def put_into(file: Path, results: Sequence[Result]) -> None:
    """Put what was found into the table that is marked in a file."""
    before, _, rest = file.read_text(encoding="utf-8").partition(MARKS[0])
    old, _, after = rest.partition(MARKS[1])
    file.write_text(f"{before}{MARKS[0]}\n{table(results, old.strip())}\n{MARKS[1]}{after}", encoding="utf-8")
