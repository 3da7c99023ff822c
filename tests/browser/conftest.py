"""A real browser: Debian's Chromium, driven by Playwright."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from minidemo.interfaces.demo import Demo

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
"""The first has no windows, and takes a third of the time of the second."""
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
    "--no-first-run",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
PATIENCE = 60_000
"""How long something may take, in milliseconds: a page may hold all components, on a busy machine."""
Visit: TypeAlias = Callable[..., Page]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    assert CHROMIUM, "These tests need a browser. On Debian: apt-get install chromium-headless-shell"
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS) as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Serve demos, and open each in a fresh browser; at the end nothing may have gone wrong in any of them.

    What is printed is seen where a test fails: what was asked of the server, and what the pages showed at the end.
    """
    wrong: list[str] = []
    pages: list[Page] = []
    with ExitStack() as stack:

        def visit(demo: Demo, **options: Any) -> Page:
            url = stack.enter_context(demo.running())
            permissions = ["clipboard-read", "clipboard-write", "camera", "microphone"]
            context = stack.enter_context(browser.new_context(permissions=permissions, **options))
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.on("console", lambda message: wrong.append(message.text) if _is_wrong(message.text) else None)
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("request", lambda request: wrong.append(request.url) if _is_foreign(request.url, url) else None)
            page.on(
                "request",
                lambda request: print("asked", request.method, request.url, (request.post_data_buffer or b"")[:200]),
            )
            page.on("response", lambda response: print("told", response.status, response.url))
            page.on("requestfailed", lambda request: print("failed", request.url, request.failure))
            pages.append(page)
            page.goto(url)
            return page

        yield visit
        for page in (page for page in pages if not page.is_closed()):
            print(page.url, page.evaluate("document.body.innerText"), sep="\n", end="\n\n")
    assert wrong == []


def _is_wrong(message: str) -> bool:
    """Answers such as 422 are logged as errors, and screenshots of WebGL as slow; both are a part of the tests."""
    return "Failed to load resource" not in message and "GL Driver Message" not in message


def _is_foreign(address: str, home: str) -> bool:
    return urlsplit(address).scheme not in ("data", "blob") and not address.startswith(home)
