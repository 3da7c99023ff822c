"""Settings in the environment: minidemo's variables, then Gradio's."""

from typing import Any

import pytest

import minidemo as gr
from minidemo.interfaces.launch import LaunchSettings


def settings(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], **arguments: Any) -> LaunchSettings:
    """Return the settings of a launch with these variables."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return LaunchSettings(**arguments)


def test_gradios_variables_count(monkeypatch: pytest.MonkeyPatch) -> None:
    variables = {"SERVER_NAME": "0.0.0.0", "SERVER_PORT": "7999", "NUM_PORTS": "3", "ROOT_PATH": "/demo", "SHARE": "1"}
    launch = settings(monkeypatch, {f"GRADIO_{name}": value for name, value in variables.items()})
    assert (launch.server_name, launch.ports, launch.app.root, launch.share) == (
        "0.0.0.0",
        range(7999, 8002),
        "/demo",
        True,
    )
    assert launch.app.allowed_hosts is None


def test_those_of_minidemo_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    variables = {"GRADIO_SERVER_PORT": "7001", "MINIDEMO_SERVER_PORT": "7002"}
    assert settings(monkeypatch, variables).ports == range(7002, 7003)


def test_arguments_come_before_both(monkeypatch: pytest.MonkeyPatch) -> None:
    variables = {"GRADIO_SERVER_PORT": "7001", "GRADIO_SHARE": "true", "GRADIO_ALLOWED_PATHS": "/a"}
    launch = settings(monkeypatch, variables, server_port=7003, share=False, allowed_paths=["/b"])
    assert (launch.ports, launch.share) == (range(7003, 7004), False)
    assert [*map(str, launch.app.allowed)] == ["/b"]


def test_several_paths_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    launch = settings(monkeypatch, {"GRADIO_ALLOWED_PATHS": "/a,/b", "GRADIO_BLOCKED_PATHS": "/c"})
    assert [[*map(str, paths)] for paths in (launch.app.allowed, launch.app.blocked)] == [["/a", "/b"], ["/c"]]


@pytest.mark.parametrize(("prevented", "waits"), [(False, True), (True, False)])
def test_debug_waits_unless_the_script_goes_on(monkeypatch: pytest.MonkeyPatch, prevented: bool, waits: bool) -> None:
    monkeypatch.setattr("sys.ps1", ">>> ", raising=False)
    assert not settings(monkeypatch, {}, prevent_thread_lock=prevented).waits
    assert settings(monkeypatch, {"GRADIO_DEBUG": "1"}, prevent_thread_lock=prevented).waits is waits


def test_a_wrong_value_is_told_with_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(gr.ConfigurationError, match=r"^The environment says GRADIO_SERVER_PORT='many'; expected a num"):
        settings(monkeypatch, {"GRADIO_SERVER_PORT": "many"})


def test_the_mode_of_flagging_and_of_examples_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADIO_FLAGGING_MODE", "never")
    monkeypatch.setenv("GRADIO_CACHE_EXAMPLES", "lazy")
    demo = gr.Interface(str.upper, "text", "text", examples=["a"])
    assert demo.page.endpoint(None).flagging.mode == "never"
    assert demo.page.examples["upper"].mode == "lazy"
    assert gr.Interface(str.upper, "text", "text", flagging_mode="auto").page.endpoint(None).flagging.mode == "auto"
