"""A scenario: one line of the fault matrix, with the size at which it is run."""

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from benchmarks.faults.arena import Arena
from benchmarks.faults.tally import Tally

Play: TypeAlias = Callable[[Arena, int], Tally]
SCENARIOS: dict[str, "Scenario"] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """A fault, and how it is brought about.

    `size` is that of a full run and `unit` what it counts; `daily` is that of the run of the tests, 0 where it is no
    part of that. `gradio` says whether the same can be done to Gradio's logger, and at which size.
    """

    key: str
    title: str
    play: Play
    size: int
    unit: str
    daily: int = 0
    gradio: int = 0
    needs: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[int, str]:
        """Where it stands in the table: by its number."""
        number = re.search(r"\d+", self.key)
        return (int(number[0]) if number and self.key.startswith("ST-") else 0, self.key)

    def missing(self) -> str:
        """Say what this machine lacks for the scenario, if it lacks anything."""
        lacks = [need for need in self.needs if not _is_there(need)]
        return f"not run: needs {', '.join(lacks)}" if lacks else ""


def _is_there(need: str) -> bool:
    if need == "root":
        return os.geteuid() == 0
    return Path(need).exists() if need.startswith("/") else shutil.which(need) is not None


def scenario(
    key: str, title: str, size: int, unit: str, *, daily: int = 0, gradio: int = 0, needs: tuple[str, ...] = ()
) -> Callable[[Play], Play]:
    """Register a function as a scenario."""

    def register(play: Play) -> Play:
        SCENARIOS[key] = Scenario(
            key=key, title=title, play=play, size=size, unit=unit, daily=daily, gradio=gradio, needs=needs
        )
        return play

    return register
