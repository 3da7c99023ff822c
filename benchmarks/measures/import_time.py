"""How long the import takes in a fresh interpreter."""

import subprocess
from pathlib import Path

from benchmarks import venvs
from benchmarks.bench import Bench
from benchmarks.rows import Row
from benchmarks.subjects.minidemo import MinidemoSubject

ROUNDS = 25
CLOCK = "import time; start = time.perf_counter(); {}; print((time.perf_counter() - start) * 1000)"
DEPENDENCIES = "import fastapi, uvicorn, jinja2, PIL, pydantic, markdown_it"


def measure(bench: Bench) -> list[Row]:
    """Import each subject, and alone what minidemo is built on, one after the other."""
    whole, alone = bench.empty_samples(), bench.empty_samples()
    for subject in bench.subjects:
        milliseconds(venvs.python(subject), subject.imports)
    for subject in bench.turns(ROUNDS):
        whole[subject.key].append(milliseconds(venvs.python(subject), subject.imports))
        if isinstance(subject, MinidemoSubject):
            alone[subject.key].append(milliseconds(venvs.python(subject), DEPENDENCIES))
    return [
        Row(key="import", title="Import", unit="ms", samples=whole),
        Row(key="import-alone", title="Import of its core dependencies alone", unit="ms", samples=alone),
    ]


def milliseconds(python: Path, statement: str) -> float:
    """Time the statement in a fresh interpreter, whose own start does not count."""
    command = [str(python), "-I", "-c", CLOCK.format(statement)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
