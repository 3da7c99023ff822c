"""docs/mcp.md: its demo is served, and what the page says of it is what agents, programs and curl get."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from minidemo.server.reference.describe import clients_of
from tests import plain
from tests.components.pictures import encoded, gradient
from tests.pages import DOCS, blocks

PAGE = "mcp.md"
HERE = "http://127.0.0.1:7860/"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    [script] = [block.text for block in blocks(PAGE, "python") if block.file is None]
    names: dict[str, Any] = {}
    exec(script.replace("demo.launch(mcp_server=True)\n", ""), names)
    with names["demo"].running(mcp_server=True) as url:
        yield url


def block(language: str, file: str | None) -> str:
    return next(block.text for block in blocks(PAGE, language) if block.file == file)


def output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def test_the_settings_are_those_of_the_page_about_the_api() -> None:
    assert clients_of("Letters", HERE).settings + "\n" == block("json", "settings")


def test_the_tools_are_as_they_are_told(url: str) -> None:
    answer = plain.post(f"{url}mcp", json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
    assert json.dumps(answer.json()["result"]["tools"], indent=2) + "\n" == block("json", "tools")


def test_the_client_of_the_page_works(url: str) -> None:
    assert output(sys.executable, "-c", block("python", "client").replace(HERE, url)) == "3\n"


def test_the_commands_of_the_page_work(url: str) -> None:
    Path("photo.png").write_bytes(encoded(gradient()))
    call, upload = (block.text.replace(HERE, url) for block in blocks(PAGE, "console"))
    assert output("bash", "-c", call) + "\n" == block("json", "answer")
    assert json.loads(output("bash", "-c", upload))["path"].endswith("/photo.png")


def test_the_login_is_shown_by_the_command_of_the_page() -> None:
    [command] = [part for part in (DOCS / PAGE).read_text().split("`") if part.startswith("curl -c -")]
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    with gr.Interface(str, "text", "text").running(mcp_server=True, auth=("ann", "secret")) as url:
        name, value = output("bash", "-c", command.replace(HERE, url)).split()[-2:]
        assert plain.post(f"{url}mcp", json=ping).status_code == 401
        assert plain.post(f"{url}mcp", json=ping, headers={"Cookie": f"{name}={value}"}).status_code == 200
