"""The form of a flag: a note, and the outputs put right, by mouse and by keyboard, when all is well and when not."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

import minidemo as gr
from tests.browser.axe import barriers
from tests.browser.conftest import Visit
from tests.components.pictures import encoded, gradient, opened
from tests.flagging.backend import Shelf


def double(x: float) -> float:
    if x < 0:
        raise gr.Error("Too small.")
    return 2 * x


def demo(backend: gr.FlaggingCallback, **options: Any) -> gr.Interface:
    return gr.Interface(double, gr.Number(label="x"), "number", flagging_callback=backend, **options)


def submit(page: Page, x: str = "4") -> None:
    page.get_by_label("x", exact=True).fill(x)
    page.keyboard.press("Enter")
    expect(button(page)).to_be_enabled()


def button(page: Page) -> Locator:
    return page.get_by_role("button", name="Flag")


def note(page: Page) -> Locator:
    return page.get_by_label("Note (optional)")


def corrected(page: Page) -> Locator:
    return page.get_by_label("What should Output be?")


def saved(page: Page) -> None:
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()


def test_a_note_is_optional(visit: Visit) -> None:
    backend = Shelf()
    page = visit(demo(backend, flagging_comment=True))
    submit(page)
    expect(note(page)).to_be_hidden()
    button(page).click()
    expect(note(page)).to_be_focused()
    assert backend.kept == []
    page.get_by_role("button", name="Save").click()
    saved(page)
    expect(note(page)).to_be_hidden()
    assert backend.kept[0].comment is None
    assert backend.kept[0].source == "user"


@pytest.mark.parametrize("key", ["Enter", "Control+Enter", "Meta+Enter"])
def test_a_note_by_keyboard_alone(visit: Visit, key: str) -> None:
    backend = Shelf()
    page = visit(demo(backend, flagging_comment=True, flagging_options=["wrong", ("Something else", "other")]))
    submit(page)
    button(page).focus()
    for press in ("Enter", "2"):
        page.keyboard.press(press)
    expect(page.get_by_text("Reason: Something else")).to_be_visible()
    page.keyboard.type("It should")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("be 9.")
    page.keyboard.press(key)
    saved(page)
    expect(button(page)).to_be_focused()
    assert [(record.option, record.comment) for record in backend.kept] == [("other", "It should\nbe 9.")]


@pytest.mark.parametrize("way", ["Escape", "Cancel", "Flag"])
def test_who_cancels_saves_nothing_and_finds_the_text_again(visit: Visit, way: str) -> None:
    backend = Shelf()
    page = visit(demo(backend, flagging_comment=True))
    submit(page)
    button(page).click()
    expect(button(page)).to_have_attribute("aria-expanded", "true")
    note(page).fill("Hm.")
    page.keyboard.press(way) if way == "Escape" else page.get_by_role("button", name=way).click()
    expect(note(page)).to_be_hidden()
    expect(button(page)).to_be_focused()
    expect(button(page)).to_have_attribute("aria-expanded", "false")
    button(page).click()
    expect(note(page)).to_have_value("Hm.")
    assert backend.kept == []


def test_the_text_is_kept_while_it_cannot_be_saved(visit: Visit) -> None:
    page = visit(
        gr.Interface(double, gr.Number(label="x"), "number", flagging_comment=True, flagging_columns=["comment"])
    )
    submit(page)
    Path("flagged").write_text("A file where the folder should be.")
    button(page).click()
    note(page).fill("It should be 9.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The flag couldn't be saved.")).to_be_visible()
    expect(note(page)).to_have_value("It should be 9.")
    Path("flagged").unlink()
    note(page).press_sequentially(" Or 10.")
    page.get_by_role("button", name="Retry").click()
    saved(page)
    expect(button(page)).to_be_focused()
    assert Path("flagged/logs.csv").read_text() == "x,Output,comment\n4,8,It should be 9. Or 10.\n"


def test_a_note_that_is_too_long_says_so_at_the_field(visit: Visit) -> None:
    backend = Shelf()
    page = visit(demo(backend, flagging_comment=True))
    submit(page)
    button(page).click()
    note(page).fill("x" * 10_001)
    page.get_by_role("button", name="Save").click()
    expect(note(page)).to_be_focused()
    expect(note(page)).to_have_accessible_description("Note (optional) can have at most 10000 characters (now 10001).")
    assert backend.kept == []


def test_only_what_was_changed_is_sent(visit: Visit) -> None:
    backend = Shelf()
    page = visit(
        gr.Interface(
            lambda x: (x, "small"),
            gr.Number(label="x"),
            ["number", "text"],
            flagging_correction=True,
            flagging_callback=backend,
        )
    )
    submit(page)
    button(page).click()
    first = page.get_by_label("What should Output 0 be?")
    expect(first).to_be_focused()
    expect(first).to_have_value("4")
    page.get_by_label("What should Output 1 be?").fill("big")
    page.keyboard.press("Enter")
    saved(page)
    assert backend.kept[0].expected == (None, "big")
    assert backend.kept[0].outputs == (4, "small")


def test_who_changes_nothing_flags_without_an_expectation(visit: Visit) -> None:
    backend = Shelf()
    page = visit(demo(backend, flagging_correction=True, flagging_comment=True))
    submit(page)
    button(page).click()
    corrected(page).press("Enter")
    saved(page)
    assert (backend.kept[0].expected, backend.kept[0].comment) == (None, None)


def test_a_correction_by_keyboard_alone(visit: Visit) -> None:
    backend = Shelf()
    page = visit(demo(backend, flagging_correction=True, flagging_comment=True))
    submit(page)
    button(page).press("Enter")
    expect(corrected(page)).to_be_focused()
    page.keyboard.press("ArrowUp")
    for key in ("Tab", "W", "h", "y", "Tab", "Tab"):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Save")).to_be_focused()
    page.keyboard.press("Enter")
    saved(page)
    assert (backend.kept[0].expected, backend.kept[0].comment) == ((9,), "Why")


def test_what_could_not_have_been_shows_at_the_field(visit: Visit) -> None:
    backend = Shelf()
    page = visit(demo(backend, flagging_correction=True))
    submit(page)
    button(page).click()
    corrected(page).fill("nine")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Output must be a number, such as 1.5.")).to_be_visible()
    expect(corrected(page)).to_be_focused()
    expect(corrected(page)).to_have_attribute("aria-invalid", "true")
    corrected(page).fill("9")
    page.keyboard.press("Enter")
    saved(page)
    assert backend.kept[0].expected == (9,)


def test_what_only_the_server_can_know_shows_at_the_field_too(visit: Visit) -> None:
    class Even(gr.Number):
        """An even number."""

        def preprocess(self, value: Any) -> Any:
            """Refuse odd ones."""
            if value % 2:
                raise gr.InputError(f"{self.title} must be even.")
            return value

        @classmethod
        def name(cls) -> str:
            """Look like a number."""
            return "number"

    backend = Shelf()
    page = visit(
        gr.Interface(double, gr.Number(label="x"), Even(), flagging_correction=True, flagging_callback=backend)
    )
    submit(page)
    button(page).click()
    corrected(page).fill("9")
    page.keyboard.press("Enter")
    expect(corrected(page)).to_have_accessible_description("Output must be even.")
    expect(page.get_by_text("The flag couldn't be saved.")).to_be_visible()
    corrected(page).fill("10")
    page.keyboard.press("Enter")
    saved(page)


def test_a_failed_run_can_be_put_right(visit: Visit) -> None:
    backend = Shelf()
    page = visit(demo(backend, flagging_correction=True))
    submit(page)
    submit(page, "-1")
    expect(page.get_by_text("Too small.")).to_be_visible()
    button(page).click()
    expect(corrected(page)).to_have_value("")
    corrected(page).fill("-2")
    page.keyboard.press("Enter")
    saved(page)
    assert (backend.kept[0].inputs, backend.kept[0].outputs, backend.kept[0].expected) == ((-1,), (None,), (-2,))


def test_another_result_closes_the_form_and_begins_another(visit: Visit) -> None:
    backend = Shelf()
    page = visit(demo(backend, flagging_comment=True, flagging_correction=True))
    submit(page)
    button(page).click()
    note(page).fill("About eight.")
    page.get_by_label("x", exact=True).fill("5")
    expect(page.get_by_text("with the inputs that produced it (not your later edits)")).to_be_visible()
    expect(note(page)).to_be_visible()
    page.keyboard.press("Enter")
    expect(note(page)).to_be_hidden()
    expect(page.get_by_label("x", exact=True)).to_be_focused()
    button(page).click()
    expect(note(page)).to_have_value("")
    expect(corrected(page)).to_have_value("10")


def test_another_reason_keeps_the_text(visit: Visit) -> None:
    backend = Shelf()
    page = visit(demo(backend, flagging_comment=True, flagging_options=["wrong", "odd"]))
    submit(page)
    for number, reason in ((1, "wrong"), (2, "odd")):
        button(page).click()
        page.keyboard.press(str(number))
        expect(page.get_by_text(f"Reason: {reason}")).to_be_visible()
        page.keyboard.type(reason)
    page.keyboard.press("Enter")
    saved(page)
    assert [(record.option, record.comment) for record in backend.kept] == [("odd", "wrongodd")]
    button(page).click()
    page.keyboard.press("2")
    expect(note(page)).to_be_hidden()
    page.keyboard.press("Escape")


def test_the_text_of_a_flag_that_was_taken_back_is_still_there(visit: Visit) -> None:
    page = visit(demo(Shelf(), flagging_comment=True, flagging_options=["wrong", "odd"]))
    submit(page)
    button(page).click()
    page.keyboard.press("1")
    note(page).fill("It should be 9.")
    page.keyboard.press("Enter")
    saved(page)
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Flag removed.")).to_be_visible()
    button(page).click()
    page.keyboard.press("1")
    expect(note(page)).to_have_value("It should be 9.")
    page.keyboard.press("Enter")
    saved(page)
    button(page).click()
    page.keyboard.press("2")
    expect(note(page)).to_have_value("")


def test_a_label_is_put_right_by_its_name(visit: Visit) -> None:
    backend = Shelf()
    page = visit(
        gr.Interface(
            lambda text: {"cat": 0.9, "dog": 0.1},
            gr.Textbox(label="x"),
            "label",
            flagging_correction=True,
            flagging_callback=backend,
        )
    )
    for row, (name, expected) in enumerate([("dog", {"label": "dog", "confidences": None}), ("", None), ("cat", None)]):
        submit(page, str(row))
        expect(page.get_by_text("Flagged.")).to_have_count(0)
        button(page).click()
        expect(corrected(page)).to_have_value("cat")
        assert page.locator("datalist option").evaluate_all("all => all.map(one => one.value)") == ["cat", "dog"]
        corrected(page).fill(name)
        page.keyboard.press("Enter")
        saved(page)
        assert backend.kept[row].expected == (None if expected is None else (expected,))


def test_json_is_put_right_as_text(visit: Visit) -> None:
    backend = Shelf()
    page = visit(
        gr.Interface(
            lambda text: {"a": [1, 2]},
            gr.Textbox(label="x"),
            "json",
            flagging_correction=True,
            flagging_callback=backend,
        )
    )
    submit(page, "a")
    button(page).click()
    corrected(page).fill('{"a": [1,')
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Output must be valid JSON.")).to_be_visible()
    corrected(page).fill('{"a": [1, 3]}')
    page.keyboard.press("Control+Enter")
    saved(page)
    assert backend.kept[0].expected == ({"a": [1, 3]},)


def test_a_picture_is_put_right_by_another_one(visit: Visit) -> None:
    backend = Shelf()
    page = visit(
        gr.Interface(
            lambda x: gradient(4, 4), gr.Number(label="x"), "image", flagging_correction=True, flagging_callback=backend
        )
    )
    Path("better.png").write_bytes(encoded(gradient(7, 5)))
    submit(page)
    button(page).click()
    corrected(page).set_input_files("better.png")
    page.get_by_role("button", name="Save").click()
    saved(page)
    [expected] = backend.kept[0].expected or ()
    assert opened(expected).size == (7, 5)


def test_a_paste_goes_to_the_input_and_not_into_a_closed_form(visit: Visit) -> None:
    page = visit(gr.Interface(lambda im: im, "image", "image", flagging_correction=True))
    assert page.locator("mini-image[data-paste]").count() == 1


def test_nothing_else_moves_when_the_form_opens(visit: Visit) -> None:
    page = visit(demo(Shelf(), flagging_comment=True))
    submit(page)
    places = "['h1', '[data-press]', '[data-hint]', '#n1', '#n5'].map(name => document.querySelector(name)?.offsetTop)"
    before = page.evaluate(places)
    button(page).click()
    expect(note(page)).to_be_visible()
    assert page.evaluate(places) == before
    page.keyboard.press("Escape")
    assert page.evaluate(places) == before


def test_the_scripts_of_the_form_come_only_where_there_is_one(visit: Visit) -> None:
    plain, formal = visit(demo(Shelf())), visit(demo(Shelf(), flagging_comment=True))
    loaded = "performance.getEntriesByType('resource').some(entry => entry.name.includes('flag-form'))"
    assert not plain.evaluate(loaded)
    assert formal.evaluate(loaded)


@pytest.mark.parametrize("width", [320, 1280])
def test_everybody_can_use_it(visit: Visit, width: int) -> None:
    """Ask axe-core, with the form open, with an error in it, with a flag saved, and with one taken back."""
    page = visit(
        gr.Interface(
            lambda x: (x, {"cat": 0.9}, {"a": 1}, None, "b"),
            gr.Number(label="x"),
            [gr.Number(), gr.Label(), gr.JSON(), gr.Image(), gr.Radio(["a", "b"])],
            flagging_comment=True,
            flagging_correction=True,
            flagging_options=["wrong"],
            flagging_notice="Flags are read by Ada.",
            flagging_callback=Shelf(),
        )
    )
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    submit(page)
    button(page).click()
    page.keyboard.press("1")
    expect(note(page)).to_be_visible()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("What should Output 0 be?").fill("x")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Output 0 must be a number, such as 1.5.")).to_be_visible()
    assert barriers(page) == []
    page.get_by_label("What should Output 0 be?").fill("5")
    page.keyboard.press("Enter")
    saved(page)
    assert barriers(page) == []
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Flag removed.")).to_be_visible()
    assert barriers(page) == []
