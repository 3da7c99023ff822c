"""Examples in a directory: files, a table that somebody wrote, or a directory of flags as it lies."""

import csv
import logging
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from tests.components.pictures import encoded, gradient
from tests.examples.test_parse import calculates, calculator, filled, looks, refusal, seen
from tests.flagging.folder import tree
from tests.visitor import Visitor

FOLDER = Path("flagged")


def write(text: str, name: str = "log.csv", folder: Path = FOLDER) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")


def flag(demo: gr.Interface, *data: Any, **said: Any) -> None:
    visitor = Visitor(demo)
    sent = [visitor.upload(encoded(gradient())).json() if value == "picture" else value for value in data]
    response = visitor.flag(visitor.predict(*sent).json()["run"], **said)
    assert response.status_code == 201, response.text


def test_a_file_for_each_example() -> None:
    FOLDER.mkdir()
    for name in ("cat 10.png", "cat 2.png", ".hidden.png"):
        (FOLDER / name).write_bytes(encoded(gradient()))
    (FOLDER / "more").mkdir()
    demo = looks("flagged")
    assert seen(demo) == ["Example 1: cat 2.png", "Example 2: cat 10.png"]
    assert filled(demo, 0)["0"]["orig_name"] == "cat 2.png"


def test_a_file_for_each_example_of_an_input_that_takes_several() -> None:
    write("x", "a.txt")
    demo = gr.Interface(len, gr.File(file_count="multiple"), "number", FOLDER)
    assert [file["orig_name"] for file in filled(demo, 0)["0"]] == ["a.txt"]


def test_a_file_that_does_not_fit_is_named() -> None:
    write("x", "read me.txt")
    assert "the file read me.txt does not fit the input 'im'." in refusal(looks, FOLDER)


def test_a_table_with_the_names_of_the_inputs_in_any_order() -> None:
    write("num2,operation,num1,remark\n7,add,5,first\n1.5,subtract,6,\n")
    demo = calculates("flagged")
    assert seen(demo) == ["Example 1: 5, add, 7", "Example 2: 6, minus, 1.5"]


def test_a_table_with_other_names_goes_by_the_places() -> None:
    write("num,operation,num2\n5,add,3\n4,subtract,2\n")
    assert seen(calculates("flagged")) == ["Example 1: 5, add, 3", "Example 2: 4, minus, 2"]
    write("a,b,c\n5,add,3\n")
    assert seen(calculates("flagged")) == ["Example 1: 5, add, 3"]


def test_a_table_without_names() -> None:
    write("5,add,3,8\n4,subtract,2,2\n")
    assert seen(calculates("flagged")) == ["Example 1: 5, add, 3", "Example 2: 4, minus, 2"]


def test_a_table_lacks_a_column(caplog: pytest.LogCaptureFixture) -> None:
    write("num1,operation,Output\n5,add,3\n", "logs.csv")
    demo = calculates("flagged")
    assert filled(demo, 0) == {"0": 5, "1": "add"}
    assert "logs.csv has no column for num2: the examples leave that as it is." in caplog.text


def test_files_are_seen_from_the_table() -> None:
    write("question,im\nWhat is it?,cats/1.png\nAnd this?,2.png\nNothing,\n")
    (FOLDER / "cats").mkdir()
    for name in ("cats/1.png", "2.png"):
        (FOLDER / name).write_bytes(encoded(gradient()))

    demo = gr.Interface(lambda question, im: question, ["text", gr.Image(type="pil")], "text", "flagged")
    assert seen(demo) == ["Example 1: What is it?, 1.png", "Example 2: And this?, 2.png", "Example 3: Nothing"]
    assert filled(demo, 1)["1"]["orig_name"] == "2.png"


def test_several_files_in_a_cell() -> None:
    write('files\n"[""a.txt"", ""b.txt""]"\n')
    for name in ("a.txt", "b.txt"):
        (FOLDER / name).write_text(name)
    demo = gr.Interface(lambda files: len(files), gr.File(file_count="multiple"), "number", "flagged")
    assert seen(demo) == ["Example 1: a.txt, b.txt"]


@pytest.mark.parametrize("name", ["gone.png", "../secret.png", "/etc/hostname", "x" * 5000, "[1]"])
def test_no_file_outside_the_directory_is_an_example(name: str) -> None:
    Path("secret.png").write_bytes(encoded(gradient()))
    write(f"im\n{name}\n")
    message = refusal(looks, "flagged")
    assert "row 1 of log.csv, counted from 0, does not fit the input 'im'." in message
    assert f"There is no file {name!r} in {FOLDER.resolve()}." in message


@pytest.mark.parametrize("target", ["../secret.png", "b.png"], ids=["outside", "inside"])
def test_a_link_in_the_directory_is_no_example(target: str) -> None:
    FOLDER.mkdir()
    for path in (Path("secret.png"), FOLDER / "b.png"):
        path.write_bytes(encoded(gradient()))
    (FOLDER / "a.png").symlink_to(target)
    message = refusal(looks, FOLDER)
    assert "'a.png' in it is a symbolic link" in message
    assert "list the paths: examples=[…]" in message
    Path("linked").symlink_to(FOLDER)
    (FOLDER / "a.png").unlink()
    assert seen(looks("linked")) == ["Example 1: b.png"], "the author named it"


def test_what_is_no_list_of_files_is_named() -> None:
    write("im\n[x\n")
    assert "JSONDecodeError" in refusal(looks, "flagged")


def test_a_value_that_does_not_fit_is_named_with_its_row() -> None:
    write("num1,operation,num2\n5,add,3\n4,divide,2\n", "logs.csv")
    message = refusal(calculates, "flagged")
    assert "row 1 of logs.csv, counted from 0, does not fit the input 'operation'." in message


def test_the_directory_is_not_there() -> None:
    assert "examples names the directory 'flagged', which is not there." in refusal(calculates, "flagged")


def test_the_directory_has_no_table() -> None:
    FOLDER.mkdir()
    message = refusal(calculates, "flagged")
    assert (
        "there is no log.csv or logs.csv in it. Add one with a column for each input (num1, operation, num2)" in message
    )
    assert "there is no log.csv" in refusal(gr.Interface, str.upper, "text", "text", "flagged")


def test_the_directory_is_empty() -> None:
    FOLDER.mkdir()
    assert "which holds no examples" in refusal(looks, "flagged")
    write("num1,operation,num2\n", "logs.csv")
    assert "which holds no examples" in refusal(calculates, "flagged")
    write("im\n")
    (FOLDER / "logs.csv").unlink()
    assert "which holds no examples" in refusal(looks, "flagged")


def test_the_directory_cannot_be_read() -> None:
    assert "which cannot be read: " in refusal(calculates, "x" * 5000)


def test_flags_are_examples_as_they_lie() -> None:
    demo = calculates(None, flagging_options=["wrong"], flagging_columns=["created"])
    flag(demo, 5, "add", 7, option="wrong")
    flag(demo, 6, "subtract", 1.5, option="wrong")
    before = {name: (FOLDER / name).read_bytes() for name in tree(FOLDER)}
    again = calculates("flagged")
    assert seen(again) == ["Example 1: 5, add, 7", "Example 2: 6, minus, 1.5"]
    assert filled(again, 1) == {"0": 6, "1": "subtract", "2": 1.5}
    assert {name: (FOLDER / name).read_bytes() for name in tree(FOLDER)} == before


def test_flags_keep_their_types_and_an_edited_row_is_taken_as_it_stands() -> None:
    demo = calculates(None)
    flag(demo, 2**70, "add", 1)
    flag(demo, 1, "add", 2)
    log = FOLDER / "logs.csv"
    log.write_text(log.read_text().replace("1,add,2", "3,add,4"))
    again = calculates("flagged")
    assert filled(again, 0) == {"0": 2**70, "1": "add", "2": 1}
    assert filled(again, 1) == {"0": 3, "1": "add", "2": 4}


def test_flags_without_their_database() -> None:
    flag(calculates(None), "-1", "add", 7)
    for path in (FOLDER / ".minidemo").iterdir():
        path.unlink()
    (FOLDER / ".minidemo").rmdir()
    assert filled(calculates("flagged"), 0) == {"0": -1, "1": "add", "2": 7}


def test_flagged_pictures_are_examples() -> None:
    flag(looks(None), "picture")
    visitor = Visitor(looks("flagged"))
    file = visitor.example(0).json()["values"]["0"]
    assert visitor.result(file) == [[4, 3]]


def test_an_input_that_flags_leave_out_stays_as_it_is() -> None:
    def demo(examples: Any) -> gr.Interface:
        inputs = [gr.Textbox(label="key", flag=False), gr.Textbox(label="question")]
        return gr.Interface(lambda key, question: question, inputs, "text", examples)

    flag(demo(None), "secret", "Who?")
    assert filled(demo("flagged"), 0) == {"1": "Who?"}


def test_what_failed_or_was_rejected_is_no_example() -> None:
    def invert(x: float) -> float:
        return 1 / x

    def demo(examples: Any) -> gr.Interface:
        return gr.Interface(invert, gr.Number(label="x"), "number", examples)

    for x in (0, 1, 2, 0):
        flag(demo(None), x)
    store = gr.FlagStore("flagged")
    first, second, third, fourth = store.records()
    store.update(second.id, status="rejected")
    store.update(fourth.id, status="fixed")
    assert (first.error, third.error) != (None, None)
    assert seen(demo("flagged")) == ["Example 1: 2", "Example 2: 0"]


def test_rotated_logs_are_read_where_their_columns_are_those_of_the_demo(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    flag(gr.Interface(lambda a: a, gr.Textbox(label="a"), gr.Textbox(label="b")), "of another demo")
    flag(calculates(None), 5, "add", 7)
    flag(calculates(None, flagging_options=["wrong"]), 6, "subtract", 1.5, option="wrong")
    assert {"logs-1.csv", "logs-2.csv", "logs.csv"} <= set(tree(FOLDER))
    demo = calculates("flagged")
    assert seen(demo) == ["Example 1: 5, add, 7", "Example 2: 6, minus, 1.5"]
    assert "logs-1.csv has other columns than the demo, and is left out of the examples." in caplog.text


def test_flags_of_the_small_logger_are_examples() -> None:
    demo = gr.Interface(calculator, ["number", "text", "number"], "number", flagging_callback=gr.SimpleCSVLogger())
    flag(demo, 5, "add", 7)
    assert seen(calculates("flagged")) == ["Example 1: 5, add, 7"]


def test_flags_of_gradio_are_examples() -> None:
    folder = Path(".gradio/flagged")
    folder.mkdir(parents=True)
    with (folder / "dataset1.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["im", "Output", "timestamp"], ["im/abc/cat.png", "x", "2026-01-01 10:00:00"]])
    (folder / "im/abc").mkdir(parents=True)
    (folder / "im/abc/cat.png").write_bytes(encoded(gradient()))
    assert seen(looks(".gradio/flagged")) == ["Example 1: cat.png"]


@pytest.mark.parametrize(("component", "what"), [(gr.Image, "a picture"), (gr.Video, "a video"), (gr.File, "a file")])
def test_flags_of_a_demo_that_took_something_else(component: Any, what: str) -> None:
    flag(gr.Interface(lambda im: im, gr.Textbox(label="im"), "text"), "words")

    def demo() -> gr.Interface:
        inputs = component(label="im", **({"type": "pil"} if component is gr.Image else {}))
        return gr.Interface(lambda im: None, inputs, "text", "flagged")

    assert f"im must be {what} that was uploaded." in refusal(demo)
