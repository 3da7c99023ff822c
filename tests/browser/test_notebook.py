"""The frame of a notebook, in a browser."""

import re

from playwright.sync_api import Browser, expect

import minidemo as gr
from tests.hosting import hosting


def test_the_frame_is_as_high_as_its_page(browser: Browser) -> None:
    demo = gr.Interface(lambda *texts: "", ["text"] * 4, "text")
    with demo.running(inline=True), hosting() as host, browser.new_context() as context:
        html = demo._repr_mimebundle_()["text/html"]
        host.holds("/notebook", html.encode(), "text/html")
        page = context.new_page()
        page.goto(host.url("/notebook", "localhost"))
        expect(page.locator("iframe")).to_have_attribute("height", re.compile("^[67]..$"), timeout=15_000)
        assert page.frames[1].evaluate("document.documentElement.scrollHeight <= innerHeight")
