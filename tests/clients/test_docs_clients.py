"""docs/clients.md tells the truth: its programs give what it says they give."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.clients.environments import OFFLINE, by_node, by_python
from tests.components.pictures import encoded, gradient
from tests.pages import blocks

BLOCKS = {(block.language, str(block.file)): block.text for block in blocks("clients.md")}
HERE = "http://127.0.0.1:7860"
PROGRAMS = [
    (("python", "client"), "python", by_python("new")),
    (("python", "client"), "python", by_python("old")),
    (("js", "client"), "js", by_node("new")),
    (("js", "client"), "js", by_node("old")),
    (("python", "httpx"), "httpx", by_python("new")),
    *((("sh", name), name, lambda text: ["bash", "-c", text]) for name in ("predict", "curl", "bash", "run", "upload")),
]


@pytest.mark.parametrize(("program", "output", "command"), PROGRAMS)
def test_each_program_gives_what_the_page_says(program: tuple[str, str], output: str, command: Any) -> None:
    Path("photo.png").write_bytes(encoded(gradient()))
    names: dict[str, Any] = {}
    exec(BLOCKS["python", "demo"].replace("demo.launch()\n", ""), names)
    with names["demo"].running() as url:
        text = BLOCKS[program].replace(HERE, url.rstrip("/"))
        done = subprocess.run(command(text), capture_output=True, text=True, timeout=60, env=os.environ | OFFLINE)
    assert done.stdout == BLOCKS["output", output], done.stderr


def test_no_block_is_left_out() -> None:
    assert {key for key in BLOCKS if key[0] != "output"} == {("python", "demo"), *(key for key, _, _ in PROGRAMS)}
