"""Who may flag what, and for which reasons: the author's mistakes come out while the demo is built."""

from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from minidemo.flagging.policy import Flagging
from tests.flagging.folder import FOLDER, table, tree
from tests.visitor import Visitor


def policy(**arguments: Any) -> Flagging:
    return gr.Interface(str.upper, "text", "text", **arguments).page.endpoint(None).flagging


def test_an_author_who_says_nothing_gets_flags_by_hand_in_the_folder_flagged() -> None:
    found = policy()
    assert (found.mode, found.options, found.directory) == ("manual", (), Path("flagged"))
    assert isinstance(found.callback, gr.CSVLogger)


@pytest.mark.parametrize("directory", ["", None, "flagged"])
def test_no_directory_is_the_usual_one(directory: str | None) -> None:
    assert policy(flagging_dir=directory).directory == Path("flagged")


@pytest.mark.parametrize("directory", ["some where/else", Path("some where/else")])
def test_flags_go_to_the_directory_that_the_author_names(directory: str | Path) -> None:
    visitor = Visitor(gr.Interface(str.upper, "text", "text", flagging_dir=directory))
    visitor.flag(visitor.predict("a").json()["run"])
    assert table(Path("some where/else/logs.csv")) == [["self", "Output"], ["a", "A"]]


@pytest.mark.parametrize(
    ("options", "pairs"),
    [
        (None, ()),
        ([], ()),
        (["wrong", "odd"], (("wrong", "wrong"), ("odd", "odd"))),
        (("wrong", "odd"), (("wrong", "wrong"), ("odd", "odd"))),
        ([("Looks wrong", "wrong"), "odd"], (("Looks wrong", "wrong"), ("odd", "odd"))),
        ([["Looks wrong", "wrong"]], (("Looks wrong", "wrong"),)),
    ],
)
def test_reasons_are_strings_or_pairs_of_a_label_and_a_value(options: Any, pairs: tuple[tuple[str, str], ...]) -> None:
    assert policy(flagging_options=options).options == pairs


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"flagging_options": "wrong"}, "flagging_options is 'wrong'; expected a list of strings or (label, value)"),
        ({"flagging_options": {"wrong"}}, "flagging_options is {'wrong'}; expected a list"),
        ({"flagging_options": {"wrong": 1}}, "flagging_options is {'wrong': 1}; expected a list"),
        ({"flagging_options": 5}, "flagging_options is 5; expected a list"),
        ({"flagging_options": b"ab"}, "flagging_options has 97; expected a string or a (label, value) pair"),
        ({"flagging_options": [5]}, "flagging_options has 5; expected a string or a (label, value) pair"),
        ({"flagging_options": [None]}, "flagging_options has None; expected a string"),
        ({"flagging_options": [("a", 1)]}, "flagging_options has ('a', 1); expected a string"),
        ({"flagging_options": [(1, "a")]}, "flagging_options has (1, 'a'); expected a string"),
        ({"flagging_options": [("a", "b", "c")]}, "flagging_options has ('a', 'b', 'c'); expected a string"),
        ({"flagging_options": [" "]}, "flagging_options has ' '; expected a string"),
        ({"flagging_options": [("a", "")]}, "flagging_options has ('a', ''); expected a string"),
        ({"flagging_options": ["a", ("b", "a")]}, "flagging_options has a reason twice: ['a', ('b', 'a')]."),
        ({"flagging_mode": "sometimes"}, "flagging_mode is 'sometimes'; expected one of 'manual', 'auto', 'never'."),
        ({"flagging_mode": True}, "flagging_mode is True; expected one of"),
        ({"flagging_mode": ["auto"]}, "flagging_mode is ['auto']; expected one of"),
        ({"flagging_dir": 5}, "flagging_dir is 5; expected a path."),
        ({"flagging_dir": b"flagged"}, "flagging_dir is b'flagged'; expected a path."),
        ({"flagging_callback": gr.CSVLogger}, "expected an instance of FlaggingCallback"),
    ],
)
def test_what_does_not_fit_is_refused_while_the_demo_is_built(arguments: Any, message: str) -> None:
    with pytest.raises(gr.ConfigurationError) as error:
        policy(**arguments)
    assert message in str(error.value)
    assert not FOLDER.exists()


def test_mode_never_writes_nothing_and_takes_nothing() -> None:
    visitor = Visitor(gr.Interface(str.upper, "text", "text", flagging_mode="never", flagging_dir="/proc/nowhere"))
    response = visitor.flag(visitor.predict("a").json()["run"])
    assert response.status_code == 404
    assert response.json()["error"]["message"] == "This demo does not take flags."
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (None, [["self", "Output"], ["a", "A"], ["b", "B"]]),
        (["wrong"], [["self", "Output", "flag"], ["a", "A", ""], ["b", "B", ""]]),
    ],
)
def test_mode_auto_stores_every_run_of_page_and_programs(options: list[str] | None, expected: list[list[str]]) -> None:
    visitor = Visitor(gr.Interface(str.upper, "text", "text", flagging_mode="auto", flagging_options=options))
    assert [name for name, _ in visitor.events("a")][-1] == "result"
    assert visitor.result("b") == ["B"]
    assert table() == expected
    assert tree() == ["logs.csv"]
