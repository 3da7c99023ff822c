"""Every component on one page: everybody can use it, and nothing sticks out, whatever is shown."""

from playwright.sync_api import Page, expect

import minidemo as gr
from examples.kitchen_sink import COLOURS, INPUTS, OUTPUTS, kitchen_sink
from tests.browser.axe import barriers
from tests.browser.conftest import Visit
from tests.browser.test_page import submit

STICKING_OUT = """width => {
    if (document.documentElement.scrollWidth <= width) return [];
    const all = [...document.querySelectorAll("body *")];
    return all.filter((one) => one.getBoundingClientRect().right > width).map((one) => one.outerHTML.slice(0, 200));
}"""


def everything() -> gr.Interface:
    """Return the kitchen sink, with what it leaves out: chips, a second menu of one kind, a table below."""
    return gr.Interface(
        lambda several, *values: (several, *kitchen_sink(*values)),
        [gr.Dropdown(COLOURS, value=["red"], multiselect=True, label="Several"), *INPUTS],
        [gr.Dropdown(COLOURS, multiselect=True, label="Several out"), *OUTPUTS],
        title="Everything",
        description="One of **each**.",
        article="| a | b |\n|---|---|\n| 1 | 2 |",
        flagging_options=["wrong", "odd"],
    )


def test_each_component_is_on_it() -> None:
    shown = {type(component) for component in (*INPUTS, *OUTPUTS)}
    offered = {kind for kind in vars(gr).values() if isinstance(kind, type) and issubclass(kind, gr.Component)}
    assert shown == {kind for kind in offered if kind.seen} - {gr.Component}


def test_everybody_can_use_it(visit: Visit) -> None:
    """Ask axe-core: fresh, with an error, with a result and a menu open, with a flag saved, and outdated."""
    page = visit(everything())
    page.set_viewport_size({"width": 375, "height": 800})
    assert barriers(page) == []
    page.get_by_label("Number", exact=True).fill("five")
    submit(page)
    expect(page.get_by_text("Number must be a number, such as 1.5.")).to_be_visible()
    assert barriers(page) == []
    page.get_by_label("Number", exact=True).fill("5")
    submit(page)
    expect(page.get_by_role("button", name="Flag")).to_be_enabled()
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_role("menu")).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("1")
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert barriers(page) == []
    page.get_by_label("Number", exact=True).fill("6")
    expect(page.get_by_text("Result for earlier inputs").first).to_be_visible()
    assert barriers(page) == []


def test_everybody_can_use_it_on_a_wide_screen(visit: Visit) -> None:
    page = visit(everything())
    submit(page)
    expect(page.get_by_role("button", name="Flag")).to_be_enabled()
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_role("menu")).to_be_visible()
    assert barriers(page) == []


def test_nothing_sticks_out_of_the_screen(visit: Visit) -> None:
    page = visit(everything())
    assert sticking_out(page) == {}
    submit(page)
    expect(page.get_by_role("button", name="Flag")).to_be_enabled()
    assert sticking_out(page) == {}


def sticking_out(page: Page) -> dict[int, list[str]]:
    """Return what does not fit, by the width of the screen."""
    found = {}
    for width in (320, 375, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = page.evaluate(STICKING_OUT, width)
    return {width: elements for width, elements in found.items() if elements}
