"""An author's examples in all accepted forms, with error messages."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, TypeAlias, TypedDict, Unpack

from minidemo.components._thumbnails import thumbnail
from minidemo.components.base import Held
from minidemo.endpoints.endpoint import Endpoint
from minidemo.errors import ConfigurationError
from minidemo.examples import folder, values
from minidemo.examples.raw import NOTHING, RawExample
from minidemo.examples.settings import mode_of
from minidemo.page.examples import ExampleRow, Examples, ExamplesMode
from minidemo.utils.checks import is_count
from minidemo.utils.sequences import to_list

ExamplesArgument: TypeAlias = Sequence[Any] | str | Path
CacheArgument: TypeAlias = bool | Literal["lazy"] | None


class ExampleOptions(TypedDict):
    """The arguments of an `Interface` that concern its examples."""

    cache: CacheArgument
    mode: ExamplesMode | None
    per_page: int
    labels: Sequence[str] | None
    preload: int | Literal[False]
    runs: bool


def examples_of(
    endpoint: Endpoint, argument: ExamplesArgument | None, **options: Unpack[ExampleOptions]
) -> Examples | None:
    """Return the examples of an endpoint, None for none; raise `ConfigurationError` for what does not fit.

    `argument` is a list with a row for each example, or with plain values if there is one input; or a directory of
    files for a single input, or with a `log.csv` or `logs.csv`. Raises `ConfigurationError` for values that do not fit.
    """
    per_page, labels, preload = options["per_page"], options["labels"], options["preload"]
    if not is_count(per_page):
        raise ConfigurationError(f"{endpoint.title}: examples_per_page is {per_page!r}; expected a number from 1.")
    when = mode_of(options["cache"], options["mode"])
    rows = [] if argument is None else _rows(endpoint, argument)
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


def _rows(endpoint: Endpoint, argument: ExamplesArgument) -> list[ExampleRow]:
    """Return the rows, with values by the positions of the inputs.

    Authors give no values for invisible inputs.
    """
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
    raw = folder.rows(seen, Path(argument)) if isinstance(argument, str | Path) else _rows_of_list(seen, argument)
    filled = {i for row in raw for i, value in enumerate(row.values) if value is not None and value is not NOTHING}
    if raw and not filled:
        raise ConfigurationError(f"{endpoint.title}: the examples hold no values. Give a value for one of the inputs.")
    values_by_row = [(_held_values(seen, row, filled), row.place) for row in raw]
    return [
        ExampleRow(values={places[i]: value for i, value in row.items()}, place=place) for row, place in values_by_row
    ]


def _rows_of_list(endpoint: Endpoint, argument: object) -> list[RawExample]:
    """Return the rows of a list, or of one input's plain values."""
    count, items = len(endpoint.inputs), to_list(argument)
    if items is None:
        raise ConfigurationError(
            f"{endpoint.title}: examples is {argument!r:.60}; "
            "expected a list with a row for each example, or a directory."
        )
    if count == 1 and not all(isinstance(row, list) for row in items):
        return [RawExample(values=[value], place=f"examples[{i}]") for i, value in enumerate(items)]
    return [RawExample(values=_row(endpoint, i, row), place=f"examples[{i}]") for i, row in enumerate(items)]


def _row(endpoint: Endpoint, number: int, row: object) -> Sequence[Any]:
    names = ", ".join(endpoint.input_names)
    values = to_list(row)
    if values is None:
        raise ConfigurationError(
            f"{endpoint.title}: examples[{number}] is {row!r:.60}, but there are {len(endpoint.inputs)} inputs "
            f"({names}). Write it as a list with a value for each."
        )
    if not 0 < len(values) <= len(endpoint.inputs):
        has, inputs = _count(len(values), "value"), _count(len(endpoint.inputs), "input")
        single = " A value that is a list itself takes a second pair of brackets: [[…]]." * (len(endpoint.inputs) == 1)
        raise ConfigurationError(
            f"{endpoint.title}: examples[{number}] has {has}, but there {'is' if inputs[:2] == '1 ' else 'are'} "
            f"{inputs} ({names}). {'Remove a value' if values else 'Add a value'}.{single}"
        )
    return values


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _held_values(endpoint: Endpoint, row: RawExample, filled: set[int]) -> dict[int, Held]:
    positions = [i for i, value in enumerate(row.values) if i in filled and value is not NOTHING]
    return {i: values.held_value(endpoint, row, i) for i in positions}
