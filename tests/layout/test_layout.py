"""The tree of a page: rows, columns and buttons."""

from pathlib import Path

import pytest

import minidemo
from minidemo.layout.buttons import (
    ActionButton,
    Buttons,
    FlagButton,
    LinkButton,
    StatusLine,
)
from minidemo.layout.containers import (
    Accordion,
    Column,
    Row,
    Section,
    Tab,
    Tabs,
)
from minidemo.layout.node import Node

TEMPLATES = Path(minidemo.__file__).parent.parent / "templates"
NODES = [
    Row(),
    Column(),
    Buttons(),
    Accordion(),
    Tabs(),
    Tab("Add"),
    Section(),
    ActionButton("submit", endpoint="predict"),
    FlagButton(endpoint="predict"),
    LinkButton(endpoint="predict"),
    StatusLine(endpoint="predict", notes=False),
]


def test_a_tree_is_walked_in_reading_order() -> None:
    clear, submit = ActionButton("clear", endpoint="predict"), ActionButton("submit", endpoint="predict")
    buttons = Buttons([clear, submit])
    left, right = Column([buttons]), Column()
    page = Row([left, right])
    assert list(page.walk()) == [page, left, buttons, clear, submit, right]


def test_the_children_of_a_node_stay_as_they_were_given() -> None:
    children: list[Node] = [Column(), Column()]
    row = Row(children)
    children.pop()
    assert len(row.children) == 2


@pytest.mark.parametrize("node", NODES, ids=lambda node: type(node).__name__)
def test_a_node_names_its_template(node: Node) -> None:
    assert (TEMPLATES / node.template).is_file()
    assert node.children == ()


def test_every_kind_of_node_is_seen_here() -> None:
    kinds = {kind for kind in Node.__subclasses__() if kind.__module__.startswith("minidemo.layout.")}
    assert {type(node) for node in NODES} == kinds


def test_a_button_does_something_with_an_endpoint() -> None:
    button = ActionButton("submit", endpoint="predict", text="Go")
    assert (button.action, button.endpoint, button.text) == ("submit", "predict", "Go")
    assert ActionButton("clear", endpoint="predict").text is None


def test_an_accordion_is_filled_without_being_changed() -> None:
    more = Accordion("More", open=False, elem_id="more", elem_classes="wide tall")
    filled = more.with_children([Column()])
    assert len(filled.children) == 1
    assert (filled.label, filled.open, filled.elem_id, filled.elem_classes) == ("More", False, "more", ["wide", "tall"])
    assert more.children == ()


def test_a_tree_can_serve_an_endpoint_of_another_name() -> None:
    texts, status = Column(), StatusLine(endpoint="predict", notes=False)
    page = Row([texts, Column([ActionButton("submit", endpoint="predict"), status])])
    renamed = page.rename_endpoints({"predict": "add"})
    assert [node.endpoint for node in renamed.walk()] == [None, None, None, "add", "add"]
    assert status.endpoint == "predict"
    assert renamed.children[0] is texts, "what has to do with no endpoint is the same"
    assert page.rename_endpoints({"other": "add"}) is page


def test_a_flag_button_offers_reasons() -> None:
    button = FlagButton(endpoint="predict", options=[("Wrong", "wrong")], mode="auto")
    assert (button.endpoint, button.options, button.mode) == ("predict", (("Wrong", "wrong"),), "auto")
    assert FlagButton(endpoint="predict").mode == "manual"
    assert FlagButton(endpoint="predict").options == ()


def test_a_status_belongs_to_an_endpoint() -> None:
    assert StatusLine(endpoint="predict", notes=False).endpoint == "predict"


def test_an_accordion_takes_the_arguments_of_gradio() -> None:
    assert Accordion("More", height=100, max_height=200, render=True, key="a", preserved_by_key=["open"]).open
