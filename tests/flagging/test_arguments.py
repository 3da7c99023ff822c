"""What an author may ask of flags: mistakes come out while the demo is built, and CSVLogger gets what is for it."""

from datetime import timedelta
from typing import Any

import pytest

import minidemo as gr
from minidemo.flagging.policy import Flagging
from tests.flagging.backend import Archive, Shelf
from tests.flagging.folder import FOLDER, table
from tests.visitor import Visitor


def demo(**arguments: Any) -> gr.Interface:
    return gr.Interface(str.upper, gr.Textbox(label="text"), "text", **arguments)


def policy(**arguments: Any) -> Flagging:
    return demo(**arguments).page.endpoint(None).flagging


def test_an_author_who_says_nothing_gets_no_form_and_no_notice() -> None:
    found = policy()
    assert (found.comment, found.correction, found.notice, found.redact) == (False, False, None, None)
    page = Visitor(demo()).http.get("/").text
    assert "flag-form" not in page
    assert "-notice" not in page


@pytest.mark.parametrize(
    ("old", "mode"),
    [("manual", "manual"), ("auto", "auto"), ("never", "never"), (True, "manual"), (False, "never")],
)
def test_the_old_name_of_the_mode_is_understood_with_its_old_values(old: Any, mode: str) -> None:
    with pytest.warns(DeprecationWarning, match=r"^allow_flagging is now called flagging_mode\.$"):
        assert policy(allow_flagging=old).mode == mode
    with pytest.warns(DeprecationWarning, match="flagging_mode"):
        assert policy(allow_flagging=old, flagging_mode="auto").mode == "auto"


def test_a_notice_stands_beside_the_button_and_describes_it() -> None:
    page = Visitor(demo(flagging_notice=" Flags are <read> by Ada. ")).http.get("/").text
    assert "Flags are &lt;read&gt; by Ada.</p>" in page
    assert '-notice">Flag</button>' in page


def test_further_columns_are_those_that_are_asked_for() -> None:
    columns = ["source", "comment", "expected", "version"]
    visitor = Visitor(demo(flagging_columns=columns, flagging_comment=True, flagging_correction=True, version="2"))
    run = visitor.predict("a").json()["run"]
    visitor.flag(run, comment="Hm.", expected=["b"])
    [header, row] = table()
    assert header[:2] == ["text", "Output"]
    assert set(header) >= {"source", "comment", "version"}
    assert dict(zip(header, row, strict=True))["comment"] == "Hm."


@pytest.mark.parametrize("columns", [[], (), None])
def test_no_further_columns_are_none(columns: Any) -> None:
    visitor = Visitor(demo(flagging_columns=columns))
    visitor.flag(visitor.predict("a").json()["run"])
    assert table() == [["text", "Output"], ["a", "A"]]


@pytest.mark.parametrize("kept", [30, 0.5, timedelta(days=30), None])
def test_flags_may_be_kept_for_a_time_and_take_some_room(kept: Any) -> None:
    visitor = Visitor(demo(flagging_retention=kept, flagging_max_mb=kept and 0.5))
    assert visitor.flag(visitor.predict("a").json()["run"]).status_code == 201


def test_a_function_is_a_backend() -> None:
    kept: list[gr.FlagRecord] = []
    visitor = Visitor(demo(flagging_callback=kept.append))
    response = visitor.flag(visitor.predict("a").json()["run"])
    assert (response.status_code, response.json()) == (201, {"row": 0, "undo": None})
    assert kept[0].data == ("a", "A")
    assert not FOLDER.exists()


def test_a_list_of_backends_is_one_that_tells_all_and_can_be_read_if_the_first_can() -> None:
    kept: list[gr.FlagRecord] = []
    store, copy = Shelf(), Archive()
    visitor = Visitor(demo(flagging_callback=[store, copy, kept.append]))
    run = visitor.predict("a").json()["run"]
    assert visitor.flag(run).json()["undo"] is not None
    assert [record.data for record in (*store.kept, *copy.kept, *kept)] == [("a", "A")] * 3
    assert visitor.http.post("/flag/undo", json={"run": run}).status_code == 200
    assert store.rows == []
    visitor = Visitor(demo(flagging_callback=(copy, store)))
    assert visitor.flag(visitor.predict("a").json()["run"]).json()["undo"] is None


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"flagging_comment": "yes"}, "flagging_comment is 'yes'; expected True or False."),
    ({"flagging_correction": 1}, "flagging_correction is 1; expected True or False."),
    ({"flagging_notice": 5}, "flagging_notice is 5; expected text."),
    ({"flagging_redact": 5}, "flagging_redact is 5; expected a function"),
    ({"flagging_columns": "created"}, "flagging_columns is 'created'; expected a list of names, such as ['created']."),
    ({"flagging_columns": {"created"}}, "flagging_columns is {'created'}; expected a list"),
    ({"flagging_columns": ["creatd"]}, "flagging_columns has 'creatd'. Did you mean 'created'?"),
    ({"flagging_columns": [5]}, "flagging_columns has 5. Known are: comment, created,"),
    ({"flagging_columns": ["run", "run"]}, "flagging_columns has a name twice: ['run', 'run']."),
    (
        {"flagging_columns": ["comment"]},
        "flagging_columns has 'comment', but a flag has none. Set flagging_comment=True, or leave the column out.",
    ),
    (
        {"flagging_columns": ["expected"], "flagging_comment": True},
        "flagging_columns has 'expected', but a flag has none. Set flagging_correction=True, or leave",
    ),
    ({"flagging_max_mb": "1 GB"}, "flagging_max_mb is '1 GB'; expected a number of megabytes above 0."),
    ({"flagging_max_mb": 0}, "flagging_max_mb is 0; expected"),
    ({"flagging_max_mb": True}, "flagging_max_mb is True; expected"),
    ({"flagging_max_mb": float("inf")}, "flagging_max_mb is inf; expected"),
    (
        {"flagging_columns": ["run"], "flagging_max_mb": 5, "flagging_callback": Archive()},
        "flagging_columns and flagging_max_mb cannot be given with flagging_callback. "
        "Say it to the backend: CSVLogger(columns=('run',), max_mb=5).",
    ),
    (
        {"flagging_retention": 30, "flagging_callback": Archive()},
        "flagging_retention cannot be given with flagging_callback. "
        "Say it to the backend: CSVLogger(retention=datetime.timedelta(days=30)).",
    ),
    ({"flagging_callback": 5}, "flagging_callback is 5; expected an instance of FlaggingCallback, a function"),
    ({"flagging_callback": []}, "flagging_callback is []; expected an instance of FlaggingCallback, a function"),
    ({"flagging_callback": [Archive(), 5]}, ", 5]; expected an instance of FlaggingCallback, a function that takes"),
    ({"flagging_callback": {Archive()}}, "expected an instance of FlaggingCallback, a function that takes"),
    ({"flagging_callback": Archive}, "expected an instance of FlaggingCallback, a function that takes a FlagRecord"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_what_does_not_fit_is_refused_while_the_demo_is_built(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(gr.ConfigurationError) as error:
        demo(**arguments)
    assert said in str(error.value)
    assert not FOLDER.exists()


@pytest.mark.parametrize(
    "retention", [0, -1, True, "30 days", float("nan"), float("inf"), 1e300, timedelta(), timedelta(days=-1), [30]]
)
def test_a_time_to_keep_flags_is_above_nothing(retention: Any) -> None:
    with pytest.raises(gr.ConfigurationError, match="expected a number of days above 0, or a timedelta"):
        demo(flagging_retention=retention)
