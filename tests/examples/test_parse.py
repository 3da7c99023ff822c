"""The forms in which examples may be given, and the mistakes that are told while the demo is built."""

import io
import re
from pathlib import Path
from typing import Any

import numpy
import PIL.Image
import pytest

import minidemo as gr
from minidemo.page.examples import Examples
from tests.components.pictures import encoded, gradient
from tests.visitor import Visitor


def calculator(num1: float, operation: str, num2: float) -> float:
    return num1 + num2 if operation == "add" else num1 - num2


def calculates(examples: Any, **options: Any) -> gr.Interface:
    inputs: list[Any] = ["number", gr.Radio(["add", ("minus", "subtract")]), "number"]
    return gr.Interface(calculator, inputs, "number", examples, **options)


def shouts(examples: Any, **options: Any) -> gr.Interface:
    return gr.Interface(lambda text: text.upper(), gr.Textbox(label="text"), "text", examples, **options)


def looks(examples: Any, **options: Any) -> gr.Interface:
    return gr.Interface(lambda im: im.size, gr.Image(type="pil", label="im"), "json", examples, **options)


def filled(demo: gr.Interface, index: int) -> dict[str, Any]:
    """Return what an example fills in, by the place of the input."""
    response = Visitor(demo).example(index)
    assert response.status_code == 200, response.text
    values: dict[str, Any] = response.json()["values"]
    return values


def seen(demo: gr.Interface) -> list[str]:
    """Return what the examples are called, as a screen reader tells them."""
    return re.findall(r'aria-label="(Example [^"]*)"', Visitor(demo).http.get("/").text)


def refusal(make: Any, *arguments: Any, **options: Any) -> str:
    with pytest.raises(gr.ConfigurationError) as caught:
        make(*arguments, **options)
    return str(caught.value)


def test_a_row_for_each_example() -> None:
    demo = calculates([[5, "add", 7], (6, "subtract", 1.5)])
    assert seen(demo) == ["Example 1: 5, add, 7", "Example 2: 6, minus, 1.5"]
    assert filled(demo, 1) == {"0": 6, "1": "subtract", "2": 1.5}


def test_plain_values_where_there_is_one_input() -> None:
    demo = shouts(["hello", "good  morning\n"])
    assert seen(demo) == ["Example 1: hello", "Example 2: good morning"]
    assert filled(demo, 1) == {"0": "good  morning\n"}


def test_rows_where_there_is_one_input() -> None:
    assert filled(shouts([["hello"], ["good morning"]]), 0) == {"0": "hello"}


def test_what_a_short_row_leaves_out_stays_as_it_is() -> None:
    assert filled(calculates([[1], [2, "add", 3]]), 0) == {"0": 1}


def test_a_column_without_any_value_is_not_shown_and_stays_as_it_is() -> None:
    demo = calculates([[1, None, 2], [3, None, 4]])
    assert seen(demo) == ["Example 1: 1, 2", "Example 2: 3, 4"]
    assert filled(demo, 0) == {"0": 1, "2": 2}
    assert '<th scope="col" dir="auto">operation</th>' not in Visitor(demo).http.get("/").text


@pytest.mark.parametrize(
    ("row", "columns"),
    [(["hi", 2, "loud"], ["word", "times"]), ([None, None, "loud"], []), ([None, 2, "loud"], [])],
)
def test_additional_inputs_are_columns_only_if_the_others_are_empty(row: list[Any], columns: list[str]) -> None:
    def say(word: str, times: float, tone: str) -> None: ...

    demo = gr.Interface(say, ["text", "number"], None, [row], additional_inputs="text")
    page = Visitor(demo).http.get("/").text
    assert re.findall(r'<th scope="col" dir="auto">(\w+)</th>', page) == columns
    assert ("loud" in page.partition("<mini-examples")[2]) == (row[:2] == [None, None])


def test_a_value_that_is_none_empties_the_input() -> None:
    assert filled(calculates([[1, "add", 2], [3, None, 4]]), 1) == {"0": 3, "1": None, "2": 4}


def test_no_examples_at_all() -> None:
    for page in (Visitor(shouts(none)).http.get("/").text for none in (None, list[str]())):
        assert "examples" not in page


def test_a_long_text_is_cut_where_it_is_shown() -> None:
    demo = shouts(["word " * 100])
    assert len(seen(demo)[0]) < 120
    assert filled(demo, 0) == {"0": "word " * 100}


def test_a_picture_is_shown_small_and_reaches_the_function_as_it_lies() -> None:
    Path("photo.png").write_bytes(encoded(gradient(400, 300)))
    demo = looks(["photo.png"])
    visitor = Visitor(demo, session=None)
    page = visitor.http.get("/").text
    address = re.search(r'<img src="(file/[^"]*thumbnail.webp)"', page)
    assert address
    with PIL.Image.open(io.BytesIO(visitor.http.get(f"/{address[1]}").content)) as small:
        assert small.size == (192, 144)
    file = visitor.example(0).json()["values"]["0"]
    assert visitor.download(file).content == Path("photo.png").read_bytes()
    assert visitor.result(file) == [[400, 300]]


def test_any_session_may_use_the_file_of_an_example() -> None:
    demo = looks([gradient(4, 3)])
    visitor = Visitor(demo, session="one-of-the-visitors")
    file = visitor.example(0).json()["values"]["0"]
    assert visitor.result(file) == [[4, 3]]
    visitor.session = "another-of-the-visitors"
    assert visitor.result(file) == [[4, 3]]


def test_each_call_gets_a_copy_of_its_own() -> None:
    Path("photo.png").write_bytes(encoded(gradient()))
    paths: list[Path] = []

    def look(path: str) -> str:
        paths.append(Path(path))
        Path(path).write_bytes(b"")
        return "seen"

    demo = gr.Interface(look, gr.Image(type="filepath"), "text", ["photo.png"])
    visitor = Visitor(demo)
    file = visitor.example(0).json()["values"]["0"]
    for _ in range(3):
        assert visitor.result(file) == ["seen"]
    assert len(set(paths)) == 3
    assert Path("photo.png").read_bytes() == encoded(gradient())


def test_a_picture_that_is_an_array() -> None:
    array = numpy.zeros((3, 4, 3), "uint8")
    demo = gr.Interface(lambda im: im.shape, "image", "json", [array])
    visitor = Visitor(demo)
    assert visitor.result(visitor.example(0).json()["values"]["0"]) == [[3, 4, 3]]


def test_labels_take_the_place_of_the_values() -> None:
    demo = calculates([[5, "add", 7], [6, "subtract", 1]], example_labels=["Sum", "Difference"])
    assert seen(demo) == ["Example 1: Sum", "Example 2: Difference"]
    assert "<table" not in Visitor(demo).http.get("/").text


def test_a_picture_is_shown_above_its_label() -> None:
    page = Visitor(looks([gradient()], example_labels=["A gradient"])).http.get("/").text
    assert re.search(r'<img src="file/[^>]*><span dir="auto">A gradient</span>', page)


def test_examples_of_values_with_html_are_shown_as_on_the_page() -> None:
    demo = gr.Interface(len, gr.Chatbot(label="chat"), "number", [[[{"role": "user", "content": "**Hi**"}]]])
    answer = Visitor(demo).example(0).json()
    assert "<strong>Hi</strong>" in answer["html"]["0"]
    assert seen(demo) == ["Example 1: **Hi**"]


def test_more_examples_than_a_page_shows_are_sent_when_they_are_wanted() -> None:
    demo = shouts([f"text {i}" for i in range(25)], examples_per_page=10)
    assert seen(demo) == [f"Example {i + 1}: text {i}" for i in range(10)]
    visitor = Visitor(demo)
    last = visitor.http.get(visitor.examples, params={"page": 3})
    assert re.findall(r"text \d+", last.text)[::2] == [f"text {i}" for i in range(20, 25)]
    assert "21–25 of 25" in last.text
    assert visitor.http.get(visitor.examples, params={"page": 99}).text == last.text
    assert visitor.http.get(visitor.examples, params={"page": "x"}).status_code == 422


@pytest.mark.parametrize("index", ["25", "-1", "x", "²", "9" * 5000])
def test_there_is_no_other_example(index: str) -> None:
    response = Visitor(shouts(["a"])).example(index)
    assert response.status_code == 404
    assert "There is no example" in response.text


def test_an_endpoint_without_examples() -> None:
    response = Visitor(shouts(["a"])).http.get("/examples/other/0")
    assert response.json()["error"]["message"] == "There are no examples of 'other'."


def test_a_file_that_was_taken_away_since() -> None:
    Path("photo.png").write_bytes(encoded(gradient()))
    visitor = Visitor(looks(["photo.png"]))
    Path("photo.png").unlink()
    response = visitor.example(0)
    assert response.status_code == 404
    assert response.json()["error"]["message"] == "A file of this example is no longer there."


def test_what_is_no_list_is_refused() -> None:
    assert "examples is 5; expected a list with a row for each example, or a directory" in refusal(shouts, 5)


def test_a_row_that_is_none_is_refused() -> None:
    message = refusal(calculates, [[1, "add", 2], 5])
    assert 'Interface "calculator": examples[1] is 5, but there are 3 inputs (num1, operation, num2)' in message


def test_a_row_that_is_too_long_is_named() -> None:
    message = refusal(calculates, [[1, "add", 2], [1, "add", 2, 3]])
    assert "examples[1] has 4 values, but there are 3 inputs (num1, operation, num2). Remove a value." in message


def test_a_row_that_is_empty_is_named() -> None:
    assert "examples[0] has no values, but there are 3 inputs (num1, operation, num2). Add a value." in refusal(
        calculates, [[]]
    )


def test_a_list_that_may_be_meant_as_a_value() -> None:
    def make(examples: Any) -> gr.Interface:
        return gr.Interface(len, gr.CheckboxGroup(["a", "b"]), "number", examples)

    message = refusal(make, [["a", "b"]])
    assert "there is 1 input (" in message
    assert "A value that is a list itself takes a second pair of brackets: [[…]]." in message
    assert filled(make([[["a", "b"]]]), 0) == {"0": ["a", "b"]}


def test_a_value_that_does_not_fit_is_named() -> None:
    message = refusal(calculates, [[1, "add", 2], [1, "divide", 2]])
    assert "Interface \"calculator\": examples[1] does not fit the input 'operation'." in message
    assert "operation must be one of: " in message
    assert message.endswith("Change the value, or leave the example out.")


def test_a_value_that_a_visitor_could_not_send_is_named() -> None:
    def make(examples: Any) -> gr.Interface:
        return gr.Interface(abs, gr.Number(label="n", maximum=5), "number", examples)

    assert "examples[1] does not fit the input 'x'. n must be at most 5." in refusal(make, [1, 10])


def test_a_file_that_is_not_there_is_named() -> None:
    message = refusal(looks, ["photo.png"])
    assert f"There is no file 'photo.png'; relative paths are seen from {Path.cwd()}." in message


def test_a_file_of_another_kind_is_named() -> None:
    Path("photo.png").write_bytes(b"no picture")
    assert "im must be a picture" in refusal(looks, ["photo.png"])


def test_examples_without_any_value() -> None:
    assert "the examples hold no values" in refusal(calculates, [[None, None, None]])


def test_examples_without_inputs() -> None:
    message = refusal(gr.Interface, lambda: 1, None, "number", [[1]])
    assert "there are examples, but no inputs to fill them in" in message


def test_each_example_has_a_label_or_none_has() -> None:
    message = refusal(shouts, ["a", "b"], example_labels=["one"])
    assert "there are 2 examples, but 1 example_labels" in message


def test_a_page_shows_at_least_one() -> None:
    assert "examples_per_page is 0; expected a number from 1" in refusal(shouts, ["a"], examples_per_page=0)


def test_an_example_to_preload_is_among_them() -> None:
    message = refusal(shouts, ["a", "b"], preload_example=2)
    assert "preload_example is 2, but there are 2 examples. Give the number of one, from 0 to 1, or False." in message


def test_what_stands_for_a_value() -> None:
    for component, value, shown in (
        (gr.Checkbox(), True, "true"),
        (gr.CheckboxGroup([("One", 1), "b"]), [1, "b"], "One, b"),
        (gr.Dropdown(["a"], allow_custom_value=True), "own", "own"),
        (gr.Textbox(type="password"), "secret", "••••••••"),
        (gr.Number(), 1e21, "1e+21"),
        (gr.JSON(), [1, "a"], "1, a"),
        (gr.JSON(), {"a": [1, None]}, '{"a": [1, null]}'),
        (gr.Dataframe(headers=["a", "b"], type="array"), [[1, 2], [3, 4]], "a, b (2)"),
        (gr.HighlightedText(), [("Ada", "person"), (" sings", None)], "Ada sings"),
    ):
        demo = gr.Interface(lambda x: None, component, "text", [[value]])
        [examples] = [node for node in demo.page.layout.walk() if isinstance(node, Examples)]
        assert [line.name for line in examples.lines] == [shown], component


def test_what_stands_for_files() -> None:
    for name in ("a.txt", "b.csv"):
        Path(name).write_text("x")
    PIL.Image.new("RGB", (3, 2)).save("c.png")
    for component, value, shown in (
        (gr.File(), "a.txt", "a.txt"),
        (gr.File(file_count="multiple"), ["a.txt", "b.csv"], "a.txt, b.csv"),
        (gr.Gallery(), [("c.png", "a caption")], "c.png"),
        (gr.ImageEditor(type="pil"), gradient(), "image.png"),
        (gr.ImageEditor(type="pil"), None, ""),
    ):
        demo = gr.Interface(lambda x, y: None, [component, "text"], "text", [[value, ""], [value, "y"]])
        [examples] = [node for node in demo.page.layout.walk() if isinstance(node, Examples)]
        assert examples.lines[0].name == shown


def test_a_video_with_subtitles() -> None:
    Path("a.webm").write_bytes(gr.Video().example().read())
    Path("a.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nHello\n")
    demo = gr.Interface(lambda path: path, gr.Video(label="film"), "text", [[("a.webm", "a.srt")]])
    visitor = Visitor(demo)
    file = visitor.example(0).json()["values"]["0"]
    assert "Hello" in visitor.http.get(f"/file/{file['meta']['subtitles']}").text
    assert visitor.result(file)[0].endswith("a.webm")


def test_what_is_said_of_examples_is_checked_without_them_too() -> None:
    assert "examples_per_page is 0; expected a number from 1" in refusal(shouts, None, examples_per_page=0)
    assert shouts(None).page.examples == {}
