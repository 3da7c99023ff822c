"""docs/launching.md has each parameter, with an example that works."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from minidemo.interfaces.launch import NO_EFFECT, Launched
from tests.interfaces.test_launch import certificate
from tests.pages import DOCS, blocks

PAGE = "launching.md"
TEXT = (DOCS / PAGE).read_text(encoding="utf-8")
HEADINGS = re.findall(r"^### `(\w+)`$", TEXT, re.MULTILINE)


class Briefly(gr.Interface):
    """An Interface that is served for a moment, at whatever port is free."""

    seen: list[dict[str, Any]] = []  # noqa: RUF012 - all demos of the page are noted here

    def launch(self, *arguments: Any, **options: Any) -> Launched:
        self.seen.append(options)
        here = {"prevent_thread_lock": True, "server_port": 0, "debug": False}
        launched = super().launch(*arguments, **options | here)
        self.close()
        return launched


def parameters(function: Callable[..., Any], *left_out: str) -> set[str]:
    return set(inspect.signature(function).parameters) - {"self", "others", *left_out}


def test_every_parameter_of_launch_is_told() -> None:
    assert set(HEADINGS) == parameters(gr.Interface.launch)
    assert len(HEADINGS) == len(set(HEADINGS))


def test_every_parameter_without_effect_is_told() -> None:
    section = TEXT.partition("### Without effect")[2].partition("##")[0]
    assert set(re.findall(r"`(\w+)`", section)) - {"launch"} == set(NO_EFFECT)


def test_every_parameter_of_applications_is_told() -> None:
    section = TEXT.partition("above:\n")[2].partition(";")[0]
    told = set(re.findall(r"`(\w+)`", section))
    assert told == parameters(gr.mount_app, "app", "demo", "path")
    assert told == parameters(gr.create_app, "page", "root_path", "quiet")
    assert told | {"root_path", "quiet"} <= set(HEADINGS)


def test_every_example_works(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("webbrowser.open", print)
    certificate(Path.cwd())
    Path("star.svg").write_text("<svg/>")
    Path("star.css").write_text("h1 {}")
    Path("star.html").write_text("<meta>")
    Briefly.seen.clear()
    names: dict[str, Any] = {"Briefly": Briefly}
    for block in blocks(PAGE, "python"):
        exec(block.text.replace("gr.Interface(", "Briefly("), names)
    used = {name for options in Briefly.seen for name in options}
    assert used >= set(HEADINGS)
