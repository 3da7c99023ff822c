"""DateTime, in a browser."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import echo, flagged, got, identity, submit


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="x", exact=True)


def test_a_moment_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.DateTime(timezone="Europe/Berlin"), gr.DateTime(timezone="Europe/Berlin")))
    field(page).fill("2026-10-25 02:30:00+01:00")
    submit(page)
    expect(page.get_by_label("Output")).to_have_value("2026-10-25 02:30:00+01:00")
    assert flagged(page) == ("2026-10-25 02:30:00+01:00", "2026-10-25 02:30:00+01:00")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2026-01-31", "2026-01-31 00:00:00"),
        ("2026-01-31 12:30", "2026-01-31 12:30:00"),
        ("2026-01-31T12:30:15.25", "2026-01-31 12:30:15"),
        (" 2024-02-29 23:59:59 ", "2024-02-29 23:59:59"),
        ("0001-01-01 00:00:00", "0001-01-01 00:00:00"),
        ("9999-12-31 23:59:59", "9999-12-31 23:59:59"),
    ],
)
def test_a_moment_may_be_written_in_short(visit: Visit, written: str, text: str) -> None:
    page = visit(echo(gr.DateTime(type="string", label="x")))
    field(page).fill(written)
    field(page).press("Tab")
    expect(field(page)).to_have_value(text)
    got(page, text)


def test_now_is_left_to_the_server(visit: Visit) -> None:
    page = visit(identity(gr.DateTime(type="string"), gr.Textbox()))
    field(page).fill("now - 5m")
    submit(page)
    expect(field(page)).to_have_value("now - 5m")
    expect(page.get_by_label("Output")).to_have_value(re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$"))
    assert flagged(page)[0] == "now - 5m"


@pytest.mark.parametrize(
    "written",
    [
        "soon",
        "2026-02-29",
        "2023-02-29 10:00:00",
        "0000-01-01",
        "2026-13-01",
        "2026-01-01 24:00:00",
        "2026-01-01 10:60",
        "now - 5y",
    ],
)
def test_what_is_no_date_is_told_at_the_field(visit: Visit, written: str) -> None:
    page = visit(echo(gr.DateTime(label="x")))
    field(page).fill(written)
    field(page).press("Enter")
    expect(
        page.get_by_text('x must be a date and time like 2026-01-31 12:00:00, or "now - 5m" for five minutes ago.')
    ).to_be_visible()
    expect(field(page)).to_be_focused()


def test_a_time_that_clocks_skip_is_told_by_the_server(visit: Visit) -> None:
    page = visit(echo(gr.DateTime(label="x", timezone="Europe/Berlin")))
    field(page).fill("2026-03-29 02:30:00")
    field(page).press("Enter")
    expect(page.get_by_text("x must be a time that clocks show")).to_be_visible()


def test_the_calendar_writes_into_the_field(visit: Visit) -> None:
    page = visit(echo(gr.DateTime(type="string", label="x")))
    page.locator("[type=datetime-local]").fill("2026-01-31T12:30")
    expect(field(page)).to_have_value("2026-01-31 12:30:00")
    got(page, "2026-01-31 12:30:00")


@pytest.mark.parametrize("how", ["click", "keyboard"])
def test_the_calendar_opens_at_the_date_that_is_written(visit: Visit, how: str) -> None:
    page = visit(echo(gr.DateTime("2026-01-31 12:30:15", label="x")))
    if how == "click":
        page.get_by_role("button", name="Choose x from a calendar").click()
    else:
        field(page).press("Alt+ArrowDown")
    expect(page.locator("[type=datetime-local]")).to_have_value("2026-01-31T12:30:15")


def test_a_date_without_a_time(visit: Visit) -> None:
    page = visit(echo(gr.DateTime(type="string", include_time=False, label="x")))
    page.locator("[type=date]").fill("2026-01-31")
    expect(field(page)).to_have_value("2026-01-31")
    got(page, "2026-01-31")
    page.get_by_role("button", name="Choose x from a calendar").click()
    expect(page.locator("[type=date]")).to_have_value("2026-01-31")
    page.keyboard.press("Escape")
    field(page).fill("2026-01-31 10:00")
    field(page).press("Enter")
    expect(page.get_by_text('x must be a date like 2026-01-31, or "now - 1d" for yesterday.')).to_be_visible()
    field(page).fill("")
    got(page, None)


def test_the_time_zone_is_said(visit: Visit) -> None:
    page = visit(echo(gr.DateTime(label="x", timezone="Asia/Tokyo")))
    expect(field(page)).to_have_accessible_description("Asia/Tokyo")
