"""How many flags reach the disk in a second without a server, and what a flag costs when there are many already."""

import json
import subprocess
from tempfile import TemporaryDirectory

from benchmarks import venvs
from benchmarks.bench import Bench
from benchmarks.paths import ROOT
from benchmarks.rows import Row

ROUNDS = 7
FLAGS = 400
MANY = 1_000_000
TITLES = {
    "store-1": "Flags into the store, 1 writer (by hand: append a row, fsync)",
    "store-32": "Flags into the store, 32 waiting (by hand: one writer)",
}


def measure(bench: Bench) -> list[Row]:
    """Compare with rows that one writer appends by hand; Gradio, which does not wait for the disk, is left out."""
    subject = next((subject for subject in bench.subjects if subject.key == "minidemo"), None)
    if subject is None:
        return []
    many = 10_000 if bench.quick else MANY
    with TemporaryDirectory(prefix="minidemo-bench-") as folder:
        program = [str(venvs.python(subject)), str(ROOT / "benchmarks" / "apps" / "store_minidemo.py")]
        command = [*program, folder, str(bench.rounds(ROUNDS)), str(FLAGS), str(many)]
        done = subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    rates = [
        Row(key=key, title=title, unit="/s", samples={"minidemo": told[name], "fastapi": told["raw"]})
        for (key, title), name in zip(TITLES.items(), ("one", "waiting"), strict=True)
    ]
    return [*rates, cost("few", 1_000, told), cost("many", many, told)]


def cost(name: str, there: int, told: dict[str, list[float]]) -> Row:
    """Give the time that a flag takes with so many rows there."""
    title = f"One flag into the store, {there:,} rows there"
    return Row(key=f"store-{name}", title=title, unit="ms", samples={"minidemo": told[name]})
