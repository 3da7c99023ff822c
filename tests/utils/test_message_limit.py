"""MessageLimit: what visitors cause again and again is logged once a second."""

import logging

from minidemo.utils.message_limit import MessageLimit
from tests.clock import Clock


def record(text: str, level: int = logging.WARNING) -> logging.LogRecord:
    return logging.LogRecord("name", level, "path", 1, text, (), None)


def test_a_warning_passes_once_a_second() -> None:
    clock = Clock()
    limit = MessageLimit(clock)
    assert [limit.filter(record(text)) for text in ("a", "a", "b", "a")] == [True, False, True, False]
    clock.now = 0.9
    assert not limit.filter(record("a"))
    clock.now = 1
    assert [limit.filter(record(text)) for text in ("a", "a")] == [True, False]


def test_every_error_passes() -> None:
    limit = MessageLimit(Clock())
    assert all(limit.filter(record("a", logging.ERROR)) for _ in range(2))
