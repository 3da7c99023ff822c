"""Showing hostile text on a page, and looking whether it did anything."""

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.xss import XSS

_SHOW = """async texts => {
    const [field, output] = ["x", "Output"].map(label => document.querySelector(`[data-label="${label}"]`));
    const failed = [];
    for (const text of texts) {
        field.value = text;
        document.querySelector("[data-action=submit]").click();
        for (let i = 0; i < 2000 && output.dataset.state !== "fresh"; i++)
            await new Promise(resolve => setTimeout(resolve, 2));
        if (output.dataset.state !== "fresh") failed.push(text);
    }
    return failed;
}"""


_LATER = ("/code-colours.js", "/code-colours.css", "/tokenizer.js")
"""Files of the page that the first code in a text loads."""


def shown(visit: Visit, output: gr.Component, make: Callable[[str], object]) -> None:
    """Show one hostile text after the other in an output, and see that the page goes on as if nothing had been."""
    output.label = "Output"
    demo = gr.Interface(lambda x: make(x), gr.Textbox(label="x", lines=2), output)
    page = visit(demo)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("button", name="Flag")).to_be_enabled()
    asked = requests(page)
    assert page.evaluate(_SHOW, [sendable(text) for text in XSS]) == []
    unharmed(page, asked)
    page.get_by_label("x", exact=True).fill("still here")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator('[data-label="Output"]')).to_contain_text("still here")
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()


def served(visit: Visit, components: Sequence[gr.Component]) -> None:
    """Serve a page with hostile text in it, and see that it works like any other."""
    demo = gr.Interface(lambda *values: "done", list(components), gr.Textbox(label="Output"))
    page = visit(demo)
    unharmed(page, [])
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_label("Output", exact=True)).to_have_value("done")


def sendable(text: str) -> str:
    """Return the text as the browser's driver can be told it."""
    return text.encode("utf-8", "replace").decode()


def requests(page: Page) -> list[str]:
    """Return the addresses that the page asks for from now on, other than those for runs and flags."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if _is_odd(request.url) else None)
    return asked


def unharmed(page: Page, asked: Sequence[str]) -> None:
    """See that nothing ran, nothing was fetched, and no link leads to a script."""
    page.evaluate(
        """() => { for (const element of document.querySelectorAll(".field *"))
            for (const type of ["mouseover", "pointerenter", "focus", "toggle", "animationstart"])
                element.dispatchEvent(new Event(type)); }"""
    )
    assert page.evaluate("window.hacked") is None
    assert list(asked) == []
    schemes = page.evaluate("[...document.querySelectorAll('.field a[href]')].map(link => link.protocol)")
    assert set(schemes) <= {"http:", "https:"}
    assert page.locator(".field :is(script, style, iframe, object, embed, meta, base, form)").count() == 0


def _is_odd(address: str) -> bool:
    parts = urlsplit(address)
    own = parts.path in ("/predict", "/flag") or parts.path.endswith(_LATER)
    return parts.scheme in ("http", "https") and not own
