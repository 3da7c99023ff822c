"""The arena of a run: where the folders lie, and who flags into them."""

import itertools
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from random import Random
from types import TracebackType

from benchmarks.faults.case import Case
from benchmarks.faults.crew import Crew


class Arena:
    """Makes cases for one subject; all chance comes from one seed, and a crew that is not given is hired."""

    def __init__(self, subject: str, root: Path, *, crew: Crew | None = None, seed: int = 1) -> None:
        self.subject, self.root, self.random = subject, root, Random(seed)
        self._stack = ExitStack()
        self._numbers = itertools.count()
        self.crew = crew or self.hire()

    def __enter__(self) -> "Arena":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.crew.dismiss()
        self._stack.close()

    def hire(self, *, path: Path | None = None, environ: Mapping[str, str] | None = None) -> Crew:
        """Start further workers, of another version or in other surroundings; they stay until the arena is left."""
        crew = Crew(self.subject, self.root / "workers.log", path=path, environ=environ)
        return self._stack.enter_context(crew)

    def case(self, crew: Crew | None = None) -> Case:
        """Make a fresh case."""
        place = self.root / f"case-{next(self._numbers)}"
        place.mkdir()
        place.chmod(0o777)
        return Case(crew=crew or self.crew, place=place)
