"""The command: `python -m benchmarks.faults [NAME[=SIZE] …]`."""

import argparse
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import venvs
from benchmarks.faults import report
from benchmarks.faults.arena import Arena
from benchmarks.faults.scenario import Scenario
from benchmarks.faults.scenarios import SCENARIOS
from benchmarks.faults.tally import Tally
from benchmarks.subjects.gradio import GradioSubject

ORDER = sorted(SCENARIOS, key=lambda key: SCENARIOS[key].place)


def main() -> None:
    """Play what was asked for, tell each result at once, and write the table in the end."""
    options = parser().parse_args()
    if options.list:
        print(report.listing(SCENARIOS[key] for key in ORDER))
        return
    subjects = ["minidemo", "gradio"] if options.subject == "both" else [options.subject]
    if "gradio" in subjects:
        venvs.prepare(GradioSubject())
    wanted = [plan.partition("=") for plan in options.scenarios or ORDER]
    results = []
    with _place(options) as root:
        for name, _, size in wanted:
            for subject in subjects:
                results += played(SCENARIOS[name], subject, root, _size(options, SCENARIOS[name], subject, size))
                if options.output:
                    report.put_into(options.output, results)
    print(report.table(results))
    sys.exit(any(result.subject == "minidemo" and not result.tally.kept for result in results))


def parser() -> argparse.ArgumentParser:
    """Describe the options."""
    parser = argparse.ArgumentParser(prog="scripts/faults", description=sys.modules["benchmarks.faults"].__doc__)
    parser.add_argument("scenarios", nargs="*", type=_plan, metavar="NAME[=SIZE]", help="see --list; all if none")
    parser.add_argument("--list", action="store_true", help="name the scenarios, and their sizes")
    parser.add_argument("--daily", action="store_true", help="only those of the tests, as small as there")
    parser.add_argument("--subject", choices=["minidemo", "gradio", "both"], default="minidemo", help="whose store")
    parser.add_argument("--folder", type=Path, help="where the folders of flags lie while it runs, instead of /tmp")
    parser.add_argument("--keep", action="store_true", help="leave the folders in which something went wrong")
    parser.add_argument("--output", type=Path, metavar="FILE", help="put the table between the marks in this file")
    return parser


def played(scenario: Scenario, subject: str, root: Path, size: int) -> list[report.Result]:
    """Play a scenario with one subject; nothing comes of one that is not for it."""
    if not size:
        return []
    if missing := scenario.missing():
        return [report.Result(scenario=scenario, subject=subject, size=0, seconds=0, tally=Tally(facts=[missing]))]
    started = time.monotonic()
    place = root / f"{scenario.key}-{subject}"
    place.mkdir()
    try:
        with Arena(subject, place) as arena:
            tally = scenario.play(arena, size)
    except Exception as error:  # the other scenarios go on
        traceback.print_exc()
        tally = Tally(complaints=Counter({f"the scenario could not be played: {error!r:.200}": 1}))
    result = report.Result(
        scenario=scenario, subject=subject, size=size, seconds=time.monotonic() - started, tally=tally
    )
    print(result.line(), file=sys.stderr, flush=True)
    return [result]


@contextmanager
def _place(options: argparse.Namespace) -> Iterator[Path]:
    """Make a place for the folders of the run, which others may enter: a worker may be another user."""
    root = Path(tempfile.mkdtemp(prefix="minidemo-faults-", dir=options.folder))
    root.chmod(0o755)
    yield root
    if options.keep:
        print(f"kept: {root}", file=sys.stderr)
    else:
        shutil.rmtree(root, ignore_errors=True)


def _plan(text: str) -> str:
    """Check the name and the size of a scenario."""
    name, _, size = text.partition("=")
    if name not in SCENARIOS or (size and not size.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(SCENARIOS)}, or its size is no number")
    return text


def _size(options: argparse.Namespace, scenario: Scenario, subject: str, wanted: str) -> int:
    full = scenario.gradio if subject == "gradio" else scenario.size
    if wanted:
        return int(wanted) if full else 0
    return min(full, scenario.daily) if options.daily else full


if __name__ == "__main__":
    main()
