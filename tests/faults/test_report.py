"""The table keeps what was not played again."""

from collections import Counter
from pathlib import Path

from benchmarks.faults import report
from benchmarks.faults.scenarios import SCENARIOS
from benchmarks.faults.tally import Tally


def result(key: str, subject: str, tally: Tally, size: int = 0) -> report.Result:
    return report.Result(scenario=SCENARIOS[key], subject=subject, size=size, seconds=1, tally=tally)


def test_results_of_several_runs_meet_in_one_table() -> None:
    page = Path("page.md")
    page.write_text(f"before\n{report.MARKS[0]}\n{report.MARKS[1]}\nafter\n", encoding="utf-8")
    report.put_into(page, [result("ST-20", "minidemo", Tally(acked=9)), result("ST-6", "minidemo", Tally(acked=1))])
    report.put_into(page, [result("ST-6", "gradio", Tally(broken=Counter(lost=2)), size=7)])
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{report.MARKS[0]}\n{report.HEAD}\n| ST-6 | torn last record |")
    assert "| 1 stored | 7: **2 acknowledged flags lost** |\n| ST-20 | umask | 3 umasks | 9 stored |  |\n" in text
    assert text.endswith(f"{report.MARKS[1]}\nafter\n")


def test_a_line_tells_what_was_seen() -> None:
    tally = Tally(acked=1200, refused=3, facts=["5 kills"])
    tally.expect(True, "fine")
    assert result("ST-1", "minidemo", tally).line() == "ST-1 minidemo (0, 1 s): kept; 1,200 stored, 3 refused, 5 kills"
    for _ in range(2):
        tally.expect(None, "hangs")
    assert "BROKEN" in result("ST-1", "minidemo", tally).line()
    assert tally.words() == "1,200 stored, 3 refused, **2 x hangs**, 5 kills"


def test_a_delay_breaks_a_goal_of_the_benchmark_and_is_no_defect() -> None:
    tally = Tally()
    tally.expect_soon(True, "fine")
    assert tally.kept
    tally.expect_soon(False, "slow")
    tally.add(Tally(delays=Counter(slow=1)))
    assert tally.correct
    assert "BROKEN" in result("ST-25", "minidemo", tally).line()
    assert tally.words() == "**2 x slow**"


def test_all_scenarios_are_listed() -> None:
    assert report.listing(SCENARIOS.values()).count("\n") == len(SCENARIOS) - 1
