"""Writes the figures as Markdown."""

from statistics import median

from benchmarks.rows import Row, middle_half
from benchmarks.subjects.base import Subject
from benchmarks.targets import TARGETS, Target

NONE = ""
NOTE = (
    "Median (middle half of the samples); the subjects were measured in turn, on the same machine, over loopback. "
    "Of the figures in /s more is better, of all others less."
)


def table(rows: list[Row], subjects: tuple[Subject, ...]) -> str:
    """Write one line per figure, with the ratios that matter."""
    titles = ["", *(subject.title for subject in subjects), "minidemo / FastAPI", "Gradio / FastAPI"]
    lines = [line(titles), line(["---", *["--:"] * (len(titles) - 1)])]
    for row in rows:
        figures = [cell(row.samples.get(subject.key, []), row.unit) for subject in subjects]
        ratios = [ratio(row, "minidemo", "fastapi"), ratio(row, "gradio", "fastapi")]
        lines.append(line([row.title, *figures, *ratios]))
    return "\n".join([*lines, "", NOTE])


def targets(rows: list[Row]) -> str:
    """Compare with what is promised, as far as it was measured."""
    by_key = {row.key: row for row in rows}
    lines = [line(["Promise", "limit", "measured, round by round", "kept"]), line(["---", "--:", "--:", "---"])]
    return "\n".join([*lines, *(promise(target, by_key) for target in TARGETS if is_measured(target, by_key))])


def promise(target: Target, rows: dict[str, Row]) -> str:
    """Write one line about a promise."""
    values = target.values(rows)
    limit = f"{'>=' if target.at_least else '<='} {number(target.limit)} {target.unit}"
    return line([target.title, limit.rstrip(), cell(values, target.unit), target.verdict(rows)])


def is_measured(target: Target, rows: dict[str, Row]) -> bool:
    """Tell whether this run has the figures for it."""
    try:
        return bool(target.values(rows))
    except KeyError:
        return False


def cell(samples: list[float], unit: str) -> str:
    """Write a median and its spread."""
    if not samples:
        return NONE
    low, high = map(number, middle_half(samples))
    spread = "" if low == high else f" ({low} to {high})"
    return f"{number(median(samples))}{spread} {unit}".rstrip()


def ratio(row: Row, above: str, below: str) -> str:
    """Write a ratio of medians."""
    value = row.ratio(above, below)
    return NONE if value is None else f"{value:.4f}" if value < 0.1 else number(value)


def number(value: float) -> str:
    """Write three digits that mean something."""
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def line(cells: list[str]) -> str:
    """Write a line of a table."""
    return f"| {' | '.join(cells)} |"
