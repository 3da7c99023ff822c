"""The page about the API, in a browser."""

import pytest
from playwright.sync_api import expect

import minidemo as gr
from tests.browser.axe import violations
from tests.browser.conftest import Visit


@pytest.mark.parametrize("width", [375, 1100])
def test_it_is_reached_from_the_foot_of_the_page_and_read_by_everybody(
    visit: Visit, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINIDEMO_MCP_SERVER", "true")
    page = visit(gr.Interface(str.upper, gr.Textbox(label="text"), gr.Image()))
    page.set_viewport_size({"width": width, "height": 800})
    page.get_by_role("link", name="API").click()
    expect(page.get_by_role("heading", name="upper", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="MCP")).to_contain_text("mcpServers")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    page.get_by_role("region", name="upper").get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("button", name="Copied.")).to_be_visible()
    assert "curl" in page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("link", name="Back to the demo").click()
    expect(page.get_by_label("text")).to_be_visible()
