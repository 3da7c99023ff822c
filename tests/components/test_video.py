"""Video: what the function gets and may return, and what is refused."""

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidemo import ConfigurationError, FlagStore, InputError, Interface, OutputError, Video, WebcamOptions
from minidemo.components.registry import resolve
from minidemo.content.media import Media
from tests.components.videos import OGG, avi, box, element, film, mp4, uploaded, webm
from tests.visitor import Visitor

HELLO = "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHello\n"


def preprocess(data: bytes, name: str = "film.webm", **options: Any) -> tuple[str, bytes]:
    """Return the name and the bytes of the file that a function gets."""
    upload = uploaded(data, name)
    path = Path(Video(label="Clip", **options).preprocess(upload) or "")
    return path.name, path.read_bytes()


def shown(demo: Interface, *data: Any) -> dict[str, Any]:
    """Return the video that a demo shows."""
    (value,) = Visitor(demo).result(*data)
    assert isinstance(value, dict)
    return value


def failure(demo: Interface, capture: pytest.LogCaptureFixture) -> str:
    """Submit to a demo whose output cannot be shown, and return what its author is told."""
    assert Visitor(demo).predict().status_code == 500
    return capture.messages[-1].removeprefix('Interface "demo": ')


def test_the_function_gets_a_copy_that_bears_the_name() -> None:
    upload = uploaded(webm(), "My film.webm")
    path = Path(Video().preprocess(upload) or "")
    assert (path.name, path.read_bytes()) == ("My film.webm", upload.read())
    path.unlink()
    assert upload.read() == webm()


def test_the_copy_lives_as_long_as_the_upload() -> None:
    upload = uploaded(webm())
    path = Path(Video().preprocess(upload) or "")
    assert path.is_file()
    del upload
    gc.collect()
    assert not path.exists()


@pytest.mark.parametrize(
    ("data", "ending"), [(webm(1), ".webm"), (mp4(), ".mp4"), (OGG, ".ogv"), (avi(), ".avi")], ids=lambda x: str(x)[:9]
)
def test_a_name_without_an_ending_gets_that_of_the_content(data: bytes, ending: str) -> None:
    assert preprocess(data, "blob") == (f"blob{ending}", data)


@pytest.mark.parametrize(
    ("data", "name", "suffixed"),
    [
        (webm(1), "a.mp4", "a.webm"),
        (mp4(), "a.txt", "a.txt.mp4"),
        (OGG, "a.avi", "a.ogv"),
        (avi(), "a.ogv", "a.avi"),
        (mp4(), "Take 2.5", "Take 2.5.mp4"),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_the_content_says_what_a_file_is_and_how_it_is_named(data: bytes, name: str, suffixed: str) -> None:
    assert preprocess(data, name) == (suffixed, data)
    stored: Any = Video().flag(uploaded(data, name))
    assert (stored.name, stored.read()) == (suffixed, data)
    value = shown(Interface(lambda: film(name, data), None, "video"))
    assert value["orig_name"] == suffixed


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (webm(1), "a.mkv"),
        (mp4(), "a.m4v"),
        (mp4(), "a.MOV"),
        (mp4()[16:], "old.mov"),
        (mp4() + b"\0\0\0", "a.mp4"),
        (mp4() + bytes(4) + b"free" + bytes(9), "a.mp4"),
        (mp4() + (1).to_bytes(4) + b"free" + (16).to_bytes(8), "a.mp4"),
        (mp4() + (2).to_bytes(4) + b"free", "a.mp4"),
        (webm(1) + b"\0", "a.webm"),
        (OGG, "a.ogg"),
        (avi(), "a.avi"),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_these_are_videos(data: bytes, name: str) -> None:
    assert preprocess(data, name) == (name, data)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.mp4", "Clip must be a video: MP4, MOV, WebM, MKV, Ogg or AVI."),
        (b"Dear Ada,\n", "a.mp4", "Clip must be a video: MP4, MOV, WebM, MKV, Ogg or AVI."),
        (b"RIFF\0\0\0\0WAVE", "a.avi", "Clip must be a video: MP4, MOV, WebM, MKV, Ogg or AVI."),
        (box(b"ftyp", b"avif\0\0\0\0"), "a.mp4", "Clip must be a video: MP4, MOV, WebM, MKV, Ogg or AVI."),
        (webm(1)[:-5], "a.webm", "Clip is a damaged video: a part of it is missing."),
        (webm(1)[:40], "a.webm", "Clip is a damaged video: a part of it is missing."),
        (mp4()[:-5], "a.mp4", "Clip is a damaged video: a part of it is missing."),
        (box(b"ftyp", b"isom"), "a.mp4", "Clip is a damaged video: a part of it is missing."),
    ],
)
def test_these_are_not(data: bytes, name: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        preprocess(data, name)
    assert caught.value.message == message


@given(start=st.sampled_from([webm(1)[:60], webm(1), mp4()[:24], mp4(), avi(), OGG]), rest=st.binary(max_size=200))
def test_whatever_is_in_a_file_it_is_taken_or_refused(start: bytes, rest: bytes) -> None:
    try:
        preprocess(start + rest, "film", min_length=0, max_length=1e300)
    except InputError as error:
        assert error.message.startswith("Clip ")  # noqa: PT017  # either is right


@pytest.mark.parametrize(
    ("data", "seconds"),
    [
        (webm(5, 1000), "5.0"),
        (webm(5, 1000, duration=False), "4.0"),
        (element("1a45dfa3") + element("18538067", element("1549a966", element("4489", b"\x45\x9c\x40\0"))), "5.0"),
        (mp4(milliseconds=4200), "4.2"),
        (mp4(milliseconds=4200, version=1), "4.2"),
        (avi(100), "4.0"),
    ],
)
def test_the_length_is_bounded_where_the_file_says_it(data: bytes, seconds: str) -> None:
    preprocess(data, "film", min_length=4, max_length=5)
    with pytest.raises(InputError, match=rf"^Clip must be at most 2 s long \(this is {seconds} s\)\.$"):
        preprocess(data, "film", max_length=2)
    with pytest.raises(InputError, match=rf"^Clip must be at least 9.5 s long \(this is {seconds} s\)\.$"):
        preprocess(data, "film", min_length=9.5)


def test_one_written_piece_by_piece_may_say_its_length_elsewhere() -> None:
    head = box(b"mvhd", bytes(12), (1000).to_bytes(4), bytes(4))
    pieces = box(b"mvex", box(b"mehd", bytes(4), (7000).to_bytes(4)))
    with pytest.raises(InputError, match=r"this is 7\.0 s"):
        preprocess(box(b"ftyp", b"isom") + box(b"moov", head, pieces), "film.mp4", max_length=2)


@pytest.mark.parametrize(
    "data",
    [
        OGG,
        mp4(milliseconds=0),
        box(b"ftyp", b"isom") + box(b"moov", b""),
        box(b"ftyp", b"isom") + box(b"moov", box(b"mvhd", b"\0")),
        element("1a45dfa3") + element("18538067"),
        avi(0),
    ],
)
def test_a_length_that_the_file_does_not_say_is_let_through(data: bytes) -> None:
    preprocess(data, "film", min_length=4, max_length=5)


def test_a_recorder_may_stop_a_little_late() -> None:
    preprocess(webm(24, 100), max_length=2)


def test_a_returned_path_is_shown() -> None:
    value = shown(Interface(lambda: film(), None, "video"))
    assert (value["orig_name"], value["mime_type"]) == ("film.webm", "video/webm")
    assert "subtitles" not in value["meta"]


def test_a_part_of_a_video_can_be_fetched() -> None:
    visitor = Visitor(Interface(lambda: str(film("film.mkv")), None, "video"))
    (value,) = visitor.result()
    part = visitor.http.get(f"/file/{value['path']}", headers={"Range": "bytes=4-9"})
    assert (part.status_code, part.content) == (206, webm()[4:10])
    assert part.headers["content-type"] == "video/x-matroska"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (5, "Output shows a path, or (path, subtitles), but got int 5."),
        (("a", "b", "c"), "Output shows a path, or (path, subtitles), but got tuple ('a', 'b', 'c')."),
        ((b"x", None), "Output shows a path, or (path, subtitles), but got tuple (b'x', None)."),
        ("ftp://example.org/film.mp4", "Output shows files, but got 'ftp://example.org/film.mp4'. Download it first."),
        (("film.webm", 5), "Output takes subtitles as a list of"),
    ],
)
def test_what_is_no_path_is_told_to_the_author(value: Any, message: str) -> None:
    with pytest.raises(OutputError) as caught:
        Video(label="Output").postprocess(value)
    assert str(caught.value).startswith(message)


def test_what_is_no_video_is_told_to_the_author(caplog: pytest.LogCaptureFixture) -> None:
    demo = Interface(lambda: film("film.mp4", b"No video."), None, "video")
    assert failure(demo, caplog) == (
        "Output must be a video: MP4, MOV, WebM, MKV, Ogg or AVI. The function returned 'film.mp4'."
    )


def test_an_initial_value_that_is_no_video_is_told_while_the_demo_is_built() -> None:
    film("film.webm", b"No video.")
    with pytest.raises(ConfigurationError, match=r"The initial value of Clip cannot be shown\. Clip must be a video"):
        Visitor(Interface(lambda x: x, Video("film.webm", label="Clip"), "video"))


SRT = "1\r\n00:00:00,000 --> 00:00:01,500\r\nHello\r\n\r\n2\r\n0:02,5 --> 1:00:03,25 align:start\r\n<i>Ada</i>\r\n"


@pytest.mark.parametrize(
    ("name", "text", "vtt"),
    [
        ("a.vtt", HELLO, HELLO),
        (
            "a.srt",
            SRT,
            "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.500\nHello\n\n"
            "2\n00:02.500 --> 01:00:03.250 align:start\n<i>Ada</i>\n",
        ),
        ("字幕.json", '[{"text": "Hello", "timestamp": [0, 1.5]}]', HELLO),
    ],
)
def test_subtitles_are_served_as_webvtt(name: str, text: str, vtt: str) -> None:
    Path(name).write_bytes(("\ufeff" + text).encode())
    visitor = Visitor(Interface(lambda: (film(), name), None, "video"))
    (value,) = visitor.result()
    answer = visitor.http.get(f"/file/{value['meta']['subtitles']}")
    assert answer.headers["content-type"].startswith("text/vtt")
    assert answer.text == vtt


def test_subtitles_may_be_a_list() -> None:
    cues = [{"text": "a < b\n\n& c", "timestamp": (3599.9996, 3661)}]
    visitor = Visitor(Interface(lambda: film(), None, Video(subtitles=cues)))
    (value,) = visitor.result()
    text = visitor.http.get(f"/file/{value['meta']['subtitles']}").text
    assert text == "WEBVTT\n\n01:00:00.000 --> 01:01:01.000\na &lt; b\n&amp; c\n"


def test_subtitles_of_the_video_go_before_those_of_the_component() -> None:
    Path("a.vtt").write_text(HELLO)
    visitor = Visitor(Interface(lambda: (film(), Path("a.vtt")), None, Video(subtitles=[])))
    (value,) = visitor.result()
    assert visitor.http.get(f"/file/{value['meta']['subtitles']}").text == HELLO


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.srt", b"Hello", "Output takes subtitles as .vtt, .srt or .json, but got 'a.srt'."),
        ("a.srt", b"\xff", "Output got subtitles in 'a.srt' that cannot be read: not UTF-8, or no JSON."),
        ("a.json", b"[", "Output got subtitles in 'a.json' that cannot be read: not UTF-8, or no JSON."),
        (
            "a.json",
            b"[1]",
            'Output takes subtitles as a list of {"text": str, "timestamp": [start, end]}, but got [1].',
        ),
    ],
)
def test_wrong_subtitles_are_told_to_the_author(
    name: str, data: bytes, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    Path(name).write_bytes(data)
    assert failure(Interface(lambda: (film(), name), None, "video"), caplog) == message


def test_subtitles_are_served_from_allowed_places_alone(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Path(".secret.vtt").write_text(HELLO)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "elsewhere"))
    Path("elsewhere").mkdir()
    message = failure(Interface(lambda: (film(), ".secret.vtt"), None, "video"), caplog)
    assert message.startswith("The function returned the file '.secret.vtt', which lies outside")


def test_a_flag_keeps_video_and_subtitles() -> None:
    film()
    component = Video("film.webm", subtitles=[{"text": "Hello", "timestamp": [0, 1.5]}])
    cell = component.flag(component.initial())
    assert isinstance(cell, list)
    assert [item.read() for item in cell] == [webm(), HELLO.encode()]
    again = component.read_from_flag([Media.of_bytes(item.read(), item.name) for item in cell])
    assert (again.read(), again.subtitles.read()) == (webm(), HELLO.encode())


def test_a_flag_of_a_video_without_an_ending_has_one() -> None:
    in_memory, on_disk = uploaded(mp4(), "blob"), Media.of_path(film("blob"))
    for upload, ending, data in ((in_memory, ".mp4", mp4()), (on_disk, ".webm", webm())):
        stored = Video().flag(upload)
        assert isinstance(stored, Media)
        assert (stored.name, stored.read()) == (f"blob{ending}", data)


def test_a_flag_with_redacted_names_keeps_the_subtitles() -> None:
    film("Ada.webm")
    cues = [{"text": "Hello", "timestamp": [0, 1.5]}]
    visitor = Visitor(
        Interface(lambda: Path("Ada.webm"), None, Video(subtitles=cues), flagging_redact="Ada", flagging_dir="flags")
    )
    assert visitor.flag(visitor.predict().json()["run"]).status_code == 201
    (record,) = FlagStore("flags").records()
    (stored,) = record.outputs
    assert stored.read() == webm()
    assert stored.subtitles.read() == HELLO.encode()


def test_a_correction_is_any_video() -> None:
    twin = Video(label="Clip", max_length=1, autoplay=True).correction()
    assert (twin.label, twin.sources, twin.max_length, twin.interactive) == ("Clip", ["upload"], None, True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format": "mp5"}, r"^Video got format='mp5'\. Did you mean 'mp4'"),
        ({"sources": ["webcam", "screen"]}, r"^Video got sources='screen'\."),
        ({"sources": "microphone"}, r"^Video got sources='microphone'\."),
        ({"min_length": 5, "max_length": 2}, r"^Video got min_length=5 and max_length=2: no video is both\.$"),
        ({"subtitles": "none.srt"}, r"^Video got subtitles='none\.srt', but there is no such file\.$"),
    ],
)
def test_arguments_that_cannot_work_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        Video(**options)


def test_arguments_of_gradios_that_concern_looks_are_accepted() -> None:
    looks: dict[str, Any] = {"webcam_options": None, "watermark": None, "buttons": [], "show_share_button": False}
    Video(**looks)


def test_arguments_reach_the_page() -> None:
    film()
    component = Video(
        "film.webm",
        height=200,
        width=300,
        loop=True,
        autoplay=True,
        playback_position=1.5,
        min_length=1,
        max_length=9,
        include_audio=True,
        subtitles=[{"text": "Hello", "timestamp": [0, 1.5]}],
    )
    page = Visitor(Interface(lambda x: x, component, Video(buttons=["fullscreen"]))).http.get("/").text
    for part in (
        'data-min="1" data-max="9" data-start="1.5" data-autoplay="" data-sound=""',
        'width="300" height="200"',
        " loop src=",
        '<track kind="captions" label="Subtitles" src="file/',
        "data-mirror",
    ):
        assert part in page
    assert "data-link" not in page


def test_a_page_shows_an_initial_video_without_subtitles() -> None:
    page = Visitor(Interface(lambda x: x, Video(film()), "video")).http.get("/").text
    assert "<video data-film" in page
    assert "<track" not in page


def test_sources_say_which_buttons_there_are() -> None:
    demo = Interface(lambda x: x, Video(sources=["webcam"], mirror_webcam=False), "video")
    page = Visitor(demo).http.get("/").text
    assert "No video" in page
    assert 'type="file"' not in page
    assert "data-mirror" not in page
    demo = Interface(lambda x: x, Video(webcam_options=WebcamOptions(mirror=False)), "video")
    assert "data-mirror" not in Visitor(demo).http.get("/").text
    demo = Interface(lambda x: x, Video(webcam_options=WebcamOptions()), "video")
    assert "data-mirror" in Visitor(demo).http.get("/").text
    demo = Interface(lambda x: x, Video(sources="upload", placeholder="A film, please"), "video")
    page = Visitor(demo).http.get("/").text
    assert "A film, please" in page
    assert 'data-do="camera"' not in page


def test_video_is_also_called_playable_video() -> None:
    component = resolve("playable_video")
    assert isinstance(component, Video)
    assert component.format == "mp4"


def test_arguments_of_gradios_may_have_their_defaults() -> None:
    component = Video(sources=None, streaming=False)
    assert component.sources == ["upload", "webcam"]
    assert not component.streaming


@pytest.mark.parametrize(("film", "empty"), [(mp4, b"\0\0\0\x08free"), (webm, b"\xec\x80")])
def test_a_video_of_very_many_empty_parts_is_refused(film: Callable[[], bytes], empty: bytes) -> None:
    """It is sent once, and can be named in any number of calls."""
    whole = film()
    first = whole.index(b"moov" if film is mp4 else b"\x18\x53\x80\x67") - 4 * (film is mp4)
    few, many = (uploaded(whole[:first] + empty * count + whole[first:]) for count in (9, 300_000))
    assert Video().preprocess(few)
    with pytest.raises(InputError, match="a part of it is missing"):
        Video().preprocess(many)
