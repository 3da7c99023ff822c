"""docs/interface.md tells of each argument of the constructor, with its default, and with an example that runs."""

import inspect
import re
from typing import Any

import pytest

import minidemo as gr
from tests.pages import DOCS

TEXT = (DOCS / "interface.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### `(\w+)[^\n]*`\n(.*?)(?=^##|\Z)", TEXT, re.DOTALL | re.MULTILINE))
CODE = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PARAMETERS = {
    name: parameter
    for name, parameter in inspect.signature(gr.Interface).parameters.items()
    if parameter.kind is not parameter.VAR_KEYWORD
}
GRADIO = (
    *("fn", "inputs", "outputs", "examples", "cache_examples", "cache_mode", "examples_per_page", "example_labels"),
    *(
        "preload_example",
        "title",
        "description",
        "article",
        "theme",
        "flagging_mode",
        "flagging_options",
        "flagging_dir",
    ),
    *("flagging_callback", "analytics_enabled", "batch", "max_batch_size", "api_name", "api_description"),
    *("api_visibility", "allow_duplication", "concurrency_limit", "additional_inputs", "additional_inputs_accordion"),
    *("submit_btn", "stop_btn", "clear_btn", "show_progress", "fill_width", "time_limit", "validator"),
    *("live", "stream_every", "delete_cache", "deep_link"),
    *("css", "css_paths", "js", "head", "head_paths"),
)
"""The arguments of Gradio's constructor that scripts have."""


def test_scripts_for_gradio_find_their_arguments() -> None:
    assert set(GRADIO) <= set(PARAMETERS)


def test_each_argument_has_a_section_and_nothing_else_has() -> None:
    assert list(SECTIONS) == list(PARAMETERS)


def test_the_headings_tell_the_defaults() -> None:
    told = re.findall(r"^### `(.*)`$", TEXT, re.MULTILINE)
    assert told == [_with_default(parameter) for parameter in PARAMETERS.values()]


def _with_default(parameter: inspect.Parameter) -> str:
    if parameter.default is parameter.empty:
        return parameter.name
    return f"{parameter.name}={parameter.default!r}".replace("'", '"')


@pytest.mark.parametrize("name", SECTIONS)
def test_each_has_one_example_that_uses_it(name: str) -> None:
    [example] = CODE.findall(SECTIONS[name])
    assert re.search(rf"\b{name}=", example)


def test_the_examples_run_in_order() -> None:
    names: dict[str, Any] = {}
    for code in CODE.findall(TEXT):
        exec(code, names)
