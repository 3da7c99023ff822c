"""docs/loading.md tells the truth: its code runs, against a real app of Gradio's."""

from typing import Any

import pytest

from tests.pages import blocks
from tests.remote.conftest import Gradio
from tests.visitor import Visitor

WRITTEN = "http://localhost:7860"


def test_the_page_about_loading(gradio: Gradio, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    there = gradio.url.rstrip("/")
    for block in blocks("loading.md"):
        if block.language == "python":
            exec(block.text.replace("demo.launch()\n", "").replace(WRITTEN, there), names)
            assert Visitor(names["demo"]).result(5, "add", 7) == [12]
        else:
            assert capsys.readouterr().out.replace(there, WRITTEN) == block.text
    assert names["demo"].title == "A calculator far away"
