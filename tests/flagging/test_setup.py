"""A folder that cannot be written to is told while the demo is built, and hinders nothing else."""

from pathlib import Path

import pytest

import minidemo as gr
from minidemo.flagging.policy import Mode
from tests.visitor import Visitor


def build(folder: str, mode: Mode = "manual") -> gr.Interface:
    return gr.Interface(lambda x: x, "number", "number", flagging_dir=folder, flagging_mode=mode)


@pytest.mark.parametrize("folder", ["file", "file/flagged", "link"])
def test_the_author_is_warned_while_the_demo_is_built(folder: str, caplog: pytest.LogCaptureFixture) -> None:
    Path("file").touch()
    Path("link").symlink_to("nowhere")
    demo = build(folder)
    assert f"Flags cannot be saved: {Path(folder).absolute()} is no directory" in caplog.text
    assert Visitor(demo).result(5) == [5]


def test_permissions_count(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    build("flagged")
    assert "Flags cannot be saved" in caplog.text


def test_a_demo_without_flags_does_not_care(caplog: pytest.LogCaptureFixture) -> None:
    Path("file").touch()
    build("file", "never")
    assert caplog.text == ""


@pytest.mark.parametrize("folder", ["flagged", "a/b/c", "."])
def test_a_folder_that_can_be_made_is_no_trouble(folder: str, caplog: pytest.LogCaptureFixture) -> None:
    build(folder)
    assert caplog.text == ""
