"""What every measure is given: the subjects, how often to repeat, and a folder to work in."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.servers import Server, serving
from benchmarks.subjects.base import Subject


@dataclass(frozen=True, kw_only=True, slots=True)
class Bench:
    """One run of the benchmark."""

    subjects: tuple[Subject, ...]
    quick: bool

    def turns(self, rounds: int) -> Iterator[Subject]:
        """Take the subjects in turn, each time beginning with another, so that noise hits all alike."""
        for number in range(self.rounds(rounds)):
            first = number % len(self.subjects)
            yield from self.subjects[first:] + self.subjects[:first]

    def rounds(self, usual: int) -> int:
        """How often to repeat what is usually repeated so often."""
        return max(2, usual // 5) if self.quick else usual

    def empty_samples(self) -> dict[str, list[float]]:
        """Make room for the samples of each subject."""
        return {subject.key: [] for subject in self.subjects}

    @contextmanager
    def servers(self) -> Iterator[dict[str, Server]]:
        """Run the calculators of all subjects at once; an idle one does not disturb the others."""
        with TemporaryDirectory(prefix="minidemo-bench-") as folder, ExitStack() as stack:
            yield {
                subject.key: stack.enter_context(serving(subject, Path(folder) / subject.key))
                for subject in self.subjects
            }
