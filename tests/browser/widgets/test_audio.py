"""Audio, in a browser."""

import base64
import re
from pathlib import Path
from typing import Any

import numpy
import soundfile
from playwright.sync_api import Browser, Locator, Page, expect

import minidemo as gr
from minidemo.content.media import Media
from tests.browser.axe import barriers
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import flagged, identity, submit
from tests.components.sounds import encoded, heard, tone, wav

RATE = 8000


def voice(seconds: float = 2, name: str = "voice.wav") -> Path:
    path = Path(name)
    path.write_bytes(wav(tone(seconds)))
    return path


def listening(**options: Any) -> gr.Interface:
    """Return a demo that tells what its function hears."""

    def told(sound: Any) -> str:
        return sound and f"{sound[0]} Hz, shape {sound[1].shape}, peak {abs(sound[1]).max()}"

    return gr.Interface(told, gr.Audio(label="sound", **options), "text", flagging_mode="never")


def told(page: Page, words: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_label("Output")).to_have_value(words)


def choose(page: Page, path: Path, label: str = "sound") -> None:
    page.get_by_label(label, exact=True).set_input_files(path)
    expect(page.get_by_text(f"Added {path.name}")).to_be_visible()


def player(page: Page, label: str = "sound") -> Locator:
    return page.get_by_label(f"{label}, player")


def lasts(page: Page, seconds: float, label: str = "sound") -> None:
    expect(player(page, label)).to_have_js_property("duration", seconds)


def drawn(page: Page, label: str = "sound") -> None:
    """Wait until the waveform is more than a line, and has as many bars as there is room."""
    page.wait_for_function(
        """label => {
            const canvas = document.querySelector(`[data-label="${label}"] canvas`);
            const pen = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", {willReadFrequently: true});
            pen.drawImage(canvas, 0, 0);
            const {data} = pen.getImageData(0, 0, canvas.width, canvas.height);
            return data.filter((value, index) => index % 4 === 3 && value).length > canvas.width * 10;
        }""",
        arg=label,
    )


def put(page: Page, target: str, kind: str, path: Path) -> None:
    """Drop or paste a file, as the browser tells the page of it."""
    page.evaluate(
        """([target, kind, data, name]) => {
            const transfer = new DataTransfer();
            const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
            transfer.items.add(new File([bytes], name, {type: "audio/wav"}));
            const init = {bubbles: true, cancelable: true};
            const event = kind === "paste"
                ? new ClipboardEvent(kind, {clipboardData: transfer, ...init})
                : new DragEvent(kind, {dataTransfer: transfer, ...init});
            document.querySelector(target).dispatchEvent(event);
        }""",
        [target, kind, base64.b64encode(path.read_bytes()).decode(), path.name],
    )


def test_a_sound_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.Audio(), gr.Audio()))
    choose(page, voice(), "x")
    lasts(page, 2, "x")
    drawn(page, "x")
    submit(page)
    lasts(page, 2, "Output")
    drawn(page, "Output")
    for stored in flagged(page):
        rate, samples = heard(stored)
        assert (rate, samples.tolist()) == (RATE, tone(2).tolist())


def test_audio_chosen_and_removed(visit: Visit) -> None:
    page = visit(listening())
    choose(page, voice())
    told(page, "8000 Hz, shape (16000,), peak 8000")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_label("sound", exact=True)).to_be_focused()
    told(page, "")


def test_audio_dropped(visit: Visit) -> None:
    page = visit(listening())
    put(page, ".stage", "dragenter", voice())
    expect(page.locator(".stage[data-drag]")).to_be_visible()
    put(page, ".stage", "drop", voice())
    told(page, "8000 Hz, shape (16000,), peak 8000")
    put(page, ".stage", "drop", voice(1))
    lasts(page, 1)
    told(page, "8000 Hz, shape (8000,), peak 8000")


def test_audio_pasted(visit: Visit) -> None:
    page = visit(listening())
    put(page, "body", "paste", voice())
    told(page, "8000 Hz, shape (16000,), peak 8000")


def test_audio_recorded(visit: Visit) -> None:
    page = visit(identity(gr.Audio(sources="microphone"), gr.Audio()))
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("button", name="Stop")).to_be_focused()
    expect(page.get_by_role("timer")).to_have_text("0:01")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Added recording.wav.")).to_be_visible()
    expect(page.get_by_role("button", name="Record")).to_be_focused()
    submit(page)
    for stored in flagged(page):
        rate, samples = heard(stored)
        assert len(samples) >= rate
        assert abs(samples.astype(int)).max() > 1000, "Chromium's microphone beeps"


def test_a_recording_that_goes_on_ends_when_it_is_submitted(visit: Visit) -> None:
    page = visit(listening(sources="microphone"))
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("timer")).to_have_text("0:01")
    told(page, re.compile(r"\d+ Hz, shape \(\d+,\), peak \d+"))
    expect(page.get_by_role("timer")).to_be_hidden()


def test_a_recording_ends_at_the_limit_and_has_the_rate_that_was_asked_for(visit: Visit) -> None:
    page = visit(listening(sources="microphone", max_length=1, waveform_options={"sample_rate": 16_000}))
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("Added recording.wav.")).to_be_visible()
    told(page, re.compile(r"^16000 Hz, shape \(16000,\)"))


def test_a_recording_begins_by_itself_where_the_author_wants_that(visit: Visit) -> None:
    page = visit(listening(recording=True, max_length=2))
    expect(page.get_by_role("timer")).to_have_text("0:01 / 0:02")


def test_a_recording_that_is_cancelled_leaves_what_was_there(visit: Visit) -> None:
    page = visit(listening())
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile("0:0"))
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="Record")).to_be_focused()
    expect(page.get_by_role("timer")).to_be_hidden()
    told(page, "")
    choose(page, voice())
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile("0:0"))
    page.keyboard.press("Escape")
    drawn(page)
    told(page, "8000 Hz, shape (16000,), peak 8000")


def test_who_has_no_microphone_is_told(browser: Browser) -> None:
    with listening().running() as url, browser.new_context() as context:
        page = context.new_page()
        page.add_init_script("navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error())")
        page.goto(url)
        page.get_by_role("button", name="Record").click()
        expect(page.get_by_text("Can't use the microphone.")).to_be_visible()


def test_audio_trimmed_by_keyboard_and_trim_undone(visit: Visit) -> None:
    page = visit(identity(gr.Audio(), gr.Audio()))
    choose(page, voice(), "x")
    lasts(page, 2, "x")
    page.get_by_role("button", name="Trim").click()
    expect(page.get_by_role("slider", name="Start")).to_be_focused()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    expect(page.get_by_role("slider", name="End")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("0.05 s to 1.99 s")).to_be_visible()
    expect(page.get_by_role("slider", name="Start")).to_have_attribute("aria-valuetext", "0.05 s")
    page.get_by_role("button", name="Trim to selection").click()
    expect(page.get_by_role("button", name="Trim", exact=True)).to_be_focused()
    lasts(page, 1.94, "x")
    submit(page)
    assert [heard(stored)[1].tolist() for stored in flagged(page)] == [tone(2)[400:15_920].tolist()] * 2
    page.get_by_role("button", name="Undo trim").click()
    lasts(page, 2, "x")
    expect(page.get_by_role("button", name="Undo trim")).to_be_hidden()


def test_audio_trimmed_by_mouse(visit: Visit) -> None:
    page = visit(listening())
    choose(page, voice())
    lasts(page, 2)
    page.get_by_role("button", name="Trim").click()
    box = page.locator("canvas").first.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    for begin, end in ((0.0, 0.25), (1.0, 0.75)):
        page.mouse.move(box["x"] + begin * box["width"], middle)
        page.mouse.down()
        page.mouse.move(box["x"] + end * box["width"], middle, steps=4)
        page.mouse.up()
    expect(page.get_by_text("0.50 s to 1.50 s")).to_be_visible()
    page.get_by_role("button", name="Trim to selection").click()
    lasts(page, 1)
    told(page, "8000 Hz, shape (8000,), peak 8000")


def test_the_handles_do_not_pass_each_other_and_escape_keeps_the_whole(visit: Visit) -> None:
    page = visit(listening())
    choose(page, voice())
    lasts(page, 2)
    page.get_by_role("button", name="Trim").click()
    page.keyboard.press("End")
    expect(page.get_by_text("1.95 s to 2.00 s")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Home")
    expect(page.get_by_text("1.95 s to 2.00 s")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("slider", name="Start")).to_be_hidden()
    expect(page.get_by_role("button", name="Trim")).to_be_focused()
    told(page, "8000 Hz, shape (16000,), peak 8000")


def test_while_a_piece_is_chosen_that_piece_is_played(visit: Visit) -> None:
    page = visit(listening())
    choose(page, voice())
    lasts(page, 2)
    page.get_by_role("button", name="Trim").click()
    page.keyboard.press("End")
    sound = player(page)
    sound.evaluate("sound => { sound.currentTime = 0; sound.muted = true; return sound.play() }")
    expect(sound).to_have_js_property("paused", True)
    assert sound.evaluate("sound => sound.currentTime") >= 1.95


def test_the_sound_that_the_page_began_with_can_be_trimmed_too(visit: Visit) -> None:
    page = visit(listening(value=(RATE, tone(2).astype("float64") / 32768)))
    lasts(page, 2)
    drawn(page)
    page.get_by_role("button", name="Trim").click()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Trim to selection").click()
    lasts(page, 1.99)
    told(page, "8000 Hz, shape (15920,), peak 8000")


def test_a_click_on_the_waveform_seeks(visit: Visit) -> None:
    page = visit(listening())
    choose(page, voice())
    lasts(page, 2)
    page.locator("canvas").first.click()
    page.wait_for_function("() => Math.abs(document.querySelector('audio').currentTime - 1) < 0.02")


def test_a_result_can_be_sought_in_played_and_downloaded(visit: Visit) -> None:
    samples = tone(30).astype("float64") / 32768
    demo = gr.Interface(lambda: (RATE, samples), None, gr.Audio(loop=True, autoplay=True, playback_position=20))
    page = visit(demo)
    page.get_by_role("button", name="Generate").click()
    sound = player(page, "Output")
    lasts(page, 30, "Output")
    page.wait_for_function("() => document.querySelector('mini-audio audio').currentTime > 20")
    expect(sound).to_have_js_property("loop", True)
    sound.evaluate("sound => { sound.pause(); sound.currentTime = 10 }")
    expect(sound).to_have_js_property("currentTime", 10)
    expect(sound).to_have_js_property("seeking", False)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    got, rate = soundfile.read(download.value.path())
    assert (rate, got.tolist()) == (RATE, samples.tolist())


def test_the_browser_decodes_what_the_server_cannot(visit: Visit) -> None:
    demo = gr.Interface(
        lambda sound: (sound[0], sound[1]), gr.Audio(label="x"), gr.Audio(label="Output"), flagging_options=["odd"]
    )
    page = visit(demo)
    samples = numpy.stack([tone(1, 44_100), tone(1, 44_100)[::-1]], axis=1)
    Path("voice.flac").write_bytes(encoded(samples, 44_100, format="FLAC", subtype="PCM_16"))
    page.evaluate("document.querySelector('mini-audio').dataset.reads = '.wav'")  # as without soundfile
    choose(page, Path("voice.flac"), "x")
    page.get_by_role("button", name="Submit").click()
    lasts(page, 1, "Output")
    page.get_by_role("button", name="Flag").click()
    page.keyboard.press("1")
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    [record] = gr.FlagStore("flagged").records()
    assert isinstance(record.inputs[0], Media)
    assert record.inputs[0].suffix == ".wav"
    rate, got = heard(record.outputs[0])
    assert (rate, got.tolist()) == (44_100, samples.tolist())


def test_what_the_browser_cannot_decode_either_is_told_by_the_server(visit: Visit) -> None:
    page = visit(listening())
    Path("voice.m4a").write_bytes(b"\0\0\0\x20ftypM4A " + bytes(100))
    choose(page, Path("voice.m4a"))
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("sound is MP4, which cannot be decoded here.")).to_be_visible()
    expect(player(page)).to_be_focused()


def test_hours_of_sound_are_left_to_the_server(visit: Visit) -> None:
    page = visit(listening())
    Path("hours.flac").write_bytes(encoded(numpy.zeros(1201 * RATE, "int16"), format="FLAC"))
    page.evaluate("document.querySelector('mini-audio').dataset.reads = '.wav'")  # as without soundfile
    choose(page, Path("hours.flac"))
    told(page, "8000 Hz, shape (9608000,), peak 0")


def test_webm_is_decoded_by_the_browser_as_no_package_of_the_server_reads_it(visit: Visit) -> None:
    page = visit(listening())
    page.evaluate(
        """async () => {
            const context = new AudioContext();
            await context.resume();
            const [source, target] = [new OscillatorNode(context), context.createMediaStreamDestination()];
            source.connect(target);
            source.start();
            const recorder = new MediaRecorder(target.stream, {mimeType: "audio/webm"});
            const stopped = new Promise(resolve => recorder.addEventListener("dataavailable", resolve));
            recorder.start();
            setTimeout(() => recorder.stop(), 300);
            const {data} = await stopped;
            document.querySelector("mini-audio").choose(new File([data], "call.webm", {type: "audio/webm"}));
        }"""
    )
    expect(page.get_by_text("Added call.webm.")).to_be_visible()
    told(page, re.compile(r"^48000 Hz, shape \(\d+,"))


def test_mp3_is_trimmed_to_wav(visit: Visit) -> None:
    page = visit(listening())
    Path("voice.mp3").write_bytes(encoded(tone(2, 16_000), 16_000, format="MP3"))
    choose(page, Path("voice.mp3"))
    drawn(page)
    page.get_by_role("button", name="Trim").click()
    page.keyboard.press("PageUp")
    page.get_by_role("button", name="Trim to selection").click()
    expect(page.get_by_text("Added voice.wav.")).to_be_visible()
    told(page, re.compile(r"^48000 Hz, shape \((7[5-9]|8\d|9[0-6])\d{3},\)"))


def test_what_is_no_sound_is_told_at_the_field(visit: Visit) -> None:
    page = visit(listening())
    Path("notes.txt").write_text("No sound.")
    page.get_by_label("sound", exact=True).set_input_files("notes.txt")
    expect(page.get_by_text("notes.txt is not an audio file.")).to_be_visible()


def test_a_damaged_sound_is_told_at_the_field(visit: Visit) -> None:
    page = visit(listening())
    Path("voice.wav").write_bytes(voice().read_bytes()[:30])
    page.get_by_label("sound", exact=True).set_input_files("voice.wav")
    expect(
        page.get_by_text(re.compile(r"Added voice\.wav, but this browser can't open it|can't play voice\.wav"))
    ).to_be_visible()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("sound is a damaged WAV file and cannot be read.")).to_be_visible()


def test_too_long_and_too_short_is_told_at_the_field(visit: Visit) -> None:
    page = visit(listening(min_length=1, max_length=3))
    choose(page, voice(4))
    lasts(page, 4)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("sound must be at most 3 s long (this is 4 s).")).to_be_visible()
    expect(player(page)).to_have_accessible_description("sound must be at most 3 s long (this is 4 s).")
    page.get_by_role("button", name="Remove").click()
    choose(page, voice(0.5))
    lasts(page, 0.5)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("sound must be at least 1 s long (this is 0.5 s).")).to_be_visible()


def test_an_output_may_be_nothing_but_the_player(visit: Visit) -> None:
    output = gr.Audio(
        waveform_options=gr.WaveformOptions(show_recording_waveform=False), show_download_button=False, label="Output"
    )
    page = visit(gr.Interface(lambda: (RATE, tone(1)), None, output))
    page.get_by_role("button", name="Generate").click()
    lasts(page, 1, "Output")
    expect(page.locator("canvas")).to_be_hidden()
    expect(page.get_by_role("link", name="Download")).to_have_count(0)


def test_the_waveform_has_the_authors_colours_and_follows_the_theme(visit: Visit) -> None:
    page = visit(listening(waveform_options={"waveform_color": "rgb(200, 0, 0)"}))
    choose(page, voice())
    drawn(page)
    centre = """() => {
        const canvas = document.querySelector("canvas");
        const pen = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
        pen.drawImage(canvas, 0, -Math.floor(canvas.height / 2));
        const {data} = pen.getImageData(0, 0, 1, 1);
        return [...data.slice(0, 3)].join();
    }"""
    assert page.evaluate(centre) == "200,0,0"
    page.evaluate("document.querySelector('canvas').style.color = ''")
    page.get_by_label("Theme").select_option("Dark")
    page.wait_for_function(f"() => ({centre})() === '112,121,134'")
    page.get_by_label("Theme").select_option("Light")
    page.wait_for_function(f"() => ({centre})() === '132,140,152'")


def test_an_upload_that_the_server_lost_is_sent_again(visit: Visit) -> None:
    page = visit(listening())
    page.route("**/upload?*", lambda route: route.abort(), times=1)
    page.get_by_label("sound", exact=True).set_input_files(voice())
    expect(page.get_by_text("Upload failed. Submit to try again.")).to_be_visible()
    told(page, "8000 Hz, shape (16000,), peak 8000")


def test_nothing_jumps_when_a_sound_arrives(visit: Visit) -> None:
    """What moves inside the browser's own player, which has no node of the page, is not ours."""
    page = visit(identity(gr.Audio(), gr.Audio(), flagging_mode="never"))
    page.evaluate(
        """() => {
            window.moved = [];
            const told = list => list.getEntries().flatMap(({sources}) => sources).forEach(({node}) => {
                if (node) moved.push(node.outerHTML ?? node.nodeValue);
            });
            new PerformanceObserver(told).observe({type: "layout-shift", buffered: true});
        }"""
    )
    choose(page, voice(), "x")
    page.get_by_role("button", name="Submit").click()
    lasts(page, 2, "Output")
    drawn(page, "Output")
    assert page.evaluate("moved") == []


def test_everybody_can_use_it(visit: Visit) -> None:
    """Ask axe-core: empty, with a sound and its result, and while it is trimmed, on a small screen."""
    page = visit(identity(gr.Audio(max_length=1), gr.Audio()))
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 800})
    assert barriers(page) == []
    choose(page, voice(1), "x")
    submit(page)
    drawn(page, "Output")
    assert barriers(page) == []
    page.get_by_role("button", name="Trim").click()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("timer")).to_be_visible()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
