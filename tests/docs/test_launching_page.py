"""docs/launching.md has each parameter, with an example that works."""

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from minidemo.interfaces.launch import Launched
from minidemo.server.options import (
    NO_EFFECT,
    AppOptions,
    IgnoredOptions,
    LaunchArguments,
    LaunchOptions,
    MountOptions,
    SharedOptions,
)
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


PARAMETERS = set(LaunchArguments.__annotations__) - set(NO_EFFECT)


def test_every_parameter_of_launch_is_told() -> None:
    assert set(HEADINGS) == PARAMETERS
    assert len(HEADINGS) == len(set(HEADINGS))


def test_launch_takes_by_place_what_its_options_leave() -> None:
    by_place = set(inspect.signature(gr.Interface.launch).parameters) - {"self", "options"}
    assert by_place | set(LaunchOptions.__annotations__) == set(LaunchArguments.__annotations__)
    assert by_place.isdisjoint(LaunchOptions.__annotations__)


def test_every_option_has_a_line_in_a_docstring() -> None:
    told = set()
    for kind in (SharedOptions, MountOptions, AppOptions, LaunchOptions, LaunchArguments):
        lines = re.findall(r"^    (\w+): ", inspect.getdoc(kind) or "", re.MULTILINE)
        assert lines == sorted(kind.__annotations__.keys() & set(lines))
        told |= set(lines)
    assert told == PARAMETERS


def test_what_has_no_effect_is_known_to_type_checkers() -> None:
    assert set(IgnoredOptions.__annotations__) == set(NO_EFFECT)


def test_every_parameter_without_effect_is_told() -> None:
    section = TEXT.partition("### Without effect")[2].partition("##")[0]
    assert set(re.findall(r"`(\w+)`", section)) - {"launch"} == set(NO_EFFECT)


def test_every_parameter_of_applications_is_told() -> None:
    section = TEXT.partition("above:\n")[2].partition(";")[0]
    told = set(re.findall(r"`(\w+)`", section))
    assert told == set(MountOptions.__annotations__)
    assert told | {"root_path"} == set(AppOptions.__annotations__)
    assert told | {"root_path"} <= set(HEADINGS)


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
