"""`load` of a real app of Gradio 6."""

import io
from pathlib import Path
from typing import Any

import PIL.Image
import pytest

import minidemo as gr
from tests.components.pictures import encoded, gradient
from tests.following import following
from tests.remote.conftest import Gradio
from tests.visitor import Visitor

ANN = ("ann", "secret")


def loaded(gradio: Gradio, name: str) -> gr.Interface:
    return gr.load(gradio.url, api_name=name, auth=ANN)


def test_the_components_are_those_of_the_remote_page(gradio: Gradio) -> None:
    num1, operation, num2, result = loaded(gradio, "calculate").page.components
    assert isinstance(num1, gr.Number)
    assert isinstance(operation, gr.Radio)
    assert isinstance(num2, gr.Slider)
    assert isinstance(result, gr.Number)
    assert operation.choices == [("add", "add"), ("divide", "divide")]
    assert [each.label for each in (num1, operation, num2, result)] == ["num1", "operation", "num2", "Result"]
    assert [each.initial() for each in (num1, operation, num2)] == [2, "add", 3]
    assert (num2.minimum, num2.maximum, num2.step) == (0, 10, 0.5)


def test_the_page_says_what_the_remote_one_says(gradio: Gradio) -> None:
    demo = loaded(gradio, "/story")
    assert demo.title == "All that can be loaded"
    assert demo.page.endpoint(None).name == "story"
    assert demo.page.endpoint(None).description == "Say a text word by word."
    assert "A few words" in Visitor(demo).http.get("/").text


def test_a_call_here_is_a_call_there(gradio: Gradio) -> None:
    demo = loaded(gradio, "calculate")
    assert Visitor(demo).result(5, "add", 7) == [12]
    assert demo(9, "divide", 2) == 4.5


def test_a_remote_error_is_an_error_here(gradio: Gradio) -> None:
    response = Visitor(loaded(gradio, "calculate")).predict(5, "divide", 0)
    assert response.json()["error"]["message"] == "Arithmetic: Cannot divide by zero."
    with pytest.raises(gr.Error, match=r"Cannot divide by zero\."):
        loaded(gradio, "calculate")(5, "divide", 0)


def test_what_a_remote_app_keeps_to_itself_stays_there(gradio: Gradio) -> None:
    response = Visitor(loaded(gradio, "fail")).predict("word")
    assert response.json()["error"]["message"] == "Something went wrong while running this demo."


def test_values_are_shown_as_they_come(gradio: Gradio) -> None:
    events = list(Visitor(loaded(gradio, "story")).events("one two three"))
    changes = [data["changes"][0] for name, data in events if name == "partial"]
    assert changes == [[["replace", [], "one "]], [["append", [], "two "]], [["append", [], "three "]]]
    assert events[-1][1]["data"] == ["one two three "]


def test_progress_and_messages_are_told(gradio: Gradio) -> None:
    events = list(Visitor(loaded(gradio, "story")).events("one two"))
    steps = [step for name, data in events if name == "progress" for step in data["steps"]]
    assert {(step["done"], step["total"], step["text"]) for step in steps} & {(1, 2, "Reading"), (2, 2, "Reading")}
    [log] = [data for name, data in events if name == "log"]
    assert (log["level"], log["message"], log["duration"]) == ("warning", "Read.", 3)


def test_stop_here_ends_it_there(gradio: Gradio) -> None:
    note = gradio.folder / "stopped"
    with following(loaded(gradio, "endless")) as follower:
        stream = follower.call("on")
        stream.until("partial")
        assert not note.exists()
        follower.stop(stream.run)
        assert stream.until("error")["message"] == "Stopped."
        again = follower.call("and on")  # waits until the one before it is over there, too
        again.until("partial")
        assert note.exists()
        follower.stop(again.run)
        again.until("error")


def test_a_picture_goes_there_and_comes_back(gradio: Gradio) -> None:
    visitor = Visitor(loaded(gradio, "mirror"))
    original = PIL.Image.linear_gradient("L").rotate(90)
    [picture] = visitor.result(visitor.upload(encoded(original)).json())
    assert picture["url"].startswith("file/")
    mirrored = PIL.Image.open(io.BytesIO(visitor.download(picture).content)).convert("L")
    dark, light = (mirrored.getpixel((x, 128)) for x in (5, 250))
    assert [original.getpixel((x, 128)) for x in (5, 250)] == pytest.approx([light, dark], abs=8)


def test_the_app_remembers_each_visitor(gradio: Gradio) -> None:
    demo = loaded(gradio, "count")
    ann = Visitor(demo)
    assert [ann.result("call"), ann.result("call")] == [["call 1"], ["call 2"]]
    ann.session = "another-visitor"
    assert ann.result("call") == ["call 1"]
    ann.session = None
    assert [ann.result("call"), ann.result("call")] == [["call 1"], ["call 1"]]


def test_files_tables_and_the_like(gradio: Gradio) -> None:
    visitor = Visitor(loaded(gradio, "several"))
    sent = [visitor.upload(name.encode(), name, "text/plain").json() for name in ("a b.txt", "ü.txt")]
    table = {"headers": ["x", "y"], "data": [[1, "one"], [2, "two"]]}
    pictures = [{"image": visitor.upload(encoded(gradient())).json(), "caption": "dark"}]
    files, rows, gallery, label, pieces, answer = visitor.result(sent, table, pictures)
    assert [visitor.download(file).text for file in files] == ["a b.txt", "ü.txt"]
    assert (rows["headers"], rows["data"]) == (table["headers"], table["data"])
    assert gallery[0]["caption"] == "dark"
    assert label["confidences"][0] == {"label": "cat", "confidence": 0.75}
    assert pieces[0] == {"token": "Ada", "class_or_confidence": "person"}
    assert answer == {"answer": [42]}


def test_a_conversation(gradio: Gradio) -> None:
    [messages] = Visitor(loaded(gradio, "talk")).result("good morning")
    said: list[Any] = [(message["role"], message["content"][0]["text"]) for message in messages]
    assert said == [("user", "good morning"), ("assistant", "You said good morning.")]


def test_one_of_several_endpoints_must_be_named(gradio: Gradio) -> None:
    with pytest.raises(gr.ConfigurationError, match=r"several endpoints \('calculate', 'story', .*api_name="):
        gr.load(gradio.url, auth=ANN)
    with pytest.raises(gr.ConfigurationError, match=r"no endpoint 'storey'\. Did you mean 'story'"):
        loaded(gradio, "storey")


def test_a_login_is_needed_where_there_is_one(gradio: Gradio) -> None:
    with pytest.raises(gr.ConfigurationError, match=r"a login is needed\. Give auth=\(name, password\)\."):
        gr.load(gradio.url)
    with pytest.raises(gr.ConfigurationError, match=r"does not let 'ann' in with this password"):
        gr.load(gradio.url, auth=("ann", "guess"))


def test_flags_are_stored_here(gradio: Gradio) -> None:
    visitor = Visitor(loaded(gradio, "calculate"))
    visitor.flag(visitor.predict(5, "add", 7).json()["run"])
    assert Path("flagged/logs.csv").read_text() == "num1,operation,num2,Result\n5,add,7,12\n"
