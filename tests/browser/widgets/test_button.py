"""Button, in a browser."""

from typing import Any

from playwright.sync_api import expect

import minidemo as gr
from tests.browser.axe import barriers
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import flagged, identity, submit


def test_a_button_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.Button("Go <b>", flag=True), gr.Button(flag=True)))
    expect(page.get_by_role("button", name="Run")).to_be_visible()
    submit(page)
    expect(page.get_by_role("button", name="Go <b>")).to_have_count(2)
    assert flagged(page) == ("Go <b>", "Go <b>")


def test_a_press_submits(visit: Visit) -> None:
    demo = gr.Interface(lambda name, button: f"{button}, {name}", ["text", gr.Button("Hello")], "text")
    page = visit(demo)
    page.get_by_label("name", exact=True).fill("Ada")
    page.get_by_role("button", name="Hello").press("Enter")
    expect(page.get_by_label("Output")).to_have_value("Hello, Ada")


def test_a_button_that_comes_out_does_nothing(visit: Visit) -> None:
    page = visit(gr.Interface(lambda text: text, "text", gr.Button("Out")))
    page.get_by_label("text", exact=True).fill("Again")
    page.get_by_role("button", name="Out").click()
    submit(page)
    expect(page.get_by_role("button", name="Again")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("button", name="Out")).to_be_visible()


def test_a_button_without_a_value_goes_back_to_its_first_text(visit: Visit) -> None:
    page = visit(gr.Interface(lambda text: text or None, "text", [gr.Button(None, label="Label")]))
    expect(page.get_by_role("button", name="Label")).to_be_visible()
    page.get_by_label("text", exact=True).fill("Text")
    submit(page)
    expect(page.get_by_role("button", name="Text")).to_be_visible()
    page.get_by_label("text", exact=True).fill("")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("button", name="Label")).to_be_visible()


def test_a_link_looks_like_a_button_and_leads_there(visit: Visit) -> None:
    page = visit(gr.Interface(lambda a, b: a, [gr.Button("API", link="openapi.json"), "text"], "text"))
    home = page.url
    link = page.get_by_role("link", name="API").first
    expect(link).to_have_attribute("rel", "noopener")
    link.click()
    page.wait_for_url(f"{home}openapi.json")


def test_a_button_may_be_off(visit: Visit) -> None:
    inputs = [gr.Button("Off", interactive=False), gr.Button("Away", link="/", interactive=False)]
    page = visit(gr.Interface(lambda a, b: a, inputs, "text"))
    expect(page.get_by_role("button", name="Off")).to_be_disabled()
    expect(page.get_by_role("link", name="Away")).to_be_disabled()
    expect(page.get_by_role("link", name="Away")).not_to_have_attribute("href", "/")


def test_everybody_can_use_it(visit: Visit) -> None:
    variants: list[Any] = ["primary", "secondary", "stop", "huggingface"]
    sizes: list[Any] = ["sm", "md", "lg", "lg"]
    looks = zip(variants, sizes, strict=True)
    buttons = [gr.Button(variant, variant=variant, size=size, info="A hint") for variant, size in looks]
    page = visit(gr.Interface(lambda *texts: None, [*buttons, gr.Button("Off", interactive=False)], None))
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 800})
    assert barriers(page) == []
    expect(page.get_by_role("button", name="stop")).to_have_accessible_description("A hint")
