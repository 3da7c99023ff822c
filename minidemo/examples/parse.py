"""The forms in which an author may give examples, and what is wrong with those that do not fit."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, TypeAlias, TypedDict, Unpack

from minidemo.components._thumbnails import thumbnail
from minidemo.components.base import Held
from minidemo.endpoints.endpoint import Endpoint
from minidemo.errors import ConfigurationError
from minidemo.examples import folder, values
from minidemo.examples.raw import NOTHING, Given
from minidemo.examples.settings import mode_of
from minidemo.page.examples import Examples, Mode, Row
from minidemo.utils.checks import is_count

Form: TypeAlias = Sequence[Any] | str | Path
Caches: TypeAlias = bool | Literal["lazy"] | None


class ExampleOptions(TypedDict):
    """The arguments of an `Interface` that concern its examples."""

    cache: Caches
    mode: Mode | None
    per_page: int
    labels: Sequence[str] | None
    preload: int | Literal[False]
    runs: bool


def examples_of(endpoint: Endpoint, form: Form | None, **options: Unpack[ExampleOptions]) -> Examples | None:
    """Return the examples of an endpoint, None for none; raise `ConfigurationError` for what does not fit.

    `form` is a list with a row for each example, of plain values where there is one input, or a directory: of files for
    a single input, or with a `log.csv` or `logs.csv`.
    """
    per_page, labels, preload = options["per_page"], options["labels"], options["preload"]
    if not is_count(per_page):
        raise ConfigurationError(f"{endpoint.title}: examples_per_page is {per_page!r}; expected a number from 1.")
    when = mode_of(options["cache"], options["mode"])
    rows = [] if form is None else _rows(endpoint, form)
    if not rows:
        return None
    if labels is not None and len(labels) != len(rows):
        raise ConfigurationError(
            f"{endpoint.title}: there are {len(rows)} examples, but {len(labels)} example_labels. Give one for each."
        )
    if preload is not False and not 0 <= preload < len(rows):
        raise ConfigurationError(
            f"{endpoint.title}: preload_example is {preload}, but there are {len(rows)} examples. "
            f"Give the number of one, from 0 to {len(rows) - 1}, or False."
        )
    return Examples(
        endpoint,
        rows,
        per_page=per_page,
        labels=None if labels is None else [str(label) for label in labels],
        preload=None if preload is False else preload,
        mode=when if endpoint.outputs else None,
        runs=options["runs"],
        thumbnail=thumbnail,
    )


def _rows(endpoint: Endpoint, form: Form) -> list[Row]:
    """Return the rows, with values by the places of the inputs; those that nobody sees do not count for the author."""
    places = [i for i, component in enumerate(endpoint.inputs) if component.seen]
    seen = replace(
        endpoint,
        inputs=tuple(endpoint.inputs[i] for i in places),
        input_names=tuple(endpoint.input_names[i] for i in places),
    )
    if not places:
        raise ConfigurationError(
            f"{endpoint.title}: there are examples, but no inputs to fill them in. Leave them out."
        )
    given = folder.rows(seen, Path(form)) if isinstance(form, str | Path) else _listed(seen, form)
    filled = {i for row in given for i, value in enumerate(row.values) if value is not None and value is not NOTHING}
    if given and not filled:
        raise ConfigurationError(f"{endpoint.title}: the examples hold no values. Give a value for one of the inputs.")
    held = [(_held(seen, row, filled), row.place) for row in given]
    return [Row(values={places[i]: value for i, value in row.items()}, place=place) for row, place in held]


def _listed(endpoint: Endpoint, form: object) -> list[Given]:
    """Return the rows of a list; where there is one input, a list of plain values will do."""
    count = len(endpoint.inputs)
    if not isinstance(form, list | tuple):
        raise ConfigurationError(
            f"{endpoint.title}: examples is {form!r:.60}; expected a list with a row for each example, or a directory."
        )
    if count == 1 and not all(isinstance(row, list) for row in form):
        return [Given(values=[value], place=f"examples[{i}]") for i, value in enumerate(form)]
    return [Given(values=_row(endpoint, i, row), place=f"examples[{i}]") for i, row in enumerate(form)]


def _row(endpoint: Endpoint, number: int, row: object) -> Sequence[Any]:
    names = ", ".join(endpoint.input_names)
    if not isinstance(row, list | tuple):
        raise ConfigurationError(
            f"{endpoint.title}: examples[{number}] is {row!r:.60}, but there are {len(endpoint.inputs)} inputs "
            f"({names}). Write it as a list with a value for each."
        )
    if not 0 < len(row) <= len(endpoint.inputs):
        has, inputs = _count(len(row), "value"), _count(len(endpoint.inputs), "input")
        single = " A value that is a list itself takes a second pair of brackets: [[…]]." * (len(endpoint.inputs) == 1)
        raise ConfigurationError(
            f"{endpoint.title}: examples[{number}] has {has}, but there {'is' if inputs[:2] == '1 ' else 'are'} "
            f"{inputs} ({names}). {'Remove a value' if row else 'Add a value'}.{single}"
        )
    return row


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _held(endpoint: Endpoint, row: Given, filled: set[int]) -> dict[int, Held]:
    given = [i for i, value in enumerate(row.values) if i in filled and value is not NOTHING]
    return {i: values.held(endpoint, row, i) for i in given}
