"""The terminal of the program, if there is one."""

import sys
from contextlib import suppress


def say(line: str) -> None:
    """Print a line at once; do nothing without a terminal."""
    with suppress(OSError, ValueError):  # the terminal was closed
        print(line, flush=True)


def report(text: str) -> None:
    """Print a line of progress to stderr; a terminal shows only the newest."""
    stream = sys.stderr
    if stream is None:  # in a program without a console
        return
    with suppress(OSError, ValueError):
        line = f"\r\x1b[K{text}" if stream.isatty() else f"{text.rstrip()}\n"
        print(line, end="", file=stream, flush=True)
