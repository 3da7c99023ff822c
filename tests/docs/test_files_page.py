"""docs/files.md: its demo can be built, and its rules can be given."""

import ast
import re
from typing import Any

from minidemo.stores.addresses import AddressPolicy
from tests.pages import DOCS, blocks

PAGE = "files.md"


def test_the_demo_can_be_built() -> None:
    names: dict[str, Any] = {}
    [block] = blocks(PAGE, "python")
    exec(block.text, names)
    assert names["demo"].page.components


def test_each_rule_can_be_given() -> None:
    rows = re.findall(r"^\| `(\[.*?\]|None)`.* \|", (DOCS / PAGE).read_text(encoding="utf-8"), re.MULTILINE)
    assert len([AddressPolicy(ast.literal_eval(row)) for row in rows]) == 5
