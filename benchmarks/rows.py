"""What a measure gives: named rows with the samples of each subject."""

from dataclasses import dataclass
from statistics import median, quantiles

Samples = dict[str, list[float]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line of the table; the n-th samples of the subjects were taken in the same round."""

    key: str
    title: str
    unit: str
    samples: Samples

    def ratio(self, above: str, below: str) -> float | None:
        """Divide the median of one subject by that of another, if there are both."""
        if not self.samples.get(above) or not self.samples.get(below):
            return None
        divisor = median(self.samples[below])
        return median(self.samples[above]) / divisor if divisor else None


def middle_half(samples: list[float]) -> tuple[float, float]:
    """Give the quartiles, or the extremes of a few samples."""
    if len(samples) < 4:
        return min(samples), max(samples)
    first, _, third = quantiles(samples, n=4, method="inclusive")
    return first, third
