"""What a visitor sees of flags: one row for each run and reason, and the truth when one could not be saved."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import minidemo as gr
from tests.components.pictures import encoded, gradient
from tests.flagging.backend import Backend
from tests.flagging.folder import FOLDER, LOG, rows, table, tree
from tests.visitor import Visitor

REASONS = ["wrong", ("Something else", "other"), "=odd"]


def upper(text: str) -> str:
    return text.upper()


def visitor_of(**options: Any) -> Visitor:
    return Visitor(gr.Interface(upper, "text", "text", **options))


def run_of(visitor: Visitor, *data: Any) -> str:
    run: str = visitor.predict(*(data or ("a",))).json()["run"]
    return run


def test_a_flag_is_a_row() -> None:
    visitor = visitor_of()
    for number, text in enumerate("abc"):
        response = visitor.flag(run_of(visitor, text))
        assert (response.status_code, response.json()["row"]) == (201, number)
    assert table() == [["text", "Output"], ["a", "A"], ["b", "B"], ["c", "C"]]


def test_the_chosen_reason_has_a_column() -> None:
    visitor = visitor_of(flagging_options=REASONS)
    for reason in ("wrong", "other", "=odd"):
        assert visitor.flag(run_of(visitor), reason).status_code == 201
    assert LOG.read_bytes() == b"text,Output,flag\na,A,wrong\na,A,other\na,A,'=odd\n"


@pytest.mark.parametrize("option", [None, "", "Something else", "unheard of", "WRONG"])
def test_a_reason_must_be_chosen_from_the_authors(option: str | None) -> None:
    visitor = visitor_of(flagging_options=REASONS)
    response = visitor.flag(run_of(visitor), option)
    assert response.status_code == 422
    message = "Choose a reason: wrong, Something else, =odd."
    assert response.json()["error"] == {"message": message, "field": "option"}
    assert not FOLDER.exists()


def test_where_there_are_no_reasons_none_can_be_given() -> None:
    visitor = visitor_of()
    response = visitor.flag(run_of(visitor), "wrong")
    assert response.status_code == 422
    assert response.json()["error"]["message"] == "This demo has no reasons to choose from."
    assert not FOLDER.exists()


def test_the_same_run_and_reason_is_one_row_and_another_reason_another() -> None:
    visitor = visitor_of(flagging_options=REASONS)
    run = run_of(visitor)
    answers = [visitor.flag(run, reason) for reason in ("wrong", "wrong", "other", "wrong")]
    assert [(each.status_code, each.json()["row"]) for each in answers] == [(201, 0), (200, 0), (201, 1), (200, 0)]
    assert rows() == [["a", "A", "wrong"], ["a", "A", "other"]]


def test_a_double_click_is_one_row() -> None:
    visitor = visitor_of()
    with visitor.http, ThreadPoolExecutor(8) as pool:
        run = run_of(visitor)
        answers = list(pool.map(lambda _: visitor.flag(run), range(8)))
    assert sorted(each.status_code for each in answers) == [200] * 7 + [201]
    assert {each.json()["row"] for each in answers} == {0}
    assert rows() == [["a", "A"]]


def test_many_visitors_at_once_get_a_row_each() -> None:
    visitor = visitor_of()
    with visitor.http, ThreadPoolExecutor(8) as pool:
        runs = [run_of(visitor, f"text {i}") for i in range(24)]
        numbers = [each.json()["row"] for each in pool.map(visitor.flag, runs)]
    assert sorted(numbers) == list(range(24))
    assert [rows()[number][0] for number in numbers] == [f"text {i}" for i in range(24)]


@pytest.mark.parametrize("run", ["", "unknown", "../../x", "x" * 10_000, "\0"])
def test_an_unknown_run_is_gone(run: str) -> None:
    response = visitor_of().flag(run)
    assert response.status_code == 410
    assert response.json()["error"]["message"].startswith("This result has expired.")
    assert not FOLDER.exists()


def test_another_demos_run_is_unknown() -> None:
    assert visitor_of().flag(run_of(visitor_of())).status_code == 410


@pytest.mark.parametrize(
    "forged",
    [
        {"data": ["forged", "FORGED"]},
        {"row": 5},
        {"username": "root"},
        {"run": ["a"]},
        {"run": None},
        {"option": 5},
        {"option": ["wrong"]},
    ],
)
def test_a_flag_carries_no_values_of_its_own(forged: dict[str, Any]) -> None:
    visitor = visitor_of(flagging_options=REASONS)
    run = run_of(visitor)
    response = visitor.http.post("/flag", json={"run": run, "option": "wrong"} | forged)
    assert response.status_code == 422
    assert not FOLDER.exists()
    visitor.flag(run, "wrong")
    assert rows() == [["a", "A", "wrong"]]


def test_a_row_holds_the_values_of_its_own_run() -> None:
    """Whatever was typed, or run, since."""
    visitor = visitor_of()
    first, second = run_of(visitor, "first"), run_of(visitor, "second")
    visitor.flag(second)
    visitor.flag(first)
    assert rows() == [["second", "SECOND"], ["first", "FIRST"]]


def test_a_run_that_failed_is_flagged_with_what_came_in() -> None:
    visitor = Visitor(gr.Interface(lambda a, b: a / b, ["number", "number"], ["number"], flagging_options=["crash"]))
    response = visitor.predict(1, 0)
    assert response.status_code == 500
    assert visitor.flag(response.json()["run"], "crash").status_code == 201
    assert table() == [["a", "b", "Output", "flag"], ["1", "0", "", "crash"]]


def test_the_truth_is_told_when_a_flag_cannot_be_saved(caplog: pytest.LogCaptureFixture) -> None:
    FOLDER.write_text("a file in the place of the folder")
    visitor = visitor_of()
    run = run_of(visitor)
    for _ in range(2):
        response = visitor.flag(run)
        assert response.status_code == 503
        message = "The flag could not be saved on the server. Nothing is lost: please try again."
        assert response.json()["error"] == {"message": message, "field": None}
    assert response.headers["retry-after"] == "2"
    assert 'Interface "upper": a flag could not be saved' in caplog.text
    assert "flagged" in caplog.text, "the log names the place"
    FOLDER.unlink()
    assert visitor.flag(run).status_code == 201
    assert rows() == [["a", "A"]]


@pytest.mark.parametrize("error", [OSError("No space left: /secret"), RuntimeError("/secret"), KeyError("/secret")])
def test_whatever_a_backend_raises_the_visitor_reads_a_plain_sentence(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> int:
        raise error

    visitor = visitor_of(flagging_callback=Backend(fail))
    response = visitor.flag(run_of(visitor))
    assert response.status_code == 503
    assert "secret" not in response.text
    assert "secret" in caplog.text


def test_a_backend_may_refuse_a_value_in_its_own_words() -> None:
    def refuse() -> int:
        raise gr.InputError("This picture is too dark to keep.")

    backend = Backend(refuse)
    visitor = visitor_of(flagging_callback=backend)
    run = run_of(visitor)
    for _ in range(2):
        response = visitor.flag(run)
        assert response.status_code == 422
        assert response.json()["error"]["message"] == "This picture is too dark to keep."
    assert backend.calls == 2


def test_a_folder_that_is_deleted_while_the_demo_runs_is_made_again() -> None:
    visitor = Visitor(gr.Interface(lambda im: im, "image", "image"))
    file = visitor.upload(encoded(gradient())).json()
    visitor.flag(run_of(visitor, file))
    shutil.rmtree(FOLDER)
    assert visitor.flag(run_of(visitor, file)).status_code == 201
    assert tree() == ["Output/0.png", "im/0.png", "logs.csv"]


def test_a_run_that_was_stored_by_itself_is_not_stored_again_by_hand() -> None:
    visitor = visitor_of(flagging_mode="auto")
    response = visitor.flag(run_of(visitor))
    assert (response.status_code, response.json()) == (200, {"row": 0, "undo": None})
    assert rows() == [["a", "A"]]


def test_a_run_that_was_stored_by_itself_can_be_given_a_reason() -> None:
    visitor = visitor_of(flagging_mode="auto", flagging_options=REASONS)
    assert visitor.flag(run_of(visitor), "wrong").status_code == 201
    assert rows() == [["a", "A", ""], ["a", "A", "wrong"]]


def test_runs_that_failed_are_stored_by_themselves_too() -> None:
    visitor = Visitor(gr.Interface(lambda a: 1 / a, "number", "number", flagging_mode="auto"))
    assert visitor.predict(0).status_code == 500
    assert rows() == [["0", ""]]


def test_a_result_reaches_the_visitor_even_if_it_cannot_be_stored(caplog: pytest.LogCaptureFixture) -> None:
    FOLDER.write_text("a file in the place of the folder")
    visitor = visitor_of(flagging_mode="auto")
    assert visitor.result("a") == ["A"]
    assert 'Interface "upper": a run could not be saved. The flag could not be saved on the server.' in caplog.text
