"""Feedback on one item of an output, such as an answer of a conversation: a flag that holds what came up to there."""

import csv
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response

import minidemo as gr
from tests.flagging.backend import Shelf
from tests.visitor import Visitor

TALK = [
    {"role": "user", "content": "Hello"},
    {"role": "assistant", "content": "Hi"},
    {"role": "user", "content": "Bye"},
    {"role": "assistant", "content": "Good bye"},
]


def talk(text: str) -> tuple[str, list[dict[str, str]]]:
    """Return what was said, and a conversation."""
    return text, TALK


def visitor_of(backend: gr.FlaggingCallback, chatbot: gr.Chatbot | None = None, **options: Any) -> Visitor:
    return Visitor(gr.Interface(talk, "text", ["text", chatbot or gr.Chatbot()], flagging_callback=backend, **options))


def run_of(visitor: Visitor) -> str:
    run: str = visitor.predict("a").json()["run"]
    return run


def like(visitor: Visitor, run: str, item: int, option: str | None = "Like", *, output: int = 1) -> Response:
    return visitor.flag(run, option, about={"output": output, "item": item})


def translate(record: gr.FlagRecord) -> list[str]:
    """Return the texts of a stored conversation."""
    return [message["content"][0]["text"] for message in record.outputs[1]]


def test_the_row_holds_the_conversation_up_to_the_answer() -> None:
    backend = Shelf()
    visitor = visitor_of(backend)
    run = run_of(visitor)
    assert like(visitor, run, 1).status_code == 201
    assert like(visitor, run, 3, "Dislike").status_code == 201
    assert visitor.flag(run).status_code == 201
    assert [(record.option, translate(record)) for record in backend.records()] == [
        ("Like", ["Hello", "Hi"]),
        ("Dislike", ["Hello", "Hi", "Bye", "Good bye"]),
        ("", ["Hello", "Hi", "Bye", "Good bye"]),
    ]
    assert [record.outputs[0] for record in backend.records()] == ["a"] * 3


def test_the_same_feedback_again_is_the_same_row() -> None:
    backend = Shelf()
    visitor = visitor_of(backend)
    run = run_of(visitor)
    assert like(visitor, run, 1).json()["row"] == 0
    again = like(visitor, run, 1)
    assert (again.status_code, again.json()["row"]) == (200, 0)
    assert like(visitor, run, 3).json()["row"] == 1
    assert backend.rows == [0, 1]


def test_feedback_is_taken_back_by_its_item() -> None:
    backend = Shelf()
    visitor = visitor_of(backend)
    run = run_of(visitor)
    like(visitor, run, 1)
    like(visitor, run, 3)
    asked = {"run": run, "option": "Like", "about": {"output": 1, "item": 3}}
    assert visitor.http.post("/flag/undo", json=asked).json() == {"row": 1}
    assert backend.rows == [0]
    assert visitor.http.post("/flag/undo", json=asked).status_code == 410
    visitor.flag(run)
    assert visitor.http.post("/flag/undo", json={"run": run}).json() == {"row": 2}
    assert backend.rows == [0]


def test_plain_flags_and_feedback_share_a_log() -> None:
    visitor = visitor_of(gr.CSVLogger())
    run = run_of(visitor)
    for _ in range(2):
        visitor.flag(run)
        like(visitor, run, 1)
        run = run_of(visitor)
    with Path("flagged/logs.csv").open(newline="") as file:
        assert [row["flag"] for row in csv.DictReader(file)] == ["", "Like", "", "Like"]
    assert not Path("flagged/logs-1.csv").exists()


def test_runs_that_are_stored_by_themselves_take_feedback() -> None:
    backend = Shelf()
    visitor = visitor_of(backend, flagging_mode="auto")
    like(visitor, run_of(visitor), 1)
    assert [(record.source, record.option) for record in backend.records()] == [("auto", ""), ("api", "Like")]


@pytest.mark.parametrize(
    ("item", "option", "output", "field", "message"),
    [
        (0, "Like", 1, "about", "Message 0 of Output 1 is no answer."),
        (4, "Like", 1, "about", "Output 1 has no item 4."),
        (0, "Like", 0, "about", "Output 0 of this run takes no feedback on its items."),
        (0, "Like", 9, "about", "Output 9 of this run takes no feedback on its items."),
        (1, "Love", 1, "option", "Choose a reason: Like, Dislike."),
        (1, None, 1, "option", "Choose a reason: Like, Dislike."),
    ],
)
def test_feedback_that_does_not_fit_is_refused(
    item: int, option: str | None, output: int, field: str, message: str
) -> None:
    backend = Shelf()
    visitor = visitor_of(backend)
    response = like(visitor, run_of(visitor), item, option, output=output)
    assert (response.status_code, response.json()["error"]) == (422, {"message": message, "field": field})
    assert backend.rows == []


@pytest.mark.parametrize("about", [{"output": -1, "item": 1}, {"output": 1}, {"output": 1, "item": 1, "text": "x"}, 1])
def test_what_is_no_item_is_refused(about: Any) -> None:
    visitor = visitor_of(Shelf())
    assert visitor.flag(run_of(visitor), "Like", about=about).status_code == 422


@pytest.mark.parametrize("options", [{"feedback_options": None}, {"feedback_options": []}, {"flag": False}])
def test_an_author_may_want_none(options: dict[str, Any]) -> None:
    backend = Shelf()
    visitor = visitor_of(backend, gr.Chatbot(**options))
    run = run_of(visitor)
    assert like(visitor, run, 1).status_code == 422
    visitor.flag(run)
    assert [record.option for record in backend.records()] == [None]


def test_an_author_may_offer_other_reasons() -> None:
    backend = Shelf()
    visitor = visitor_of(backend, gr.Chatbot(feedback_options=["Wrong", "Rude"]), flagging_options=["odd"])
    run = run_of(visitor)
    assert like(visitor, run, 1, "Rude").status_code == 201
    assert like(visitor, run, 1, "odd").status_code == 422
    assert visitor.flag(run, "Rude").status_code == 422
    assert visitor.flag(run, "odd").status_code == 201
    assert [record.option for record in backend.records()] == ["Rude", "odd"]


def test_an_empty_conversation_has_no_answer() -> None:
    demo = gr.Interface(lambda text: None, "text", gr.Chatbot(), flagging_callback=Shelf())
    visitor = Visitor(demo)
    assert like(visitor, run_of(visitor), 0, output=0).json()["error"]["message"] == "Output has no item 0."


def test_a_failed_run_has_no_answer() -> None:
    def fails(text: str) -> list[dict[str, str]]:
        raise ValueError(text)

    visitor = Visitor(gr.Interface(fails, "text", gr.Chatbot(), flagging_callback=Shelf()))
    response = like(visitor, run_of(visitor), 1, output=0)
    assert response.json()["error"]["message"] == "Output 0 of this run takes no feedback on its items."


@pytest.mark.parametrize("options", ["Like", [1], [""]])
def test_reasons_are_words(options: Any) -> None:
    with pytest.raises(gr.ConfigurationError, match="Chatbot got feedback_options="):
        gr.Chatbot(feedback_options=options)
