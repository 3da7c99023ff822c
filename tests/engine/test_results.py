"""What a function may return: values, components, updates, and a dictionary of values by output."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import PIL.Image
import pytest

import minidemo as gr
from tests.components.examples import EXAMPLES
from tests.visitor import Visitor

PICTURE = PIL.Image.new("L", (20, 20))
COMPONENTS = sorted(EXAMPLES, key=lambda component: component.__name__)


class Nameless:
    """An object whose text is only its address."""


def demo(result: Any, outputs: Any = "text", **options: Any) -> gr.Interface:
    """Return a demo whose function returns the result."""
    return gr.Interface(lambda: result, None, outputs, flagging_mode="never", **options)


def look(demo: gr.Interface) -> Any:
    """Return the output, or the content of its file and subtitles."""
    visitor = Visitor(demo)
    [value] = visitor.result()
    if not isinstance(value, dict) or "path" not in value:
        return value
    paths = [value["path"], value["meta"].get("subtitles")]
    return [visitor.http.get(f"/file/{path}").content for path in paths if path]


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return the warnings in the log."""
    return [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]


@pytest.mark.parametrize(
    "result",
    [
        gr.Textbox(value="hi"),
        gr.Textbox("hi"),
        gr.Markdown("hi"),
        gr.update(value="hi"),
        gr.Textbox.update("hi"),
        gr.Label.update(value="hi"),
        gr.Textbox(value=lambda: "hi"),
    ],
)
def test_the_value_of_a_component_is_the_result(result: Any, caplog: pytest.LogCaptureFixture) -> None:
    assert Visitor(demo(result)).result() == ["hi"]
    assert not told(caplog)


def test_among_several_results_too() -> None:
    several = demo((gr.update(value=1), "a", gr.Label(value="b")), ["number", "text", "label"])
    assert Visitor(several).result()[:2] == [1, "a"]
    assert several()[2]["label"] == "b"


@pytest.mark.parametrize(
    "result", [gr.Textbox("hi", label="new", visible=False), gr.update(value="hi", visible=False, label="new")]
)
def test_other_properties_are_named_once_in_the_log(result: Any, caplog: pytest.LogCaptureFixture) -> None:
    visitor = Visitor(demo(result))
    assert [visitor.result(), visitor.result()] == [["hi"], ["hi"]]
    assert told(caplog) == [
        'Interface "demo": the function returned more than a value for Output; without effect are label, visible.'
    ]


@pytest.mark.parametrize(
    ("component", "arguments", "value"),
    [
        (gr.Number, {"precision": 1}, 2.25),
        (gr.Label, {"num_top_classes": 1}, {"a": 0.9, "b": 0.1}),
        (gr.HighlightedText, {"combine_adjacent": True, "adjacent_separator": "-"}, [("a", "x"), ("b", "x")]),
        (gr.HighlightedText, {"show_whitespaces": False}, [(" a ", "x")]),
        (gr.Image, {"format": "jpeg"}, PICTURE),
        (gr.Image, {"watermark": PIL.Image.new("L", (1, 1), 99)}, PICTURE),
        (gr.Video, {"subtitles": [{"text": "Hi", "timestamp": [0, 1]}]}, "film.webm"),
    ],
)
def test_arguments_that_change_the_value_have_an_effect(
    component: Any, arguments: Any, value: Any, caplog: pytest.LogCaptureFixture
) -> None:
    Path("film.webm").write_bytes(Path(gr.get_video()).read_bytes())
    expected = look(demo(value, component(**arguments)))
    assert look(demo(value, component())) != expected
    for result in (component(value=value, **arguments), gr.update(value=value, **arguments)):
        assert look(demo(result, component())) == expected
    assert not told(caplog)


def test_an_argument_that_the_output_lacks_has_no_effect(caplog: pytest.LogCaptureFixture) -> None:
    assert Visitor(demo(gr.Number(2.5, precision=0))).result() == ["2.5"]
    assert Visitor(demo(gr.Markdown("2.5"), gr.Number(precision=0))).result() == [2]
    assert told(caplog) == [
        'Interface "demo": the function returned more than a value for Output; without effect are precision.'
    ]


def test_the_log_has_a_bounded_number_of_lines(caplog: pytest.LogCaptureFixture) -> None:
    numbers = iter(range(1000))
    visitor = Visitor(gr.Interface(lambda: gr.update(**{f"p{next(numbers)}": 1}), None, "text"))
    for _ in range(120):
        visitor.result()
    assert len(told(caplog)) == 100


@pytest.mark.parametrize("result", [gr.update(), gr.skip(), gr.Textbox(), gr.Slider(), gr.Dropdown(["a"])])
def test_without_a_value_nothing_is_shown(result: Any) -> None:
    assert Visitor(demo(result)).result() == [None]


def test_without_a_value_an_output_keeps_the_one_before() -> None:
    def steps() -> Iterator[Any]:
        yield "first", gr.update(value=1)
        yield gr.skip(), 2
        yield gr.Textbox(lines=3), gr.Number(3)

    states = Visitor(gr.Interface(steps, None, ["text", "number"]))
    assert states.result() == ["first", 3]


def test_a_file_that_is_kept_is_not_copied_again() -> None:
    def steps() -> Iterator[Any]:
        yield {picture: gr.get_image(), text: "one"}
        yield {text: "two"}

    picture, text = gr.Image(type="filepath"), gr.Textbox()
    file, words = Visitor(gr.Interface(steps, None, [picture, text])).result()
    assert file["mime_type"] == "image/png"
    assert words == "two"


def test_a_dictionary_has_values_by_output() -> None:
    text, label = gr.Textbox(), gr.Label()
    both = gr.Interface(lambda: {label: "cat", text: gr.update(value="x")}, None, [text, label])
    shown, kind = Visitor(both).result()
    assert (shown, kind["label"]) == ("x", "cat")


def test_a_dictionary_may_be_for_one_output_and_leave_some_out() -> None:
    text, number = gr.Textbox(), gr.Number()
    assert Visitor(gr.Interface(lambda: {text: "x"}, None, text)).result() == ["x"]
    assert Visitor(gr.Interface(lambda: {number: 3}, None, [text, number])).result() == [None, 3]


def test_a_dictionary_with_another_component_is_a_mistake() -> None:
    text = gr.Textbox(label="Text")
    with pytest.raises(gr.OutputError, match=r"a value for Other, which is none of its outputs\.$"):
        gr.Interface(lambda: {gr.Number(label="Other"): 3}, None, [text, "number"])()


def test_an_ordinary_dictionary_is_a_value() -> None:
    assert demo({"a": 1}, "json")() == {"a": 1}
    assert demo({}, "json")() == {}


def test_a_state_takes_the_value_of_an_update_and_keeps_it_without_one() -> None:
    def count(n: int) -> Any:
        return n, gr.update(value=n + 1) if n < 2 else gr.skip()

    visitor = Visitor(gr.Interface(count, gr.State(0), ["number", gr.State()]))
    assert [visitor.result()[0] for _ in range(4)] == [0, 1, 2, 2]


def test_surplus_values_are_left_out_and_told_once(caplog: pytest.LogCaptureFixture) -> None:
    visitor = Visitor(demo(("a", "b", "c"), ["text", "text"]))
    assert [visitor.result(), visitor.result()] == [["a", "b"], ["a", "b"]]
    assert told(caplog) == ['Interface "demo": the function returned 3 values for 2 outputs; the last are ignored.']


def test_too_few_values_are_a_mistake() -> None:
    with pytest.raises(gr.OutputError, match=r"returned 1 value, but there are 2 outputs \(Textbox, Textbox\)"):
        demo("a", ["text", "text"])()


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.__name__)
@pytest.mark.parametrize("value", [Nameless(), [Nameless()], gr.Textbox, iter(()), map(str, ())])
def test_no_address_of_an_object_is_shown(component: type[gr.Component], value: Any) -> None:
    output = EXAMPLES[component][0].make()
    try:
        shown = output.postprocess(value)
    except Exception:  # most components refuse it
        return
    assert " at 0x" not in str(shown if isinstance(shown, str | dict) else "")


def test_text_of_an_objects_own_is_shown() -> None:
    class Named:
        def __str__(self) -> str:
            return "<my words>"

    assert demo(Named())() == "<my words>"
    assert demo("<b at 0x12>")() == "<b at 0x12>"


@pytest.mark.parametrize("output", ["text", "markdown", "html", "label", "button"])
def test_an_object_without_text_is_a_mistake(output: str) -> None:
    with pytest.raises(gr.OutputError, match=r"shows text, but got an object without text of its own, <.*Nameless"):
        demo(Nameless(), output)()
