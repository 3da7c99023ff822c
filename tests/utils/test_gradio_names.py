"""Names of Gradio's that do not exist here, or no more: what scripts are told."""

import re
import subprocess
import sys
from typing import Any

import pytest

import minidemo as gr
from minidemo.utils.gradio_names import (
    IGNORED_INTERFACE_OPTIONS,
    IGNORED_OPTIONS,
    MISSING_NAMES,
    REPLACED_ARGUMENTS,
)
from tests.components.examples import EXAMPLES

COMPONENTS = sorted(EXAMPLES, key=lambda component: component.__name__)


@pytest.mark.parametrize("name", MISSING_NAMES)
def test_a_missing_name_is_answered_with_what_to_use(name: str) -> None:
    with pytest.raises(AttributeError) as caught:
        getattr(gr, name)
    assert str(caught.value) == f"minidemo.{name} does not exist. {MISSING_NAMES[name]}"


def test_python_suggests_no_similar_name() -> None:
    script = "import minidemo as gr\nwith gr.Blocks() as demo: pass"
    error = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False).stderr
    assert error.splitlines()[-1] == f"AttributeError: minidemo.Blocks does not exist. {MISSING_NAMES['Blocks']}"


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.__name__)
def test_components_accept_what_has_no_effect(component: type[gr.Component]) -> None:
    taken = EXAMPLES[component][0].make
    for name in IGNORED_OPTIONS - {"sources", "streaming", "buttons", "subtitles", "editable"}:
        assert taken(**{name: None})
    assert taken(every=2, inputs=None)


def test_the_interface_accepts_what_has_no_effect() -> None:
    options: dict[str, Any] = dict.fromkeys(IGNORED_INTERFACE_OPTIONS, True)
    assert gr.Interface(str.upper, "text", "text", **options)("a") == "A"


@pytest.mark.parametrize("name", REPLACED_ARGUMENTS)
def test_an_argument_of_earlier_days_is_answered_with_what_to_write(name: str) -> None:
    expected = re.escape(REPLACED_ARGUMENTS[name])
    build: list[Any] = [
        lambda **options: gr.Label(**options),
        lambda **options: gr.Interface(str.upper, "text", "text", **options),
        lambda **options: gr.TabbedInterface([gr.Interface(str.upper, "text", "text")], **options),
        lambda **options: gr.Interface(str.upper, "text", "text").launch(**options),
    ]
    for make in build:
        with pytest.raises(gr.ConfigurationError, match=f"{name}'\\. {expected}$"):
            make(**{name: 1})


def test_the_queue_takes_the_older_name_of_its_limit() -> None:
    demo = gr.Interface(str.upper, "text", "text")
    assert demo.queue(concurrency_count=3).page.queue.default_limit == 3
    assert demo.queue(concurrency_count=3, default_concurrency_limit=5).page.queue.default_limit == 5
    with pytest.raises(
        gr.ConfigurationError, match=r"^queue got an unknown argument 'max_sise'\. Did you mean 'max_size'"
    ):
        demo.queue(max_sise=3)  # type: ignore[arg-type]  # what is to be refused


def test_a_function_gets_the_initial_values_of_the_inputs_of_its_component() -> None:
    start, sizes = gr.Number(2), [gr.Number(3), gr.Number(4)]
    assert gr.Textbox(lambda: "a", every=1).initial() == "a"
    assert gr.Textbox(lambda n: "a" * n, inputs=start).initial() == "aa"
    assert gr.Textbox(lambda n, m: "a" * n * m, inputs=sizes, every=gr.Number()).initial() == "a" * 12
