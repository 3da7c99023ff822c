"""Meter: one rising number of what a function says of its progress, which may begin anew with each loop."""

from collections.abc import Sequence
from typing import Any

from minidemo.context.alerts import Step

LEAST = 1e-6
"""By how much the number rises where only the words change."""


class Meter:
    """Reads the steps of a function; the number must rise from one reading to the next."""

    def __init__(self) -> None:
        self._steps: Sequence[Step] = ()
        self._outer = Step()
        self._base = 0.0
        self._last: float | None = None
        self._words: str | None = None

    def read(self, steps: Sequence[Step]) -> dict[str, Any] | None:
        """Return how far the function is, the total if it is known, and its words; or None if that is no news."""
        if not steps or steps is self._steps:
            return None
        self._steps = steps
        done, total = _amount(steps)
        words = ", ".join(step.text for step in steps if step.text) or None
        last = self._last
        if last is not None and _has_fallen(self._outer, steps[0]):
            self._base = last  # another loop has begun
        self._outer = steps[0]
        value = max(last or 0, 0 if done is None else self._base + done)
        if value == last:
            if words == self._words:
                return None
            value += LEAST
        self._last, self._words = value, words
        told = {"total": None if total is None else self._base + total, "message": words}
        return {"progress": value} | {name: each for name, each in told.items() if each is not None}


def _has_fallen(before: Step, now: Step) -> bool:
    """Tell whether less is done than before."""
    done, more = _done(now), _done(before)
    return done is not None and more is not None and done < more


def _done(step: Step) -> float | None:
    return step.done if step.share is None else step.share


def _amount(steps: Sequence[Step]) -> tuple[float | None, float | None]:
    """Return how much is done and how much there is to do; an inner loop is a part of a step of the outer one."""
    first, *inner = steps
    if first.share is not None:
        return first.share, 1
    if first.done is None:
        return None, first.total
    done, total = _amount(inner) if inner else (None, None)
    return first.done + (min(done / total, 1) if done and total else 0), first.total
