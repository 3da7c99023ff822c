"""How long it takes from the start of a script until its page is answered."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bench import Bench
from benchmarks.rows import Row
from benchmarks.servers import serving

ROUNDS = 15


def measure(bench: Bench) -> list[Row]:
    """Start each script again and again; the first start only warms the disk's cache."""
    samples = bench.empty_samples()
    with TemporaryDirectory(prefix="minidemo-bench-") as folder:
        for subject in (*bench.subjects, *bench.turns(ROUNDS)):
            with serving(subject, Path(folder) / subject.key) as server:
                samples[subject.key].append(server.startup * 1000)
    warm = {key: values[1:] for key, values in samples.items()}
    return [Row(key="first-answer", title="Start of the script to first answer", unit="ms", samples=warm)]
