"""What authors say of the cache, in arguments and in the environment."""

from typing import Any

import pytest

import minidemo as gr
from minidemo.page.examples import Examples
from tests.examples.test_parse import refusal, shouts


def mode(**options: Any) -> str | None:
    """Return when the outputs of a demo's examples are made."""
    [examples] = [node for node in shouts(["a"], **options).page.layout.walk() if isinstance(node, Examples)]
    return examples.mode


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, None),
        ({"cache_examples": False, "cache_mode": "lazy"}, None),
        ({"cache_mode": "lazy"}, None),
        ({"cache_examples": True}, "eager"),
        ({"cache_examples": True, "cache_mode": "lazy"}, "lazy"),
        ({"cache_examples": "lazy"}, "lazy"),
        ({"cache_examples": "lazy", "cache_mode": "eager"}, "lazy"),
    ],
)
def test_arguments(options: dict[str, Any], expected: str | None) -> None:
    assert mode(**options) == expected


@pytest.mark.parametrize(
    ("switch", "how", "expected"),
    [
        ("true", "", "eager"),
        ("True", "lazy", "lazy"),
        ("lazy", "", "lazy"),
        ("false", "lazy", None),
        ("", "lazy", None),
    ],
)
def test_the_environment(monkeypatch: pytest.MonkeyPatch, switch: str, how: str, expected: str | None) -> None:
    monkeypatch.setenv("MINIDEMO_CACHE_EXAMPLES", switch)
    monkeypatch.setenv("MINIDEMO_CACHE_MODE", how)
    assert mode() == expected
    assert mode(cache_examples=False) is None


def test_a_demo_without_outputs_has_nothing_to_keep() -> None:
    demo = gr.Interface(lambda text: None, gr.Textbox(label="text"), None, ["a"], cache_examples=True)
    [examples] = [node for node in demo.page.layout.walk() if isinstance(node, Examples)]
    assert examples.mode is None


def test_mistakes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "cache_examples is 'later'; expected True, False, 'lazy' or None." in refusal(
        shouts, ["a"], cache_examples="later"
    )
    assert "cache_mode is 'eagre'. Did you mean 'eager'?" in refusal(shouts, ["a"], cache_mode="eagre")
    monkeypatch.setenv("MINIDEMO_CACHE_EXAMPLES", "yes")
    assert "The environment variable MINIDEMO_CACHE_EXAMPLES is 'yes'." in refusal(shouts, ["a"])
