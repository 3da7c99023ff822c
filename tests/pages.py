"""The code and the files that a page of the documentation shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import minidemo

DOCS = Path(minidemo.__file__).resolve().parent.parent / "docs"
_FENCE = re.compile(r"^```(\w*)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A fenced block: its language, the file that it shows if it shows one, and its text."""

    language: str
    file: str | None
    text: str


def blocks(page: str, language: str | None = None) -> Iterator[Block]:
    """Yield the blocks of a page in order."""
    for found in _FENCE.finditer((DOCS / page).read_text(encoding="utf-8")):
        if language in (None, found[1]):
            yield Block(language=found[1], file=found[2], text=found[3])
