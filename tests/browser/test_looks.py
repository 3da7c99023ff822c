"""Themes and an author's own styles, script and tags, in a real browser under the page's policy."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

import minidemo as gr
from minidemo.themes import THEMES
from tests.browser.axe import barriers
from tests.browser.conftest import Visit
from tests.browser.test_page import submit

BACKGROUND = "getComputedStyle(document.querySelector('.column')).backgroundColor"


def check(x: float, kind: str) -> tuple[float, dict[str, float]]:
    return x, {"cat": 0.75, "dog": 0.25}


def demo(**looks: Any) -> gr.Interface:
    inputs = [gr.Number(5, minimum=0, label="x", info="Any number."), gr.Radio(["cat", "dog"], value="cat")]
    outputs = [gr.Number(label="y"), gr.Label(label="animal")]
    return gr.Interface(check, inputs, outputs, description="See [here](#x).", flagging_options=["wrong"], **looks)


@pytest.mark.parametrize("name", THEMES)
def test_everybody_can_use_each_theme_light_and_dark(visit: Visit, name: str) -> None:
    page = visit(demo(theme=name))
    page.emulate_media(reduced_motion="reduce")
    page.get_by_label("x", exact=True).fill("-1")
    submit(page)
    expect(page.get_by_text("x must be at least 0.")).to_be_visible()
    assert barriers(page) == []
    page.get_by_label("x", exact=True).fill("1")
    submit(page)
    expect(page.get_by_label("y", exact=True)).to_have_value("1")
    page.get_by_role("button", name="Flag").click()
    assert barriers(page) == []


def test_the_menu_of_light_and_dark_works_in_every_theme(visit: Visit) -> None:
    page = visit(demo(theme="ocean"), color_scheme="light")
    light = page.evaluate(BACKGROUND)
    page.get_by_label("Theme").select_option("Dark")
    assert page.evaluate(BACKGROUND) != light
    page.goto(f"{page.url}?__theme=light")
    assert page.evaluate(BACKGROUND) == light


def test_styles_scripts_and_tags_of_the_author_work_under_the_policy(visit: Visit) -> None:
    page = visit(
        demo(
            css="h1 { color: rgb(1, 2, 3); }",
            js="() => { document.querySelector('h1').textContent = 'Begun'; }",
            head="<style>.foot { color: rgb(4, 5, 6); }</style><script>window.early = document.readyState;</script>",
        )
    )
    expect(page.get_by_role("heading", name="Begun")).to_have_css("color", "rgb(1, 2, 3)")
    expect(page.locator(".foot")).to_have_css("color", "rgb(4, 5, 6)")
    assert page.evaluate("early") == "loading"


def test_launch_goes_over_what_the_demo_was_made_with(browser: Browser) -> None:
    made = demo(css="h1 { color: rgb(1, 2, 3); }", js="() => { document.title = 'Begun'; }")
    with made.running(css="h1 { color: rgb(4, 5, 6); }") as url, browser.new_context() as context:
        page = context.new_page()
        page.goto(url)
        expect(page.get_by_role("heading")).to_have_css("color", "rgb(4, 5, 6)")
        expect(page).to_have_title("Begun")


def test_a_script_of_another_host_runs_if_the_author_names_it_and_no_other_does(browser: Browser) -> None:
    named = '<script src="https://named.example/a.js"></script>'
    late = """() => {
        const script = document.createElement("script");
        script.src = "https://other.example/b.js";
        document.head.append(script);
    }"""
    with demo(head=named, js=late).running() as url, browser.new_context() as context:
        page = context.new_page()
        page.route("https://*.example/*", lambda route: route.fulfill(body=f"window.ran = '{route.request.url}'"))
        with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
            page.goto(url)
        assert page.evaluate("ran") == "https://named.example/a.js"
