"""A page that shows a file which the server has deleted since says what to do."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.files_below import files_below
from tests.server.routes.test_upload import png, same


def test_a_picture_that_was_deleted_is_to_be_chosen_again(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    page = visit(gr.Interface(same, "image", "image", delete_cache=(0.01, 0.1)))
    picture, told = page.locator("mini-image").first, page.locator("mini-image .error").first
    choose = picture.locator("input[type=file]")
    choose.set_input_files({"name": "cat.png", "mimeType": "image/png", "buffer": png()})
    expect(picture).to_contain_text("Added cat.png.")
    while files_below(tmp_path / "tmp"):
        page.evaluate("fetch('openapi.json')")
    page.get_by_role("button", name="Submit").click()
    expect(told).to_have_text("This file is no longer available. Please choose it again.")
    expect(picture.locator("img")).to_be_visible()
    choose.set_input_files({"name": "dog.png", "mimeType": "image/png", "buffer": png()})
    expect(told).to_have_text("")
    expect(picture).to_contain_text("Added dog.png.")
