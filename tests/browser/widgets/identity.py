"""Demos that hand their input back, and what became of a flag: each widget is tried with these."""

import json
from typing import Any

from playwright.sync_api import Page, expect

import minidemo as gr
from minidemo.components.base import Held


def identity(component: gr.Component, output: gr.Component, **options: Any) -> gr.Interface:
    """Return a demo from one component, labelled `x`, to another, labelled `Output`."""
    component.label, output.label = "x", "Output"
    return gr.Interface(lambda x: x, component, output, **options)


def submit(page: Page) -> None:
    """Submit, and wait for the result."""
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("button", name="Flag")).to_be_enabled()


def flagged(page: Page) -> tuple[Held, Held]:
    """Flag the result, and read the flag back: the input and the output."""
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    record = list(gr.FlagStore("flagged").records())[-1]
    return record.inputs[0], record.outputs[0]


def echo(component: gr.Component) -> gr.Interface:
    """Return a demo that shows its input as JSON."""
    return gr.Interface(lambda x: {"got": x}, component, gr.JSON(label="Output"), flagging_mode="never")


def got(page: Page, value: object) -> None:
    """Submit, and wait until the demo shows that its function got the value."""
    page.get_by_role("button", name="Submit").click()
    expected = json.dumps({"got": value}, separators=(",", ":"))
    page.wait_for_function(
        "expected => JSON.stringify([...document.querySelectorAll('mini-json')].at(-1).value) === expected",
        arg=expected,
    )
