"""File, in a browser."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, Route, expect

import minidemo as gr
from tests.browser.axe import barriers
from tests.browser.conftest import Visit
from tests.browser.widgets.files import drag, drop, listed, written
from tests.browser.widgets.identity import flagged, identity, submit


def field(page: Page, label: str) -> Locator:
    return page.locator(f'mini-file[data-label="{label}"]')


def several(**options: Any) -> gr.Interface:
    return identity(gr.File(file_count="multiple", **options), gr.File(file_count="multiple"))


def names(page: Page) -> list[str]:
    """Submit, flag, and return the names of the files that were sent; those that came back are the same."""
    submit(page)
    sent, returned = flagged(page)
    assert [(file.name, file.read()) for file in sent] == [(file.name, file.read()) for file in returned]
    return [file.name for file in sent]


def test_a_file_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.File(), gr.File()))
    page.get_by_label("x", exact=True).set_input_files(written("a report (1).csv"))
    listed(field(page, "x"), "a report (1).csv")
    expect(page.get_by_text("Added a report (1).csv.")).to_be_visible()
    submit(page)
    link = field(page, "Output").get_by_role("link", name="a report (1).csv")
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "a report (1).csv"
    assert download.value.path().read_text() == "a report (1).csv"
    for stored in flagged(page):
        assert (stored.name, stored.read()) == ("a report (1).csv", b"a report (1).csv")


def test_another_file_takes_the_place_of_the_only_one(visit: Visit) -> None:
    page = visit(identity(gr.File(), gr.File()))
    for name in written("a.txt", "b.txt"):
        page.get_by_label("x", exact=True).set_input_files(name)
        listed(field(page, "x"), name)


def test_several_files_keep_their_order_and_one_can_be_removed(visit: Visit) -> None:
    page = visit(several())
    page.get_by_label("x", exact=True).set_input_files(written("c.txt", "a.txt"))
    page.get_by_label("x", exact=True).set_input_files(written("b.txt"))
    listed(field(page, "x"), "c.txt", "a.txt", "b.txt")
    page.get_by_role("button", name="Remove a.txt").press("Enter")
    expect(page.get_by_role("button", name="Remove b.txt")).to_be_focused()
    assert names(page) == ["c.txt", "b.txt"]
    page.get_by_role("button", name="Remove b.txt").click()
    page.get_by_role("button", name="Remove c.txt").click()
    expect(page.get_by_label("x", exact=True)).to_be_focused()
    listed(field(page, "x"))


def test_files_change_places_by_the_keyboard(visit: Visit) -> None:
    page = visit(several(allow_reordering=True))
    page.get_by_label("x", exact=True).set_input_files(written("a.txt", "b.txt", "c.txt"))
    page.get_by_role("button", name="Move c.txt up").press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    listed(field(page, "x"), "c.txt", "a.txt", "b.txt")
    expect(page.get_by_role("button", name="Move c.txt up")).to_be_focused()
    page.get_by_role("button", name="Move a.txt down").click()
    expect(page.get_by_role("button", name="Move a.txt down")).to_be_disabled()
    assert names(page) == ["c.txt", "b.txt", "a.txt"]


def test_files_are_dropped_on_their_place(visit: Visit) -> None:
    page = visit(several())
    stage = field(page, "x").locator(".stage")
    drag(stage, "dragenter")
    expect(stage).to_have_attribute("data-drag", "")
    drop(page, stage, *written("a.txt", "b.txt"))
    listed(field(page, "x"), "a.txt", "b.txt")
    expect(stage).not_to_have_attribute("data-drag", "")


def test_a_file_that_misses_its_place_does_not_leave_the_page(visit: Visit) -> None:
    page = visit(identity(gr.File(), gr.Textbox()))
    for place in (page.get_by_role("heading"), page.get_by_label("Output")):
        assert not drag(place, "dragover", "a.txt")
        assert not drag(place, "drop", "a.txt")
        assert drag(place, "dragover"), "text may be dragged as ever"
    url = page.url
    drop(page, page.get_by_role("heading"), *written("a.txt"))
    page.get_by_label("x", exact=True).set_input_files("a.txt")
    listed(field(page, "x"), "a.txt")
    assert page.url == url


def test_a_folder_is_the_list_of_its_files(visit: Visit) -> None:
    page = visit(identity(gr.File(file_count="directory", file_types=[".txt"]), gr.File(file_count="multiple")))
    written("album/b/0.txt", "album/a/0.txt", "album/a/cover.png")
    page.get_by_label("x", exact=True).set_input_files("album")
    listed(field(page, "x"), "album/a/0.txt", "album/b/0.txt")
    submit(page)
    sent, _ = flagged(page)
    assert [(file.name, file.read()) for file in sent] == [("0.txt", b"album/a/0.txt"), ("0.txt", b"album/b/0.txt")]


def test_files_of_other_types_in_a_folder_are_left_out(visit: Visit) -> None:
    page = visit(identity(gr.File(file_count="directory", file_types=[".csv"]), gr.File()))
    written("album/a.txt", "album/b.txt")
    page.get_by_label("x", exact=True).set_input_files("album")
    expect(page.get_by_text("2 files skipped (wrong type).")).to_be_visible()
    listed(field(page, "x"))


def test_a_file_of_another_type_is_told_at_its_row_and_stops_the_submit(visit: Visit) -> None:
    page = visit(several(file_types=["image", ".csv"]))
    choose = page.get_by_label("x", exact=True)
    expect(choose).to_have_accessible_description("Drop files here, or choose files Accepts images or .csv")
    expect(choose).to_have_attribute("accept", "image/*,.csv")
    choose.set_input_files(written("a.csv", "notes.txt"))
    words = "This file type isn't accepted. Choose images or .csv."
    expect(field(page, "x").get_by_role("listitem").nth(1)).to_contain_text(words)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text(f"notes.txt: {words}")).to_be_visible()
    expect(choose).to_be_focused()
    expect(page.get_by_role("button", name="Retry")).to_have_count(0)
    page.get_by_role("button", name="Remove notes.txt").click()
    assert names(page) == ["a.csv"]


def test_what_is_wrong_stays_told_while_other_files_arrive(visit: Visit) -> None:
    page = visit(several(file_types=[".csv"]))
    held: list[Route] = []
    page.route("**/upload?*", lambda route: held.append(route))
    page.get_by_label("x", exact=True).set_input_files(written("a.csv", "notes.txt"))
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("notes.txt: This file")).to_be_visible()
    held[0].continue_()
    expect(page.get_by_text("Added a.csv.")).to_be_attached()
    expect(page.get_by_text("notes.txt: This file")).to_be_visible()


def test_content_of_another_kind_is_told_at_the_field(visit: Visit) -> None:
    page = visit(several(file_types=["image"]))
    page.get_by_label("x", exact=True).set_input_files(written("cat.png"))
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("x got cat.png, but its content is not that of a .png file.")).to_be_visible()


def test_a_file_over_the_limit_is_told_before_it_is_sent(visit: Visit) -> None:
    page = visit(several())
    Path("huge.bin").write_bytes(b"x" * (100 * 2**20 + 1))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    page.get_by_label("x", exact=True).set_input_files("huge.bin")
    expect(page.get_by_text("This file is 100 MB; the limit is 100 MB.")).to_be_visible()
    expect(page.get_by_role("button", name="Retry")).to_have_count(0)
    assert asked == []


def lost(route: Route) -> None:
    """Let the connection break for the second file alone."""
    if "name=b.txt" in route.request.url:
        route.abort()
    else:
        route.continue_()


def test_one_of_several_that_failed_is_sent_again_alone(visit: Visit) -> None:
    page = visit(several())
    page.route("**/upload?*", lost)
    page.get_by_label("x", exact=True).set_input_files(written("a.txt", "b.txt", "c.txt"))
    expect(page.get_by_text("Upload failed. Submit to try again.")).to_be_visible()
    expect(page.get_by_text("Added 2 files.")).to_be_visible()
    page.unroute("**/upload?*")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    page.get_by_role("button", name="Retry b.txt").click()
    expect(page.get_by_text("Added 3 files.")).to_be_visible()
    expect(page.get_by_role("button", name="Retry b.txt")).to_have_count(0)
    assert len(asked) == 1
    assert names(page) == ["a.txt", "b.txt", "c.txt"]


def test_submit_sends_again_what_could_not_be_sent(visit: Visit) -> None:
    page = visit(several())
    page.route("**/upload?*", lost)
    page.get_by_label("x", exact=True).set_input_files(written("a.txt", "b.txt"))
    expect(page.get_by_text("Upload failed.")).to_be_visible()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("alert").filter(has_text="Upload failed.")).to_have_count(2)
    page.unroute("**/upload?*")
    assert names(page) == ["a.txt", "b.txt"]


def test_what_the_server_refuses_is_told_at_the_row(visit: Visit) -> None:
    page = visit(several())
    body = '{"error": {"message": "There is no room.", "field": null}, "run": null}'
    page.route("**/upload?*", lambda route: route.fulfill(status=507, body=body))
    page.get_by_label("x", exact=True).set_input_files(written("a.txt"))
    expect(field(page, "x").get_by_role("listitem")).to_contain_text("There is no room.")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("a.txt: There is no room.")).to_be_visible()


def test_clear_takes_the_files_away_and_undo_brings_them_back(visit: Visit) -> None:
    page = visit(several())
    page.get_by_label("x", exact=True).set_input_files(written("a.txt", "b.txt"))
    expect(page.get_by_text("Added 2 files.")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    listed(field(page, "x"))
    page.get_by_role("button", name="Undo").click()
    listed(field(page, "x"), "a.txt", "b.txt")
    assert names(page) == ["a.txt", "b.txt"]


def test_what_is_on_its_way_can_be_taken_back(visit: Visit) -> None:
    page = visit(several())
    page.route("**/upload?*", lambda route: None)
    page.get_by_label("x", exact=True).set_input_files(written(*(f"{i}.txt" for i in range(5))))
    expect(page.get_by_role("progressbar", name="Upload 4.txt")).to_be_visible()
    for i in range(5):
        page.get_by_role("button", name=f"Remove {i}.txt").click()
    page.unroute("**/upload?*")
    page.get_by_label("x", exact=True).set_input_files(written("a.txt"))
    expect(page.get_by_text("Added a.txt.")).to_be_visible()
    assert names(page) == ["a.txt"]


def test_a_file_to_start_with_can_be_sent_and_removed(visit: Visit) -> None:
    Path("start.csv").write_text("a,b")
    page = visit(identity(gr.File("start.csv"), gr.File()))
    listed(field(page, "x"), "start.csv")
    submit(page)
    listed(field(page, "Output"), "start.csv")
    page.get_by_role("button", name="Remove start.csv").click()
    page.get_by_role("button", name="Submit").click()
    listed(field(page, "Output"))
    expect(field(page, "Output").get_by_text("The result will appear here.")).to_be_visible()


def test_hostile_names_are_shown_as_text(visit: Visit) -> None:
    page = visit(several())
    hostile = ["<img src=x onerror=alert(1)>.txt", "a\u202egnp.exe", "{{7*7}}.txt", "same.txt"]
    files = [FilePayload(name=name, mimeType="", buffer=b"x") for name in hostile]
    page.get_by_label("x", exact=True).set_input_files(files)
    listed(field(page, "x"), *hostile)
    submit(page)
    listed(field(page, "Output"), hostile[0], "a_gnp.exe", *hostile[2:])


def test_the_list_is_there_before_any_script_runs(visit: Visit) -> None:
    Path("start.csv").write_text("a,b")
    page = visit(gr.Interface(lambda x: x, gr.File("start.csv", label="x"), gr.File("start.csv")))
    page.route("**/*.js", lambda route: route.abort())
    page.reload()
    expect(field(page, "x").locator(".file-name")).to_have_text("start.csv")
    link = field(page, "Output").get_by_role("link", name="start.csv")
    expect(link).to_have_attribute("href", re.compile(r"^file/[\w-]+/start\.csv$"))


def test_nothing_jumps_when_files_come_out(visit: Visit) -> None:
    Path("out.txt").write_text("out")
    page = visit(gr.Interface(lambda: ["out.txt"] * 9, None, [gr.File(height=120)]))
    page.evaluate(
        "window.shifts = 0; new PerformanceObserver(list => list.getEntries().forEach(e => { shifts += e.value }))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.get_by_role("button", name="Generate").click()
    listed(field(page, "Output"), *["out.txt"] * 9)
    assert page.evaluate("shifts") == 0
    assert page.evaluate("document.querySelector('.filebox').offsetHeight") == 122


def test_everybody_can_use_it(visit: Visit) -> None:
    page = visit(several(file_types=[".txt"], allow_reordering=True))
    page.set_viewport_size({"width": 320, "height": 800})
    assert barriers(page) == []
    choose = page.get_by_label("x", exact=True)
    choose.set_input_files(written("a.txt", f"{'long ' * 15}.txt", "b.csv"))
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("b.csv: This file type isn't accepted.")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Remove b.csv").click()
    submit(page)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
