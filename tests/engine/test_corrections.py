"""What a visitor may say with a flag: a note, and what the outputs should have been."""

from typing import Any

import pytest
from httpx2 import Response
from hypothesis import given
from hypothesis import strategies as st

import minidemo as gr
from tests.components.examples import EXAMPLES, Example
from tests.components.pictures import encoded, gradient, opened
from tests.flagging.backend import Archive
from tests.visitor import Visitor

PUT_RIGHT = [example for examples in EXAMPLES.values() for example in examples if example.make().correction()]
"""What can be put right; the others only come out."""


def double(x: float) -> tuple[float, str]:
    if x < 0:
        raise gr.Error("Too small.")
    return 2 * x, "big" if x > 9 else "small"


def demo(backend: gr.FlaggingCallback, outputs: Any = ("number", "text"), **options: Any) -> gr.Interface:
    options = {"flagging_comment": True, "flagging_correction": True} | options
    return gr.Interface(double, "number", list(outputs), flagging_callback=backend, **options)


def said(response: Response) -> tuple[int, str | None, str]:
    error = response.json()["error"]
    return response.status_code, error["field"], error["message"]


def run_of(visitor: Visitor, x: float = 4) -> str:
    run: str = visitor.predict(x).json()["run"]
    return run


@pytest.mark.parametrize(
    ("comment", "kept"),
    [
        ("It should be 9.", "It should be 9."),
        ("  two\nlines\t ", "two\nlines"),
        ("", None),
        (" \n ", None),
        (None, None),
        ("x" * 10_000, "x" * 10_000),
    ],
)
def test_a_note_is_kept_without_the_blanks_around_it(comment: str | None, kept: str | None) -> None:
    backend = Archive()
    visitor = Visitor(demo(backend))
    assert visitor.flag(run_of(visitor), comment=comment).status_code == 201
    assert backend.kept[0].comment == kept


def test_a_note_that_is_too_long_is_refused() -> None:
    backend = Archive()
    visitor = Visitor(demo(backend))
    response = visitor.flag(run_of(visitor), comment="x" * 10_001)
    assert said(response) == (422, "comment", "A note has at most 10,000 characters; this one has 10,001.")
    assert backend.kept == []


def test_where_no_notes_are_taken_there_are_none() -> None:
    backend = Archive()
    visitor = Visitor(demo(backend, flagging_comment=False))
    assert said(visitor.flag(run_of(visitor), comment="Hm.")) == (422, "comment", "This demo takes no notes.")
    assert visitor.flag(run_of(visitor), comment="  ").status_code == 201
    assert [record.comment for record in backend.kept] == [None]


def test_what_the_outputs_should_have_been_is_kept_beside_what_they_were() -> None:
    backend = Archive()
    visitor = Visitor(demo(backend))
    assert visitor.flag(run_of(visitor), expected=[9, None]).status_code == 201
    [record] = backend.kept
    assert (record.outputs, record.expected) == ((8.0, "small"), (9, None))


@pytest.mark.parametrize("expected", [None, [None, None], []])
def test_where_nothing_is_put_right_nothing_is_expected(expected: list[Any] | None) -> None:
    backend = Archive()
    visitor = Visitor(demo(backend))
    assert visitor.flag(run_of(visitor), expected=expected).status_code == 201
    assert backend.kept[0].expected is None


def test_where_no_corrections_are_taken_there_are_none() -> None:
    backend = Archive()
    visitor = Visitor(demo(backend, flagging_correction=False))
    response = visitor.flag(run_of(visitor), expected=[9, None])
    assert said(response) == (422, "expected", "This demo takes no corrections.")
    assert visitor.flag(run_of(visitor), expected=[None]).status_code == 201
    assert [record.expected for record in backend.kept] == [None]


@pytest.mark.parametrize(
    ("expected", "field", "message"),
    [
        (["nine", None], "Output 0", "Output 0 must be a number."),
        ([{"a": 1}, None], "Output 0", "Output 0 must be a number."),
        ([None, {"a": 5}], "Output 1", "Output 1 must be text."),
        ([9], "expected", "expected must hold 2 values (Output 0, Output 1), but it holds 1."),
        ([9, "big", 1], "expected", "expected must hold 2 values (Output 0, Output 1), but it holds 3."),
    ],
)
def test_what_could_not_have_been_is_refused_by_the_name_of_the_output(
    expected: list[Any], field: str, message: str
) -> None:
    backend = Archive()
    visitor = Visitor(demo(backend))
    assert said(visitor.flag(run_of(visitor), expected=expected)) == (422, field, message)
    assert backend.kept == []


@pytest.mark.parametrize("forged", [{"expected": 9}, {"expected": {"0": 9}}, {"comment": ["a"]}, {"source": "auto"}])
def test_a_forged_body_is_refused(forged: dict[str, Any]) -> None:
    backend = Archive()
    visitor = Visitor(demo(backend))
    run = run_of(visitor)
    assert visitor.flag(run, **forged).status_code == 422
    assert visitor.flag(run, **{"version": "2"} | forged).status_code == 422
    assert backend.kept == []


def test_a_run_that_failed_can_be_put_right() -> None:
    backend = Archive()
    visitor = Visitor(demo(backend))
    visitor.flag(run_of(visitor, -1), comment="Why?", expected=[-2, "small"])
    [record] = backend.kept
    assert (record.outputs, record.expected) == ((None, None), (-2, "small"))
    assert (record.comment, record.error) == ("Why?", "Error: Too small.")


def test_what_is_not_stored_or_not_seen_is_not_put_right() -> None:
    backend = Archive()
    visitor = Visitor(demo(backend, [gr.Number(flag=False), gr.Textbox(visible=False)]))
    for expected, name in (([9, None], "Output 0"), ([None, "big"], "Output 1")):
        response = visitor.flag(run_of(visitor), expected=expected)
        assert said(response) == (422, name, f"{name} cannot be corrected.")
    visitor = Visitor(demo(backend, [gr.Number(flag=False), "text"]))
    assert visitor.flag(run_of(visitor), expected=[None, "big"]).status_code == 201
    assert (backend.kept[0].outputs, backend.kept[0].expected) == (("small",), ("big",))


def test_the_first_flag_for_a_reason_counts() -> None:
    backend = Archive()
    visitor = Visitor(demo(backend))
    run = run_of(visitor)
    answers = [visitor.flag(run, comment=text, expected=[len(text), None]) for text in ("first", "second")]
    assert [response.status_code for response in answers] == [201, 200]
    assert [(record.comment, record.expected) for record in backend.kept] == [("first", (5, None))]


def test_a_component_may_say_that_it_cannot_be_put_right() -> None:
    class Sealed(gr.Number):
        """Holds what nobody can know better."""

        def correction(self) -> None:
            """Offer nothing."""

        @classmethod
        def name(cls) -> str:
            """Look like a number."""
            return "number"

    visitor = Visitor(demo(Archive(), [Sealed(), "text"]))
    assert said(visitor.flag(run_of(visitor), expected=[9, None]))[2] == "Output 0 cannot be corrected."
    page = visitor.http.get("/").text
    assert "Output 1 should be" in page
    assert "Output 0 should be" not in page


@pytest.mark.parametrize(
    ("output", "value", "right", "wrong"),
    [
        (gr.Label(), {"cat": 0.9, "dog": 0.1}, {"label": "dog", "confidences": None}, "dog"),
        (gr.JSON(), {"a": 1}, [{"b": None}], None),
        (gr.Checkbox(), True, False, "no"),
        (gr.Radio(["a", "b"]), "a", "b", "c"),
        (gr.Dropdown(["a", "b"]), "a", "b", "c"),
        (gr.Dropdown(["a", "b"], multiselect=True), ["a"], ["b", "a"], ["c"]),
        (gr.Slider(0, 10), 3, 4, 11),
        (gr.Number(), 3, "123456789012345678901234567890", "x"),
        (gr.Textbox(), "a", "b", {"a": 5}),
    ],
)
def test_every_component_can_be_put_right(output: gr.Component, value: Any, right: Any, wrong: Any) -> None:
    backend = Archive()
    visitor = Visitor(
        gr.Interface(lambda: value, None, output, flagging_correction=True, flagging_callback=backend), session=None
    )
    run = visitor.predict().json()["run"]
    if wrong is not None:
        assert said(visitor.flag(run, expected=[wrong]))[:2] == (422, "Output")
    assert visitor.flag(run, expected=[right]).status_code == 201
    assert backend.kept[0].expected == (right,)


@pytest.mark.parametrize("example", PUT_RIGHT, ids=lambda example: str(example.name))
@given(data=st.data())
def test_what_a_component_shows_fits_the_field_to_put_it_right_in(example: Example, data: st.DataObject) -> None:
    output = example.make(elem_id="one")
    correction = output.correction()
    assert correction
    correction.preprocess(data.draw(example.wire))
    assert (correction.elem_id, correction.value, correction.interactive) == (None, None, True)
    assert correction.label == output.label


def painter(backend: gr.FlaggingCallback) -> gr.Interface:
    return gr.Interface(lambda im: im, "image", "image", flagging_correction=True, flagging_callback=backend)


def test_a_picture_is_put_right_by_another_one() -> None:
    backend = Archive()
    visitor = Visitor(painter(backend))
    run = visitor.predict(visitor.upload(encoded(gradient())).json()).json()["run"]
    better = visitor.upload(encoded(gradient(7, 5))).json()
    assert visitor.flag(run, expected=[better]).status_code == 201
    [expected] = backend.kept[0].expected or ()
    assert opened(expected).size == (7, 5)


@pytest.mark.parametrize(
    "forged",
    [
        {"path": "/etc/passwd"},
        {"path": "../../../etc/passwd", "url": "file:///etc/passwd"},
        {"path": "unknown/picture.png", "meta": {"_type": "gradio.FileData"}},
        {"url": "http://127.0.0.1/"},
        {"path": ["a"]},
        "/etc/passwd",
        5,
        [],
    ],
)
def test_a_file_is_named_by_nothing_but_the_id_of_an_upload(forged: Any) -> None:
    backend = Archive()
    visitor = Visitor(painter(backend))
    run = visitor.predict(None).json()["run"]
    response = visitor.flag(run, expected=[forged])
    assert said(response)[:2] == (422, "Output")
    assert "root:" not in response.text
    assert backend.kept == []


def test_the_file_of_another_visitor_is_refused() -> None:
    backend = Archive()
    visitor = Visitor(painter(backend))
    theirs = visitor.upload(encoded(gradient())).json()
    run = visitor.predict(None, session="somebody-else").json()["run"]
    status, field, message = said(visitor.flag(run, expected=[theirs]))
    assert (status, field) == (422, "Output")
    assert message == "The file is no longer on the server. Please choose it again."
    assert backend.kept == []


def test_a_file_that_is_no_picture_is_refused() -> None:
    visitor = Visitor(painter(Archive()))
    run = visitor.predict(None).json()["run"]
    script = visitor.upload(b"<script>", "a.png").json()
    assert said(visitor.flag(run, expected=[script])) == (
        422,
        "Output",
        "Output must be a picture: PNG, JPEG, WebP, GIF, BMP or TIFF.",
    )


def test_pictures_are_put_right_without_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    demo = gr.Interface(lambda: None, None, "image", flagging_correction=True)
    assert "Output should be" in Visitor(demo).http.get("/").text


def test_two_visitors_put_right_their_own_results() -> None:
    backend = Archive()
    one = Visitor(demo(backend))
    runs = [one.predict(x, session=f"visitor-number-{x}").json()["run"] for x in (1, 2)]
    for number, run in enumerate(runs):
        assert one.flag(run, comment=f"note {number}", expected=[number, None]).status_code == 201
    assert [(record.session, record.outputs[0], record.comment) for record in backend.kept] == [
        ("visitor-number-1", 2.0, "note 0"),
        ("visitor-number-2", 4.0, "note 1"),
    ]
