"""The fault matrix, as much of it as there is time for in each run of the tests; scripts/faults plays all of it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.faults import report
from benchmarks.faults.arena import Arena
from benchmarks.faults.crew import Crew
from benchmarks.faults.scenarios import SCENARIOS
from tests.thoroughness import NIGHTLY

DAILY = [key for key, scenario in SCENARIOS.items() if scenario.daily]
LINES = 45
"""How many lines the fault matrix has."""


@pytest.fixture(scope="module")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crew]:
    """Workers for all scenarios: each is a process of its own, forked from one that has imported minidemo."""
    with Crew("minidemo", tmp_path_factory.mktemp("crew") / "workers.log") as crew:
        yield crew


@pytest.mark.parametrize("key", DAILY)
def test_no_fault_breaks_a_folder(key: str, crew: Crew, tmp_path: Path) -> None:
    scenario = SCENARIOS[key]
    with Arena("minidemo", tmp_path, crew=crew) as arena:
        tally = scenario.play(arena, scenario.size if NIGHTLY else scenario.daily)
    assert tally.correct, tally.words()


def test_each_line_of_the_matrix_has_a_scenario() -> None:
    numbers = {int(match[1]) for key in SCENARIOS if (match := re.match(r"ST-(\d+)", key))}
    assert numbers == set(range(1, LINES + 1))


def test_the_table_in_the_docs_tells_of_each_scenario() -> None:
    page = Path(__file__).parents[2] / "docs" / "reliability.md"
    told = set(re.findall(r"^\| (\S+) \|", page.read_text(encoding="utf-8").split(report.MARKS[0])[1], re.MULTILINE))
    assert set(SCENARIOS) <= told
