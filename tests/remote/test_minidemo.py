"""`load` of a demo of minidemo's own."""

import io
from collections.abc import Iterator

import PIL.Image

import minidemo as gr
from tests.components.pictures import encoded, gradient
from tests.visitor import Visitor


def divide(a: float, b: float) -> float:
    """Reckon."""
    if b == 0:
        raise gr.Error("Cannot divide by zero.")
    gr.Info("It can be done.")
    return a / b


def spell(word: str, progress: gr.Progress = gr.Progress()) -> Iterator[str]:  # noqa: B008  # as Gradio has it
    progress(0.5, desc="Half way")
    for length in range(len(word)):
        yield word[: length + 1]


def count(word: str, times: int | None) -> tuple[str, int]:
    times = (times or 0) + 1
    return f"{word} {times}", times


def same(picture: str) -> str:
    return picture


def test_a_demo_around_a_demo() -> None:
    far = gr.Interface(divide, [gr.Number(label="a"), gr.Slider(0, 9, value=3)], gr.Number(label="Result"), title="Far")
    with far.running() as url:
        near = gr.load(url)
        visitor = Visitor(near)
        assert (near.title, near.page.endpoint(None).name) == ("Far", "divide")
        assert [component.initial() for component in near.page.components] == [None, 3, None]
        assert visitor.result(9, 2) == [4.5]
        assert visitor.predict(1, 0).json()["error"]["message"] == "Cannot divide by zero."
        assert [data["message"] for name, data in visitor.events(9, 2) if name == "log"] == ["It can be done."]


def test_it_looks_as_it_does_there() -> None:
    inputs = [gr.Textbox(lines=4, placeholder="Once upon a time", info="A story"), gr.Slider(0, 9, step=0.5)]
    choice = gr.Dropdown([("One", 1), ("Two", 2)], multiselect=True)
    far = gr.Interface(lambda *values: "", [*inputs, choice], "text", description="*Above*", article="Below")
    with far.running() as url:
        near = gr.load(url)
    text, slider, dropdown, _ = near.page.components
    assert (near.page.description, near.page.article) == ("*Above*", "Below")
    assert isinstance(text, gr.Textbox)
    assert (text.lines, text.placeholder, text.info) == (4, "Once upon a time", "A story")
    assert isinstance(slider, gr.Slider)
    assert (slider.minimum, slider.maximum, slider.step) == (0, 9, 0.5)
    assert isinstance(dropdown, gr.Dropdown)
    assert (dropdown.choices, dropdown.multiselect) == ([("One", 1), ("Two", 2)], True)


def test_values_and_progress_go_through() -> None:
    with gr.Interface(spell, "text", "text").running() as url:
        events = list(Visitor(gr.load(url)).events("abc"))
    assert events[-1][1]["data"] == ["abc"]
    assert "Half way" in {step["text"] for name, data in events if name == "progress" for step in data["steps"]}


def test_each_visitor_has_a_state_there() -> None:
    with gr.Interface(count, ["text", gr.State()], ["text", gr.State()]).running() as url:
        visitor = Visitor(gr.load(url))
        assert [visitor.result("call"), visitor.result("call")] == [["call 1"], ["call 2"]]
        visitor.session = "another-visitor"
        assert visitor.result("call") == ["call 1"]


def test_a_picture_is_the_same_to_the_bit() -> None:
    with gr.Interface(same, gr.Image(type="filepath"), gr.Image()).running() as url:
        visitor = Visitor(gr.load(url))
        [picture] = visitor.result(visitor.upload(encoded(gradient())).json())
        assert PIL.Image.open(io.BytesIO(visitor.download(picture).content)).tobytes() == gradient().tobytes()


def test_a_login() -> None:
    with gr.Interface(divide, ["number", "number"], "number").running(auth=("ann", "secret")) as url:
        assert gr.load(url, auth=("ann", "secret"))(9, 3) == 3
