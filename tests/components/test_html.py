"""HTML: what is shown, and how."""

from typing import Any

import pytest

from minidemo import HTML, ConfigurationError, Interface
from tests.visitor import Visitor


class Drawn:
    """Draws itself in notebooks, as a styled table of pandas does."""

    def _repr_html_(self) -> str:
        return "<b>drawn</b>"


def page(component: HTML) -> str:
    return Visitor(Interface(lambda x: x, component, "text")).http.get("/").text


@pytest.mark.parametrize(
    ("returned", "shown"), [("<b>x</b>", "<b>x</b>"), (5, "5"), (Drawn(), "<b>drawn</b>"), ("", "")]
)
def test_anything_is_shown_as_html(returned: Any, shown: str) -> None:
    assert HTML().postprocess(returned) == shown


def test_an_input_with_a_value_shows_it_and_one_without_is_a_field() -> None:
    assert "<b>Hello</b></div>" in page(HTML("<b onclick=x>Hello</b>"))
    assert "<textarea" in page(HTML())
    assert "&lt;b&gt;Hello" in page(HTML("<b>Hello</b>", interactive=True))
    assert page(HTML(interactive=False)).count("<textarea") == 1  # that of the output


def test_an_output_has_some_height_and_an_input_that_of_its_text() -> None:
    shown = (
        Visitor(Interface(lambda x: (x, x), HTML("x", min_height=77), [HTML(), HTML(height="20rem")]))
        .http.get("/")
        .text
    )
    assert 'height="20rem"' in shown
    assert 'height="77px"' in shown
    assert 'height="80"' in shown


@pytest.mark.parametrize(
    ("given", "kept"), [(50, "50px"), (1.5, "1.5px"), ("50", "50px"), ("20rem", "20rem"), ("auto", None)]
)
def test_heights(given: Any, kept: str | None) -> None:
    box = HTML(height=given, max_height=given, min_height=given)
    assert (box.height, box.max_height, box.min_height) == (kept, kept, kept)


@pytest.mark.parametrize("given", ["tall", "-5px", "1px;x", True, "calc(1px)"])
def test_what_is_no_height(given: Any) -> None:
    with pytest.raises(
        ConfigurationError, match=r"^HTML got max_height=.*; expected pixels, or a length such as '20rem'."
    ):
        HTML(max_height=given)


def test_padding_and_frame_can_be_left_away() -> None:
    assert "padded" in page(HTML("x"))
    assert "padded" not in page(HTML("x", padding=False))
    assert "bare" in page(HTML("x", container=False, autoscroll=True))


def test_what_is_left_out_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    html = HTML(label="Map")
    for text in (
        "<b>a</b>",
        "<iframe srcdoc=x></iframe><SCRIPT>1</SCRIPT>",
        "<iframe></iframe>",
        "<style>p {}</style>",
    ):
        html.postprocess(text)
    assert [record.getMessage() for record in caplog.records] == [
        "Map: HTML shows no <iframe>, <script>. docs/components/html.md says what it shows.",
        "Map: HTML shows no <style>. docs/components/html.md says what it shows.",
    ]
    assert html.postprocess(None) is None
