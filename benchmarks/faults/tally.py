"""What a scenario counts, and whether that is as it should be."""

from collections import Counter
from dataclasses import dataclass, field

GOALS = {
    "lost": "acknowledged flags lost",
    "torn": "torn rows",
    "dangling": "rows whose file is missing",
    "strangers": "rows with another flag's file",
    "orphans": "files of no row",
    "duplicates": "rows or ids twice",
    "headers": "headers missing or twice",
    "unreadable": "files that a reader refuses",
    "uncounted": "rows that the store and the CSV do not share",
}
"""The standing goals: each of these is to be 0."""


@dataclass(slots=True)
class Tally:
    """Counts of one scenario.

    `complaints` count what else went wrong, `delays` what took too long, and `facts` are further columns of the table.
    """

    acked: int = 0
    refused: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    complaints: Counter[str] = field(default_factory=Counter)
    delays: Counter[str] = field(default_factory=Counter)
    facts: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count in what another tally has."""
        self.acked += other.acked
        self.refused += other.refused
        self.broken += other.broken
        self.complaints += other.complaints
        self.delays += other.delays
        self.facts += other.facts

    def expect(self, kept: object, complaint: str) -> None:
        """Complain unless something holds."""
        if not kept:
            self.complaints[complaint] += 1

    def expect_soon(self, soon: object, complaint: str) -> None:
        """Count a delay unless something was done in time."""
        if not soon:
            self.delays[complaint] += 1

    @property
    def correct(self) -> bool:
        """Whether all goals but those of speed were reached, which depend on the machine and its load."""
        return not self.broken and not self.complaints

    @property
    def kept(self) -> bool:
        """Whether all goals were reached."""
        return self.correct and not self.delays

    def words(self) -> str:
        """Say in a line what was seen."""
        seen = [f"{self.acked:,} stored"] if self.acked else []
        seen += [f"{self.refused:,} refused"] if self.refused else []
        wrong = [f"**{count:,} {GOALS[goal]}**" for goal, count in self.broken.items()]
        wrong += [
            f"**{count:,} x {text}**" if count > 1 else f"**{text}**"
            for text, count in (self.complaints + self.delays).items()
        ]
        return ", ".join(seen + wrong + self.facts)
