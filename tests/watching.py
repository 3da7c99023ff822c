"""Which files and addresses code asks for, as Python's audit events tell."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

TOPICS = {"ctypes", "glob", "import", "open", "os", "shutil", "socket", "sqlite3", "subprocess", "urllib"}
"""The beginnings of the events that count."""


class _Hook:
    """Notes events with one of the words; Python keeps it until it ends, so it is made once."""

    __cantrace__ = True  # or its lines would not be counted

    def __init__(self) -> None:
        self.words: tuple[str, ...] = ()
        self.seen: list[str] = []

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.words and event.partition(".")[0] in TOPICS:
            texts = [str(each) for each in arguments if isinstance(each, str | bytes | os.PathLike | tuple | list)]
            self.seen += [f"{event} {text}" for text in texts if any(word in text for word in self.words)]


_HOOK = _Hook()
sys.addaudithook(_HOOK)


@contextmanager
def watching(*words: str) -> Iterator[list[str]]:
    """Give the list of what is opened, looked up or connected to whose name has one of the words."""
    _HOOK.words, _HOOK.seen = words, []
    try:
        yield _HOOK.seen
    finally:
        _HOOK.words = ()
