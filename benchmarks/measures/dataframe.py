"""How soon a long table is seen once its answer is there, and how smoothly it is scrolled."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from benchmarks.bench import Bench
from benchmarks.browser import chromium
from benchmarks.paths import APPS, TABLE
from benchmarks.rows import Row
from benchmarks.servers import free_port, stop, wait_for_answer

ROUNDS = 10
ROWS = 100_000
SCROLL = 3000
"""In so many milliseconds it is scrolled from top to bottom."""


def measure(bench: Bench) -> list[Row]:
    """Ask for the table on a fresh page each round; the others are left out."""
    if not any(subject.key == "minidemo" for subject in bench.subjects):
        return []
    with demo() as url, chromium() as browser:
        visit(browser, url)
        seen = [visit(browser, url) for _ in range(bench.rounds(ROUNDS))]
    first = {"minidemo": [milliseconds for milliseconds, _ in seen]}
    rate = {"minidemo": [frames for _, frames in seen]}
    return [
        Row(key="table-first", title=f"Table of {ROWS:,} x 10: answer to first rows", unit="ms", samples=first),
        Row(key="table-scroll", title=f"Table of {ROWS:,} x 10: frames while scrolling", unit="/s", samples=rate),
    ]


@contextmanager
def demo() -> Iterator[str]:
    """Serve the table with this very interpreter, for it needs pandas."""
    port = free_port()
    with TemporaryDirectory(prefix="minidemo-bench-") as folder, (Path(folder) / "server.log").open("ab") as log:
        command = [sys.executable, str(APPS / "dataframe_minidemo.py"), str(port)]
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            wait_for_answer(process, port, Path(folder) / "server.log")
            yield f"http://127.0.0.1:{port}/"
        finally:
            stop(process)


def visit(browser: Browser, url: str) -> tuple[float, float]:
    """Open the page, ask for the table, and scroll through it."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.add_init_script(TABLE.read_text(encoding="utf-8"))
        page.goto(url)
        page.wait_for_timeout(500)
        first = float(page.evaluate("window.table.firstRows()"))
        page.wait_for_timeout(500)
        frames, last = page.evaluate("duration => window.table.scroll(duration)", SCROLL)
    if last != ROWS:
        raise RuntimeError(f"The table ends with row {last} instead of {ROWS}.")
    return first, float(frames)
