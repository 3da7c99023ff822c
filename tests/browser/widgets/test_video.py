"""Video, in a browser: chosen, dropped, recorded, played."""

import base64
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import flagged, identity, submit
from tests.components.videos import avi, film, webm

CUES = [{"text": "Hello", "timestamp": [0, 9]}]


def listener(**options: object) -> gr.Interface:
    """Return a demo that tells the name of a video, and whether there is sound."""
    return gr.Interface(told, gr.Video(label="clip", **options), "text")  # type: ignore[arg-type]  # any of its own


def told(path: str | None) -> str:
    if path is None:
        return "none"
    return f"{Path(path).name} with{'' if b'A_OPUS' in Path(path).read_bytes() else 'out'} sound"


def says(page: Page, words: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_label("Output")).to_have_value(words)


def chosen(page: Page) -> Locator:
    """Return the place to choose a file."""
    return page.locator("mini-video input[type=file]")


def played(page: Page, name: str = "Output") -> Locator:
    """Return the player of a field, once it has something to play."""
    player = page.locator(f"video[aria-label='{name}']")
    expect(player).to_be_visible()
    page.wait_for_function("player => player.readyState >= 1", arg=player.element_handle())
    return player


def test_a_video_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.Video(), gr.Video(subtitles=CUES)))
    chosen(page).set_input_files(film())
    submit(page)
    expect(played(page)).to_have_js_property("videoWidth", 64)
    sent, shown = flagged(page)
    assert sent.read() == shown.read() == webm()
    assert b"Hello" in shown.subtitles.read()


def test_a_video_is_seen_before_it_is_sent_and_can_be_removed(visit: Visit) -> None:
    page = visit(listener())
    chosen(page).set_input_files(film())
    expect(played(page, "clip")).to_have_js_property("duration", 0.5)
    says(page, "film.webm without sound")
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("video[aria-label=clip]")).to_be_hidden()
    says(page, "none")


@pytest.mark.parametrize("target", ["input", "[data-film]"])
def test_a_video_is_dropped_also_on_another(visit: Visit, target: str) -> None:
    page = visit(listener())
    chosen(page).set_input_files(film("first.webm"))
    played(page, "clip")
    drop(page, target)
    says(page, "dropped.webm without sound")


def drop(page: Page, target: str) -> None:
    """Drop a file; on a file input a browser puts it there by itself."""
    page.evaluate(
        """([target, data]) => {
            const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([bytes], "dropped.webm", { type: "video/webm" }));
            const place = document.querySelector(`mini-video ${target}`);
            for (const type of ["dragenter", "dragover", "drop"]) {
                place.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
            }
            if (target !== "input") return;
            place.files = dataTransfer.files;
            place.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        [target, base64.b64encode(webm()).decode()],
    )


def test_the_camera_records_until_it_is_stopped(visit: Visit) -> None:
    page = visit(listener(sources=["webcam"], include_audio=True))
    page.get_by_role("button", name="Camera").click()
    expect(page.get_by_role("button", name="Record")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Stop")).to_be_focused()
    expect(page.get_by_role("timer")).to_have_text("0:01")
    page.keyboard.press("Enter")
    played(page, "clip")
    says(page, "recording.webm with sound")


def test_without_being_asked_for_the_microphone_is_not_used(visit: Visit) -> None:
    page = visit(listener())
    page.get_by_role("button", name="Camera").click()
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("timer")).to_have_text("0:01")
    says(page, "recording.webm without sound")


def test_the_camera_stops_at_the_limit(visit: Visit) -> None:
    page = visit(listener(max_length=1))
    page.get_by_role("button", name="Camera").click()
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("button", name="Remove")).to_be_visible()
    says(page, "recording.webm without sound")


@pytest.mark.parametrize("how", ["Cancel", "Escape", "Clear"])
def test_a_recording_can_be_dropped(visit: Visit, how: str) -> None:
    page = visit(listener())
    page.get_by_role("button", name="Camera").click()
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("timer")).to_be_visible()
    if how == "Escape":
        page.keyboard.press("Escape")
    else:
        page.get_by_role("button", name=how).click()
    expect(page.get_by_role("timer")).to_be_hidden()
    expect(page.get_by_role("button", name="Camera")).to_be_visible()
    says(page, "none")


def test_a_camera_that_may_not_be_used_is_told_at_the_field(visit: Visit) -> None:
    page = visit(listener(include_audio=True))
    page.evaluate("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error()) }")
    page.get_by_role("button", name="Camera").click()
    expect(page.get_by_text("Can't use the camera and microphone.")).to_be_visible()


def test_what_is_no_video_is_told_at_the_field(visit: Visit) -> None:
    page = visit(listener())
    Path("notes.txt").write_text("No video.")
    chosen(page).set_input_files("notes.txt")
    expect(page.get_by_text("notes.txt is not a video.")).to_be_visible()


def test_what_only_claims_to_be_one_is_told_by_the_server(visit: Visit) -> None:
    page = visit(listener())
    chosen(page).set_input_files(film("film.webm", b"No video."))
    expect(page.get_by_text("This browser can't play film.webm.")).to_be_visible()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("clip must be a video: MP4, MOV, WebM, MKV, Ogg or AVI.")).to_be_visible()


def test_a_video_that_is_too_long_or_too_short_is_told_before_it_is_sent(visit: Visit) -> None:
    page = visit(listener(min_length=1, max_length=2))
    field = chosen(page)
    field.set_input_files(film("short.webm", webm(5, 100)))
    expect(page.get_by_text("clip must be at least 1 s long (this is 0.5 s).")).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    field.set_input_files(film("long.webm", webm(5, 1000, duration=False)))
    expect(page.get_by_text(re.compile(r"clip must be at most 2 s long \(this is \d\.\d s\)\."))).to_be_visible()


def test_what_the_browser_cannot_play_can_be_sent_and_downloaded(visit: Visit) -> None:
    page = visit(identity(gr.Video(), gr.Video()))
    chosen(page).set_input_files(film("film.avi", avi()))
    expect(page.get_by_text("This browser can't play film.avi.")).to_be_visible()
    submit(page)
    expect(page.get_by_text("This browser can't play film.avi.")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert (download.value.suggested_filename, download.value.path().read_bytes()) == ("film.avi", avi())


def reads(page: Page, player: Locator, words: str) -> None:
    """Wait until subtitles stand in the video, a little after its beginning."""
    player.evaluate("player => { player.currentTime = 0.2 }")
    page.wait_for_function(
        "([player, words]) => player.textTracks[0]?.activeCues?.[0]?.text === words",
        arg=[player.element_handle(), words],
    )


def test_subtitles_are_shown(visit: Visit) -> None:
    page = visit(gr.Interface(lambda: film(), None, gr.Video(subtitles=CUES)))
    page.get_by_role("button", name="Generate").click()
    reads(page, played(page), "Hello")


def test_a_fresh_page_shows_its_video_with_subtitles(visit: Visit) -> None:
    page = visit(gr.Interface(lambda x: x, gr.Video(film(), subtitles=CUES, label="clip"), gr.Video()))
    reads(page, played(page, "clip"), "Hello")


def test_a_result_begins_by_itself_at_a_place_and_again(visit: Visit) -> None:
    Path("long.webm").write_bytes(webm(50, 200))
    output = gr.Video(autoplay=True, loop=True, playback_position=6)
    page = visit(gr.Interface(lambda: "long.webm", None, output))
    page.get_by_role("button", name="Generate").click()
    player = played(page)
    expect(player).to_have_js_property("loop", True)
    page.wait_for_function("player => !player.paused && player.currentTime > 6", arg=player.element_handle())


def test_who_minds_what_moves_begins_it_themselves(visit: Visit) -> None:
    page = visit(gr.Interface(lambda: film(), None, gr.Video(autoplay=True)))
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("button", name="Generate").click()
    expect(played(page)).to_have_js_property("paused", True)


def test_a_video_can_be_sought_in(visit: Visit) -> None:
    page = visit(gr.Interface(lambda: film(data=webm(50, 200)), None, "video"))
    page.get_by_role("button", name="Generate").click()
    player = played(page)
    player.evaluate("player => { player.currentTime = 8 }")
    page.wait_for_function("player => !player.seeking && player.currentTime === 8", arg=player.element_handle())
