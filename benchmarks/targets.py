"""What minidemo promises of itself, in figures."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import ge, le, sub, truediv

from benchmarks.measures import calls
from benchmarks.rows import Row, middle_half

Rows = dict[str, Row]


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A limit for what is computed from the samples of the same round."""

    title: str
    limit: float
    unit: str
    values: Callable[[Rows], list[float]]
    at_least: bool = False

    def verdict(self, rows: Rows) -> str:
        """Tell whether the middle half of the samples keeps the limit; if only a part of it does, nobody knows."""
        kept = {ge(value, self.limit) if self.at_least else le(value, self.limit) for value in self.spread(rows)}
        return "unsure" if len(kept) > 1 else "yes" if kept.pop() else "**no**"

    def spread(self, rows: Rows) -> tuple[float, float]:
        """Give the middle half of what was measured."""
        return middle_half(self.values(rows))


def own(key: str) -> Callable[[Rows], list[float]]:
    """Take minidemo's own figures."""
    return lambda rows: rows[key].samples["minidemo"]


def paired(
    operator: Callable[[float, float], float], key: str, other_key: str, other: str
) -> Callable[[Rows], list[float]]:
    """Compare minidemo's figures with those of another, round by round."""

    def values(rows: Rows) -> list[float]:
        pairs = zip(rows[key].samples["minidemo"], rows[other_key].samples[other], strict=True)
        return [operator(mine, theirs) for mine, theirs in pairs]

    return values


TARGETS = (
    Target(title="Installed size, sum of the files", limit=45, unit="MiB", values=own("install-files")),
    Target(
        title="Import / import of the core dependencies alone",
        limit=0.5,
        unit="x",
        values=paired(truediv, "import", "import-alone", "minidemo"),
    ),
    Target(
        title="Start to first answer / bare FastAPI",
        limit=1.25,
        unit="x",
        values=paired(truediv, "first-answer", "first-answer", "fastapi"),
    ),
    Target(title="Page weight", limit=25, unit="kB", values=own("page-weight")),
    Target(title="Requests", limit=6, unit="", values=own("page-requests")),
    Target(title="Other hosts", limit=0, unit="", values=own("page-hosts")),
    Target(
        title="Click to result - the hand-written page's",
        limit=3,
        unit="ms",
        values=paired(sub, "click", "click", "fastapi"),
    ),
    Target(title="Table of 100,000 x 10: answer to first rows", limit=1000, unit="ms", values=own("table-first")),
    Target(
        title="Table of 100,000 x 10: frames while scrolling",
        limit=50,
        unit="/s",
        values=own("table-scroll"),
        at_least=True,
    ),
    Target(
        title="Predictions/s, 8 clients / bare FastAPI",
        limit=0.7,
        unit="x",
        values=paired(truediv, "predictions-8", "predictions-8", "fastapi"),
        at_least=True,
    ),
    *(
        Target(
            title=f"{calls.title_of(app, clients, way)} / Gradio",
            limit=limit,
            unit="x",
            values=paired(truediv, key, key, "gradio"),
            at_least=True,
        )
        for app in calls.APPS
        for clients in calls.CLIENTS
        for way, limit in (("call", 10), ("run", 5), ("client", 1))
        if (key := calls.key_of(app, clients, way))
    ),
    Target(
        title="A text that grows 1,000 times: updates on the wire",
        limit=200,
        unit="/s",
        values=own("stream-rate"),
        at_least=True,
    ),
    Target(title="Memory for each of 200 open pages", limit=10, unit="kB", values=own("pages")),
    Target(
        title="Flags/s into the store, 1 writer / append a row by hand, fsync",
        limit=1 / 8,
        unit="x",
        values=paired(truediv, "store-1", "store-1", "fastapi"),
        at_least=True,
    ),
    Target(
        title="Flags/s into the store, 32 waiting / append a row by hand, fsync",
        limit=1,
        unit="x",
        values=paired(truediv, "store-32", "store-32", "fastapi"),
        at_least=True,
    ),
    Target(
        title="Cost of a flag with 1,000,000 rows / with 1,000",
        limit=1.2,
        unit="x",
        values=paired(truediv, "store-many", "store-few", "minidemo"),
    ),
    *(
        Target(
            title=f"Flags/s / predictions/s, 8 clients, {there:,} rows there",
            limit=0.5,
            unit="x",
            values=paired(truediv, f"flags-{there}-8", f"beside-{there}", "minidemo"),
            at_least=True,
        )
        for there in (0, 1_000_000)
    ),
    Target(
        title="A photo of 12 megapixels through a filter / decoding and filtering it in a script",
        limit=2,
        unit="x",
        values=own("picture-ratio"),
    ),
    Target(title="Memory for it at the peak, above idle", limit=160, unit="MB", values=own("picture-memory")),
    # uvicorn looks at its clock ten times a second; nothing else may run.
    Target(title="Idle processor use in 10 s (0, but for uvicorn's clock)", limit=30, unit="ms", values=own("idle")),
)
