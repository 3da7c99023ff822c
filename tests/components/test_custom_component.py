"""A component of an author's own, with its files beside the script: examples/custom_component.py."""

import re
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from examples.custom_component import Stars, demo, review
from tests.visitor import Visitor


def test_its_template_and_its_style_sheet_are_served() -> None:
    visitor = Visitor(demo)
    page = visitor.http.get("/").text
    assert page.count('<input type="radio"') == 5
    (style,) = re.findall(r'href="(static/\w+/own/stars\.css)"', page)
    assert visitor.http.get(f"/{style}").text == (Path(Stars.folder) / "stars.css").read_text()


def test_what_does_not_fit_is_told_at_its_field() -> None:
    response = Visitor(demo).predict(6, "fine")
    assert response.status_code == 422
    assert response.json()["error"] == {"message": "Service must be 1 to 5 stars.", "field": "stars"}


def test_a_flag_is_read_back() -> None:
    visitor = Visitor(gr.Interface(review, [Stars(label="Service"), "text"], "text"))
    visitor.flag(visitor.predict(4, "fine").json()["run"])
    assert Path("flagged/logs.csv").read_text() == "Service,comment,Output\n4,fine,★★★★ fine\n"
    (record,) = gr.FlagStore("flagged").records()
    assert record.inputs == (4, "fine")


def test_a_component_derived_from_another_looks_like_it() -> None:
    class Points(Stars):
        """The same by another name."""

    class Shout(gr.Textbox):
        """Text in capitals."""

    assert (Points().template, Shout().template) == ("stars.html", "components/textbox.html")
    assert Visitor(gr.Interface(lambda a, b: None, [Points(), Shout()], None)).http.get("/").status_code == 200


def test_a_file_that_a_component_cannot_read_is_no_mistake_of_the_function(caplog: pytest.LogCaptureFixture) -> None:
    class Scan(gr.Image):
        """A picture of a scanner."""

        def preprocess(self, value: Any) -> Any:
            raise ValueError("the decoder knows why")

    visitor = Visitor(gr.Interface(lambda scan: scan, Scan(label="Scan"), "text"))
    response = visitor.predict(visitor.upload(b"picture").json())
    assert response.status_code == 422
    assert response.json()["error"] == {"message": "Scan could not be read.", "field": "scan"}
    assert "the decoder knows why" in caplog.text


def test_another_value_that_a_component_cannot_read_is_a_defect() -> None:
    class Code(gr.Textbox):
        """Text of an unknown alphabet."""

        def preprocess(self, value: Any) -> Any:
            raise ValueError("the alphabet is unknown")

    assert Visitor(gr.Interface(lambda code: code, Code(label="Code"), "text")).predict("x").status_code == 500
