"""Dataframe, in a browser: filled as a spreadsheet is, with keys, mouse and clipboard."""

import json
import re
from typing import Any

import numpy
import pandas
import pytest
from playwright.sync_api import Locator, Page, expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import flagged, identity, submit

PEOPLE = pandas.DataFrame({"name": ["Ada", "Grace", "Alan"], "born": [1815, 1906, 1912], "here": [False, True, False]})


def table(data: list[list[Any]], headers: list[Any], dtypes: list[Any] | None = None) -> dict[str, Any]:
    return {"headers": headers, "data": data, "metadata": {"dtypes": dtypes} if dtypes else None}


def people(**options: Any) -> gr.Interface:
    return identity(gr.Dataframe(PEOPLE, **options), gr.Dataframe(), flagging_mode="never")


def grid(page: Page, name: str = "x") -> Locator:
    return page.get_by_role("grid", name=name, exact=True)


def cell(page: Page, row: int, column: int, name: str = "x") -> Locator:
    """Return a cell by what the browser says of it: rows and columns count from 1, and so do headers, as row 0."""
    return grid(page, name).locator(f'tr[aria-rowindex="{row + 1}"] > [aria-colindex="{column}"]')


def held(page: Page, index: int = 0) -> Any:
    """Return what a table holds."""
    return json.loads(page.evaluate(f"JSON.stringify(document.querySelectorAll('mini-dataframe')[{index}].value)"))


def data(page: Page) -> Any:
    return held(page)["data"]


def pasted(page: Page, text: str) -> None:
    page.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const paste = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(paste);
        }""",
        text,
    )


def copied(page: Page, event: str = "copy") -> Any:
    return page.evaluate(
        """event => {
            const clipboardData = new DataTransfer();
            const copy = new ClipboardEvent(event, {clipboardData, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(copy);
            return clipboardData.getData("text/plain");
        }""",
        event,
    )


def test_a_table_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    inputs = gr.Dataframe(headers=["name", "n", "ok", "day"], datatype=["str", "number", "bool", "date"], row_count=2)
    page = visit(identity(inputs, gr.Dataframe()))
    cell(page, 1, 1).click()
    page.keyboard.type("Ada")
    page.keyboard.press("Tab")
    page.keyboard.type("9007199254740993")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("2024-05-17")
    page.keyboard.press("Tab")
    page.keyboard.type("Grace <b>")
    page.keyboard.press("Tab")
    page.keyboard.type("-1.5")
    submit(page)
    expected = table(
        [["Ada", 2**53 + 1, True, "2024-05-17"], ["Grace <b>", -1.5, None, None]], ["name", "n", "ok", "day"]
    )
    expect(cell(page, 2, 1, "Output")).to_have_text("Grace <b>")
    expect(cell(page, 1, 2, "Output")).to_have_text("9007199254740993")
    assert flagged(page) == (expected, expected)


def test_the_types_of_pandas_go_through_the_browser(visit: Visit) -> None:
    frame = pandas.DataFrame(
        {
            "whole": [1.0, 2.0],
            "large": [2**60, -1],
            "byte": numpy.array([1, 2], dtype="uint8"),
            "gap": pandas.array([1, None], dtype="Int64"),
            "when": pandas.to_datetime(["2024-05-17", None]),
            "inf": [float("inf"), float("nan")],
        }
    )
    seen: list[pandas.DataFrame] = []

    def watched(x: pandas.DataFrame) -> pandas.DataFrame:
        seen.append(x)
        return x

    page = visit(gr.Interface(watched, gr.Dataframe(frame), gr.Dataframe()))
    submit(page)
    pandas.testing.assert_frame_equal(seen[0], frame)


def test_a_blank_table_is_one_of_empty_cells(visit: Visit) -> None:
    page = visit(identity(gr.Dataframe(row_count=2, column_count=2), gr.Dataframe(), flagging_mode="never"))
    assert held(page) == table([[None, None], [None, None]], ["1", "2"])


def test_arrows_and_other_keys_go_from_cell_to_cell(visit: Visit) -> None:
    page = visit(people())
    cell(page, 1, 1).click()
    for keys, row, column in [
        ("ArrowDown ArrowRight", 2, 2),
        ("ArrowUp ArrowUp", 0, 2),
        ("ArrowUp ArrowLeft", 0, 1),
        ("Control+End", 3, 3),
        ("Home", 3, 1),
        ("End", 3, 3),
        ("Control+Home", 1, 1),
        ("Control+ArrowDown", 3, 1),
        ("Control+ArrowRight", 3, 3),
        ("Control+ArrowUp", 1, 3),
        ("PageDown", 3, 3),
        ("PageUp", 1, 3),
        ("Tab", 2, 1),
        ("Shift+Tab", 1, 3),
    ]:
        for key in keys.split():
            page.keyboard.press(key)
        expect(cell(page, row, column)).to_be_focused()


def test_escape_and_tab_leave_the_table(visit: Visit) -> None:
    page = visit(people())
    cell(page, 1, 1).click()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Add row")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(cell(page, 1, 1)).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Add row")).to_be_focused()


def test_a_cell_is_edited_kept_and_given_up(visit: Visit) -> None:
    page = visit(people())
    cell(page, 1, 1).dblclick()
    page.keyboard.type(" L")
    page.keyboard.press("Enter")
    expect(cell(page, 2, 1)).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.type("xxx")
    page.keyboard.press("Escape")
    expect(cell(page, 2, 1)).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type(" H")
    page.keyboard.press("Alt+Enter")
    page.keyboard.type("!")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("2")
    page.keyboard.press("Shift+Tab")
    cell(page, 3, 1).click()
    page.keyboard.press("Delete")
    assert [row[0] for row in data(page)] == ["2", "Grace H\n!", None]


def test_what_is_being_written_is_submitted_too(visit: Visit) -> None:
    page = visit(people())
    cell(page, 1, 1).click()
    page.keyboard.type("Bob")
    page.keyboard.press("Control+Enter")
    expect(cell(page, 1, 1, "Output")).to_have_text("Bob")
    cell(page, 2, 1).click()
    page.keyboard.type("Eve")
    page.get_by_role("button", name="Submit").click()
    expect(cell(page, 2, 1, "Output")).to_have_text("Eve")


def test_a_box_is_ticked_by_mouse_and_key(visit: Visit) -> None:
    page = visit(people())
    page.get_by_role("checkbox", name="x, row 1, here").click()
    cell(page, 2, 3).click(position={"x": 4, "y": 4})
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert [row[2] for row in data(page)] == [True, False, True]


def test_a_date_is_chosen_in_the_browsers_own_field(visit: Visit) -> None:
    page = visit(identity(gr.Dataframe([["2024-05-17"]], headers=["day"], datatype="date"), gr.Dataframe()))
    cell(page, 1, 1).dblclick()
    page.get_by_label("x, row 1, day").fill("2024-06-01")
    page.keyboard.press("Enter")
    assert data(page) == [["2024-06-01"]]


def test_what_is_wrong_is_told_at_the_cell_and_not_sent(visit: Visit) -> None:
    page = visit(people())
    cell(page, 2, 2).click()
    page.keyboard.type("early")
    page.keyboard.press("Enter")
    expect(page.get_by_text("x, row 2, born must be a number, such as 1.5.")).to_be_visible()
    expect(cell(page, 2, 2)).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("x, row 2, born must be a number, such as 1.5.")).to_be_visible()
    expect(cell(page, 1, 1, "Output")).to_have_count(0)
    cell(page, 2, 2).click()
    page.keyboard.type("1906")
    page.get_by_role("button", name="Submit").click()
    expect(cell(page, 2, 2, "Output")).to_have_text("1906")


def test_a_box_and_a_date_that_are_wrong(visit: Visit) -> None:
    inputs = gr.Dataframe([[True, "2024-05-17"]], headers=["ok", "day"], datatype=["bool", "date"])
    page = visit(identity(inputs, gr.Dataframe()))
    cell(page, 1, 1).click(position={"x": 4, "y": 4})
    pasted(page, "maybe\tsoon")
    expect(page.get_by_text("x, row 1, ok must be true or false.")).to_be_visible()
    cell(page, 1, 1).click()
    page.keyboard.press("Delete")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("x, row 1, day must be a date such as")).to_be_visible()


def test_cells_are_copied_cut_and_pasted_as_in_a_spreadsheet(visit: Visit) -> None:
    page = visit(people())
    cell(page, 1, 1).click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    expect(grid(page).locator("[aria-selected=true]")).to_have_count(4)
    assert copied(page) == "Ada\t1815\nGrace\t1906"
    assert copied(page, "cut") == "Ada\t1815\nGrace\t1906"
    assert data(page)[0] == [None, None, False]
    cell(page, 3, 1).click()
    pasted(page, 'Zoe\t7\tyes\tnew\r\n"a\tb"\t8\tno\t5\r\n')
    assert held(page) == table(
        [[None, None, False, None], [None, None, True, None], ["Zoe", 7, True, "new"], ["a\tb", 8, False, "5"]],
        ["name", "born", "here", "4"],
    )
    cell(page, 1, 2).click()
    page.keyboard.press("Shift+ArrowDown")
    pasted(page, "1")
    assert [row[1] for row in data(page)] == [1, 1, 7, 8]
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowUp")
    assert copied(page) == "name"


def test_a_real_clipboard_will_do(visit: Visit) -> None:
    page = visit(people())
    cell(page, 1, 1).click()
    page.keyboard.press("Control+c")
    cell(page, 2, 1).click()
    page.keyboard.press("Control+v")
    expect(cell(page, 2, 1)).to_have_text("Ada")


def test_cells_are_selected_with_the_mouse_and_all_with_a_key(visit: Visit) -> None:
    page = visit(people(show_row_numbers=True))
    cell(page, 1, 2).hover()
    page.mouse.down()
    cell(page, 2, 3).hover()
    page.mouse.up()
    expect(grid(page).locator("[aria-selected=true]")).to_have_count(4)
    cell(page, 3, 4).click(modifiers=["Shift"], position={"x": 4, "y": 4})
    expect(grid(page).locator("[aria-selected=true]")).to_have_count(9)
    page.get_by_role("rowheader", name="2").click()
    expect(grid(page).locator("[aria-selected=true]")).to_have_count(3)
    page.keyboard.press("Control+a")
    expect(grid(page).locator("[aria-selected=true]")).to_have_count(9)


def test_rows_and_columns_come_and_go_by_buttons_and_menu(visit: Visit) -> None:
    page = visit(people())
    cell(page, 1, 1).click()
    page.get_by_role("button", name="Add row").click()
    assert [row[0] for row in data(page)] == ["Ada", None, "Grace", "Alan"]
    expect(cell(page, 2, 1)).to_be_focused()
    page.keyboard.press("Shift+F10")
    page.get_by_role("menuitem", name="Remove row").click()
    page.keyboard.press("ContextMenu")
    page.keyboard.press("Enter")
    assert [row[0] for row in data(page)] == ["Ada", None, "Grace", "Alan"]
    cell(page, 2, 1).click(button="right")
    page.get_by_role("menuitem", name="Insert row below").click()
    page.get_by_role("button", name="Add column").click()
    assert held(page)["headers"] == ["name", "4", "born", "here"]


def test_columns_and_rows_come_and_go_where_they_are_selected(visit: Visit) -> None:
    page = visit(people())
    cell(page, 1, 2).click()
    page.keyboard.press("Shift+F10")
    page.get_by_role("menuitem", name="Insert column before").click()
    page.get_by_role("button", name="More…").click()
    page.get_by_role("menuitem", name="Insert column after").click()
    assert held(page)["headers"] == ["name", "4", "5", "born", "here"]
    cell(page, 1, 2).click()
    for key in ("Shift+ArrowRight", "Shift+ArrowDown", "Shift+F10"):
        page.keyboard.press(key)
    page.get_by_role("menuitem", name="Remove 2 columns").click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+F10")
    page.get_by_role("menuitem", name="Remove 2 rows").click()
    assert held(page)["headers"] == ["name", "born", "here"]
    assert data(page) == [["Alan", 1912, False]]


def test_the_menu_is_left_by_key(visit: Visit) -> None:
    page = visit(people())
    cell(page, 1, 1).click()
    for key in ("Escape", "Tab"):
        page.keyboard.press("Shift+F10")
        for move in ("ArrowDown", "End", "ArrowDown", "ArrowUp", "Home", "x"):
            page.keyboard.press(move)
        expect(page.get_by_role("menuitem").first).to_be_focused()
        page.keyboard.press(key)
        expect(page.get_by_role("menu")).to_be_hidden()
        expect(cell(page, 1, 1)).to_be_focused()
    page.keyboard.press("Shift+F10")
    page.get_by_role("heading").click()
    expect(page.get_by_role("menu")).to_be_hidden()


def test_a_column_is_renamed(visit: Visit) -> None:
    page = visit(people())
    cell(page, 1, 2).click()
    page.keyboard.press("Shift+F10")
    page.get_by_role("menuitem", name="Rename column").click()
    page.get_by_label("x, header born").fill("year")
    page.keyboard.press("Enter")
    expect(cell(page, 0, 2)).to_have_text("year")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("y")
    page.keyboard.press("Escape")
    assert held(page)["headers"] == ["name", "year", "here"]


def test_a_fixed_table_offers_no_rows_columns_or_names(visit: Visit) -> None:
    page = visit(people(row_count=(3, "fixed"), column_count=(3, "fixed"), static_columns=[0]))
    expect(page.get_by_role("button", name="Add row")).to_have_count(0)
    cell(page, 1, 1).click()
    page.keyboard.type("x")
    pasted(page, "a\t5\tno\t1\nb\t6\n\t\n\t9")
    assert data(page) == [["Ada", 5, False], ["Grace", 6, True], ["Alan", None, False]]
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("F2")
    page.keyboard.press("Shift+F10")
    expect(page.get_by_role("menuitem")).to_have_text(["Sort ascending", "Sort descending"])


def test_limits_stop_the_buttons(visit: Visit) -> None:
    page = visit(people(row_limits=(3, 4), column_limits=(3, 3)))
    expect(page.get_by_role("button", name="Add column")).to_be_disabled()
    page.get_by_role("button", name="Add row").click()
    expect(page.get_by_role("button", name="Add row")).to_be_disabled()


def test_a_header_sorts_up_down_and_not(visit: Visit) -> None:
    page = visit(people())
    names = grid(page).locator('td[aria-colindex="1"]')
    head = page.get_by_role("columnheader", name="name").first
    head.click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(names).to_have_text(["Ada", "Alan", "Grace"])
    head.click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(names).to_have_text(["Grace", "Alan", "Ada"])
    cell(page, 1, 2).click()
    page.keyboard.type("1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+ArrowUp")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(head).not_to_have_attribute("aria-sort", re.compile("."))
    assert data(page) == [["Ada", 1815, False], ["Grace", 1, True], ["Alan", 1912, False]]
    page.keyboard.press("Shift+F10")
    page.get_by_role("menuitem", name="Sort descending").click()
    page.keyboard.press("Shift+F10")
    page.get_by_role("menuitem", name="Clear sorting").click()
    expect(names).to_have_text(["Ada", "Grace", "Alan"])


def test_a_search_shows_the_rows_that_hold_it_and_keeps_them(visit: Visit) -> None:
    page = visit(people(show_search="filter"))
    names = grid(page).locator('td[aria-colindex="1"]')
    search = page.get_by_role("searchbox", name="Search: x")
    search.fill("19")
    expect(names).to_have_text(["Grace", "Alan"])
    expect(page.get_by_text("2 of 3 rows")).to_be_visible()
    page.get_by_role("button", name="Keep only these rows").click()
    search.fill("")
    search.press("Enter")
    expect(names).to_have_text(["Grace", "Alan"])
    search.fill("nobody")
    expect(names).to_have_count(0)
    page.get_by_role("button", name="Clear").click()
    expect(search).to_have_value("")
    expect(names).to_have_count(3)


def test_an_edit_is_undone_and_done_again(visit: Visit) -> None:
    page = visit(people())
    cell(page, 1, 1).click()
    page.keyboard.type("Bob")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+z")
    expect(cell(page, 1, 1)).to_have_text("Ada")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+y")
    expect(cell(page, 1, 1)).to_have_text("Bob")


def test_clear_brings_back_the_first_table_and_can_be_undone(visit: Visit) -> None:
    page = visit(people())
    cell(page, 1, 1).click()
    page.keyboard.type("Bob")
    page.get_by_role("button", name="Clear").click()
    expect(cell(page, 1, 1)).to_have_text("Ada")
    page.get_by_role("button", name="Undo").click()
    expect(cell(page, 1, 1)).to_have_text("Bob")


def test_an_output_is_read_and_copied_but_not_written(visit: Visit) -> None:
    page = visit(gr.Interface(lambda: PEOPLE, None, gr.Dataframe(), flagging_mode="never"))
    expect(page.get_by_text("The result will appear here.")).to_be_visible()
    expect(page.get_by_text("Copy", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Generate").click()
    cell(page, 2, 1, "Output").click()
    page.keyboard.type("x")
    page.keyboard.press("Delete")
    page.keyboard.press("F2")
    page.keyboard.press("Control+z")
    pasted(page, "x")
    assert copied(page, "cut") == "Grace"
    page.keyboard.press("Enter")
    expect(cell(page, 3, 1, "Output")).to_be_focused()
    page.get_by_role("checkbox", name="Output, row 1, here").click()
    expect(page.get_by_role("checkbox", name="Output, row 1, here")).not_to_be_checked()
    assert [row[0] for row in data(page)] == ["Ada", "Grace", "Alan"]
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("name\tborn\there\nAda\t1815\tfalse")
    cell(page, 2, 1, "Output").click()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Copy")).to_be_focused()


def test_only_what_is_seen_of_a_long_and_wide_table_is_drawn(visit: Visit) -> None:
    frame = pandas.DataFrame(numpy.arange(5_000_000).reshape(500_000, 10))
    page = visit(gr.Interface(lambda: frame.iloc[:20_000], None, gr.Dataframe(pinned_columns=1), flagging_mode="never"))
    page.get_by_role("button", name="Generate").click()
    cell(page, 1, 1, "Output").click()
    page.keyboard.press("Control+End")
    expect(cell(page, 20_000, 10, "Output")).to_be_focused()
    expect(cell(page, 20_000, 10, "Output")).to_have_text("199999")
    expect(cell(page, 20_000, 10, "Output")).to_be_in_viewport()
    assert grid(page, "Output").locator("tr").count() < 100
    page.locator(".sheet-body").evaluate("body => body.scrollTo(0, 0)")
    expect(cell(page, 1, 1, "Output")).to_be_in_viewport()
    page.keyboard.press("ArrowUp")
    expect(cell(page, 19_999, 10, "Output")).to_be_focused()


def test_columns_that_are_not_seen_are_not_drawn(visit: Visit) -> None:
    frame = pandas.DataFrame(numpy.arange(90_000).reshape(300, 300))
    page = visit(gr.Interface(lambda: frame, None, gr.Dataframe(pinned_columns=2), flagging_mode="never"))
    page.get_by_role("button", name="Generate").click()
    cell(page, 1, 1, "Output").click()
    page.keyboard.press("Control+End")
    expect(cell(page, 300, 300, "Output")).to_be_focused()
    expect(cell(page, 300, 300, "Output")).to_have_text("89999")
    expect(cell(page, 300, 2, "Output")).to_be_in_viewport()
    assert grid(page, "Output").locator("thead th").count() < 40
    page.keyboard.press("Control+ArrowLeft")
    expect(cell(page, 300, 1, "Output")).to_be_focused()


@pytest.mark.parametrize("rows", [400_000])
def test_a_table_higher_than_a_browser_allows_can_be_read_to_its_end(visit: Visit, rows: int) -> None:
    page = visit(gr.Interface(lambda: [[0]], None, gr.Dataframe(), flagging_mode="never"))
    page.evaluate(
        """rows => {
            const data = Array.from({length: rows}, (_, row) => [row + 1]);
            document.querySelector("mini-dataframe").value = {headers: ["n"], data, metadata: null};
        }""",
        rows,
    )
    cell(page, 1, 1, "Output").click()
    page.keyboard.press("Control+End")
    expect(cell(page, rows, 1, "Output")).to_be_in_viewport()
    page.keyboard.press("ArrowUp")
    expect(cell(page, rows - 1, 1, "Output")).to_have_text(str(rows - 1))


def test_a_large_table_that_was_edited_is_known_to_be_another(visit: Visit) -> None:
    frame = pandas.DataFrame(numpy.zeros((1000, 10), dtype="int64"))
    page = visit(identity(gr.Dataframe(frame), gr.Dataframe(), flagging_mode="never"))
    page.get_by_role("button", name="Submit").click()
    expect(cell(page, 1, 1, "Output")).to_have_text("0")
    cell(page, 1, 1).click()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Result for earlier inputs")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.get_by_text("Result for earlier inputs")).to_be_hidden()


def test_markdown_and_html_become_harmless_elements(visit: Visit) -> None:
    texts = [
        "**bold** *it* `<i>` ~~no~~ [link](https://example.org) [bad](javascript:x) bad](x)\nnext",
        '<b onclick="x()">b</b><script>x</script><img src=x onerror=x><a href="javascript:x">a</a>'
        '<p>p<a href="mailto:a@b.c">m</a></p><!-- c -->',
    ]
    page = visit(
        gr.Interface(lambda: [texts], None, gr.Dataframe(datatype=["markdown", "html"]), flagging_mode="never")
    )
    page.get_by_role("button", name="Generate").click()
    html = cell(page, 1, 2, "Output")
    expect(cell(page, 1, 1, "Output")).to_have_text("bold it <i> no link bad bad](x)next")
    assert cell(page, 1, 1, "Output").locator("strong, em, code, del, br").count() == 5
    expect(html).to_have_text("bapm")
    assert html.locator("b[onclick], script, img, a[href^=javascript]").count() == 0
    assert html.locator("a[href]").evaluate_all("links => links.map(link => link.href)") == ["mailto:a@b.c"]


def test_a_styler_shows_its_text_and_colours(visit: Visit) -> None:
    styler = PEOPLE[["born"]].style.map(lambda year: "background-color: #ff0" if year > 1900 else "color: #f00")
    page = visit(gr.Interface(lambda: styler.format("in {}"), None, gr.Dataframe(), flagging_mode="never"))
    page.get_by_role("button", name="Generate").click()
    expect(cell(page, 1, 1, "Output")).to_have_text("in 1815")
    expect(cell(page, 1, 1, "Output")).to_have_css("color", "rgb(255, 0, 0)")
    expect(cell(page, 2, 1, "Output")).to_have_css("background-color", "rgb(255, 255, 0)")
    expect(cell(page, 2, 1, "Output")).to_have_css("color", "rgb(26, 29, 33)")


def test_looks_that_the_author_asks_for(visit: Visit) -> None:
    text = "A text that is rather long"
    page = visit(
        gr.Interface(
            lambda: [[text, "a\nb"]],
            None,
            gr.Dataframe(max_chars=6, wrap=True, column_widths=[150, "40%"], max_height="10rem", show_search=True),
            flagging_mode="never",
        )
    )
    page.get_by_role("button", name="Generate").click()
    expect(cell(page, 1, 1, "Output")).to_have_text("A text…")
    expect(cell(page, 1, 1, "Output")).to_have_attribute("title", text)
    assert cell(page, 1, 1, "Output").evaluate("cell => cell.offsetWidth") == 150
    expect(page.locator(".sheet-body")).to_have_css("max-height", "160px")
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("() => document.fullscreenElement === null")


def test_a_table_fits_a_narrow_page_and_its_input_grows_with_it(visit: Visit) -> None:
    page = visit(people(max_height=120))
    page.set_viewport_size({"width": 320, "height": 600})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator(".sheet").first.evaluate("sheet => sheet.clientHeight") <= 120


def test_the_server_has_the_last_word(visit: Visit) -> None:
    page = visit(people(row_limits=(4, 9)))
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("x must have at least 4 rows; it has 3.")).to_be_visible()
    expect(cell(page, 1, 1)).to_be_focused()


def test_an_output_is_put_right_in_a_table(visit: Visit) -> None:
    demo = gr.Interface(lambda: PEOPLE, None, gr.Dataframe(), flagging_correction=True)
    page = visit(demo)
    page.get_by_role("button", name="Generate").click()
    page.get_by_role("button", name="Flag").click()
    wanted = "What should Output be?"
    cell(page, 1, 1, wanted).click()
    page.keyboard.type("Bob")
    page.keyboard.press("Escape")
    page.keyboard.type("Eve")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    (record,) = gr.FlagStore("flagged").records()
    assert record.expected is not None
    assert record.expected[0]["data"][0][0] == "Eve"
