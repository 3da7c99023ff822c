"""The command: `python -m benchmarks [--only NAME …] [--quick] [--output FILE]`."""

import argparse
import os
import sys
import time
from pathlib import Path

from benchmarks import machine, report, venvs
from benchmarks.bench import Bench
from benchmarks.measures import MEASURES
from benchmarks.rows import Row
from benchmarks.subjects import SUBJECTS


def main() -> None:
    """Measure what was asked for and write the tables."""
    options = parser().parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as at home: what was compiled once is kept
    load = os.getloadavg()[0]
    bench = Bench(subjects=tuple(s for s in SUBJECTS if s.key in options.subjects), quick=options.quick)
    for subject in bench.subjects:
        tell(f"preparing the environment of {subject.title}")
        venvs.prepare(subject)
    text = written(bench, load, [row for name in MEASURES if name in options.only for row in measured(name, bench)])
    print(text)
    if options.output:
        options.output.write_text(text + "\n", encoding="utf-8")


def parser() -> argparse.ArgumentParser:
    """Describe the options."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=sys.modules["benchmarks"].__doc__)
    keys = [subject.key for subject in SUBJECTS]
    names = ", ".join(MEASURES)
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES), metavar="NAME", help=names)
    parser.add_argument("--subjects", nargs="+", choices=keys, default=keys, metavar="NAME", help=", ".join(keys))
    parser.add_argument("--quick", action="store_true", help="repeat only a few times, to see whether all works")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the tables into this file, too")
    return parser


def measured(name: str, bench: Bench) -> list[Row]:
    """Do one measure, and tell on standard error how long it took."""
    tell(f"measuring {name}")
    started = time.monotonic()
    rows = MEASURES[name](bench)
    tell(f"measured {name} in {time.monotonic() - started:.0f} s")
    return rows


def written(bench: Bench, load: float, rows: list[Row]) -> str:
    """Put the tables together."""
    return "\n\n".join(
        [machine.describe(bench.subjects, load), report.table(rows, bench.subjects), report.targets(rows)]
    )


def tell(message: str) -> None:
    """Say what goes on, apart from the tables."""
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
