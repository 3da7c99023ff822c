"""Which runs are stored by themselves: all, those that failed, those that were slow, or a share of them."""

import time
from typing import Any

import pytest

import minidemo as gr
from minidemo.flagging.auto import Auto, auto
from tests.flagging.backend import Archive
from tests.visitor import Visitor


@pytest.mark.parametrize(
    ("rule", "quick", "slow", "quick_failure", "slow_failure"),
    [
        (Auto(), True, True, True, True),
        (Auto(errors=True), False, False, True, True),
        (Auto(slower_than=2), False, True, False, True),
        (Auto(errors=True, slower_than=2), False, True, True, True),
        (Auto(slower_than=0), True, True, True, True),
    ],
)
def test_a_rule_concerns_failures_or_slow_runs_or_all(
    rule: Auto, quick: bool, slow: bool, quick_failure: bool, slow_failure: bool
) -> None:
    assert rule.concerns(failed=False, seconds=1) is quick
    assert rule.concerns(failed=False, seconds=3) is slow
    assert rule.concerns(failed=True, seconds=1) is quick_failure
    assert rule.concerns(failed=True, seconds=3) is slow_failure


@pytest.mark.parametrize(
    ("wish", "rule"),
    [
        (None, Auto()),
        (Auto(sample=0.5), Auto(sample=0.5)),
        (0.1, Auto(sample=0.1)),
        (1, Auto()),
        (0, Auto(sample=0)),
        ({}, Auto()),
        ({"errors": True, "slower_than": 2}, Auto(errors=True, slower_than=2)),
        ({"sample": 0.1}, Auto(sample=0.1)),
    ],
)
def test_a_rule_is_a_share_or_a_dictionary(wish: Any, rule: Auto) -> None:
    assert auto(wish) == rule


@pytest.mark.parametrize(
    ("rule", "all_of_them"), [(Auto(), True), (Auto(sample=0.5), False), (Auto(errors=True), False)]
)
def test_a_rule_knows_whether_it_leaves_any_run_out(rule: Auto, all_of_them: bool) -> None:
    assert rule.everything is all_of_them


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (1.5, "flagging_auto has sample=1.5; expected a share from 0 to 1, such as 0.1 for one in ten."),
        (-0.1, "flagging_auto has sample=-0.1; expected a share"),
        (float("nan"), "flagging_auto is nan; expected a share"),
        ({"sample": "half"}, "flagging_auto has sample='half'; expected a share"),
        ({"sample": True}, "flagging_auto has sample=True; expected a share"),
        ({"errors": 1}, "flagging_auto has errors=1; expected True or False."),
        ({"slower_than": -1}, "flagging_auto has slower_than=-1; expected a number of seconds, from 0."),
        ({"slower_than": "2 s"}, "flagging_auto has slower_than='2 s'; expected a number of seconds"),
        ({"slower": 2}, "flagging_auto has an unknown word 'slower'. Did you mean 'slower_than'?"),
        ({5: 2}, "flagging_auto has an unknown word 5. Known are: errors, sample, slower_than."),
        ("errors", "flagging_auto is 'errors'; expected a share from 0 to 1, or a dictionary such as {'errors': True"),
        (True, "flagging_auto is True; expected a share from 0 to 1, or a dictionary"),
    ],
)
def test_what_does_not_fit_is_refused_while_the_demo_is_built(wish: Any, said: str) -> None:
    with pytest.raises(gr.ConfigurationError) as error:
        gr.Interface(str.upper, "text", "text", flagging_mode="auto", flagging_auto=wish)
    assert said in str(error.value)


@pytest.mark.parametrize("mode", [None, "manual"])
def test_a_rule_without_the_mode_is_refused(mode: Any) -> None:
    with pytest.raises(gr.ConfigurationError, match=r"Set flagging_mode='auto'\.$"):
        gr.Interface(str.upper, "text", "text", flagging_mode=mode, flagging_auto=0.5)
    gr.Interface(str.upper, "text", "text", flagging_mode="never", flagging_auto=0.5)


def nap(seconds: float) -> float:
    time.sleep(seconds)
    return 1 / seconds


@pytest.mark.parametrize(
    ("rule", "stored"),
    [
        (None, [0, 0.05, 0.001]),
        ({"errors": True}, [0]),
        ({"slower_than": 0.04}, [0.05]),
        ({"errors": True, "slower_than": 0.04}, [0, 0.05]),
        ({"errors": True, "sample": 0}, []),
        (1, [0, 0.05, 0.001]),
        (0, []),
    ],
)
def test_a_demo_stores_what_its_rule_says(rule: Any, stored: list[float]) -> None:
    backend = Archive()
    demo = gr.Interface(nap, "number", "number", flagging_mode="auto", flagging_auto=rule, flagging_callback=backend)
    visitor = Visitor(demo)
    for seconds in (0, 0.05, 0.001):
        visitor.predict(seconds)
    assert [record.inputs[0] for record in backend.kept] == stored


def test_a_run_that_was_left_out_can_be_flagged_by_hand() -> None:
    backend = Archive()
    demo = gr.Interface(nap, "number", "number", flagging_mode="auto", flagging_auto=0, flagging_callback=backend)
    visitor = Visitor(demo)
    assert visitor.flag(visitor.predict(0.001).json()["run"]).status_code == 201
    assert [record.source for record in backend.kept] == ["api"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "Every result is saved for the author."),
        ({"flagging_auto": 0.5}, "Some results are saved for the author."),
        ({"flagging_notice": "We <keep> it all."}, "We &lt;keep&gt; it all."),
    ],
)
def test_the_page_always_says_that_results_are_saved(options: dict[str, Any], words: str) -> None:
    demo = gr.Interface(nap, "number", "number", flagging_mode="auto", flagging_comment=True, **options)
    page = Visitor(demo).http.get("/").text
    assert f'<p class="info">{words}</p>' in page
    assert "<mini-flag" not in page
    assert "flag-form.js" not in page
