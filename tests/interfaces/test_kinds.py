"""The kinds of demos: standard, output-only, input-only and unified, through the API."""

from pathlib import Path

import minidemo as gr
from minidemo.layout.containers import Column, Row
from tests.visitor import Visitor


def logs() -> list[str]:
    return Path("flagged/logs.csv").read_text().splitlines()


def flag(visitor: Visitor, *data: object) -> None:
    assert visitor.flag(visitor.predict(*data).json()["run"]).status_code == 201


def test_inputs_stand_on_the_left_and_outputs_on_the_right() -> None:
    demo = gr.Interface(str.upper, gr.Textbox(label="text"), "text")
    assert isinstance(demo.page.layout, Row)
    assert [[node in column.walk() for node in demo.page.components] for column in demo.page.layout.children] == [
        [True, False],
        [False, True],
    ]


def test_output_only() -> None:
    demo = gr.Interface(lambda: ("a", 1), None, ["text", "number"])
    visitor = Visitor(demo)
    assert visitor.result() == ["a", 1]
    assert isinstance(demo.page.layout, Column)
    html = visitor.http.get("/").text
    assert html.index("Output 1") < html.index(">Generate<") < html.index(">Flag<")
    flag(visitor)
    assert logs() == ["Output 0,Output 1", "a,1"]


def test_the_button_of_an_output_only_demo_can_be_named() -> None:
    html = Visitor(gr.Interface(lambda: 1, None, "number", submit_btn="Roll")).http.get("/").text
    assert ">Roll<" in html
    assert ">Generate<" not in html


def test_input_only() -> None:
    taken: list[str] = []
    demo = gr.Interface(taken.append, "text", None)
    visitor = Visitor(demo)
    assert visitor.result("hello") == []
    assert taken == ["hello"]
    assert isinstance(demo.page.layout, Column)
    flag(visitor, "again")
    assert logs() == ["object", "again"]


def test_what_an_input_only_function_returns_is_nobodys() -> None:
    assert Visitor(gr.Interface(str.upper, gr.Textbox(label="text"), None)).result("a") == []


def test_unified() -> None:
    box = gr.Textbox(label="text")
    demo = gr.Interface(str.upper, box, box)
    visitor = Visitor(demo)
    assert visitor.result("a") == ["A"]
    assert demo.page.components == [box]
    assert isinstance(demo.page.layout, Column)
    flag(visitor, "a")
    assert logs()[1:] == ["a,A"]


def test_several_components_can_be_changed_in_their_places() -> None:
    boxes = [gr.Number(label="a"), gr.Number(label="b")]
    demo = gr.Interface(lambda a, b: (b, a), boxes, boxes, flagging_mode="never")
    assert Visitor(demo).result(1, 2) == [2, 1]
    assert demo.page.components == boxes


def test_one_of_the_inputs_may_be_an_output_too() -> None:
    total = gr.Number(0, label="total")
    demo = gr.Interface(lambda total, more: (total + more, "Added."), [total, "number"], [total, "text"])
    assert isinstance(demo.page.layout, Row)
    assert Visitor(demo).result(1, 2) == [3, "Added."]
    assert [component.label for component in demo.page.components] == ["total", "more", "Output 1"]
