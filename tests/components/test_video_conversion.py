"""Video: converted by the user's own ffmpeg, for which a script stands here."""

import stat
from pathlib import Path
from typing import Any

import pytest

from minidemo import ConfigurationError, Gallery, InputError, Interface, Video, WatermarkOptions
from tests.components.pictures import gradient
from tests.components.videos import OGG, avi, box, element, film, mp4, uploaded, webm
from tests.visitor import Visitor

FFMPEG = r"""#!/bin/sh
printf '%s\n' "$@" > "$(dirname "$0")/arguments"
for last; do :; done
printf made > "${last#file:}"
"""
BROKEN = """#!/bin/sh
echo "first line" >&2
echo "no encoder" >&2
exit 1
"""
SILENT = """#!/bin/sh
exit 3
"""


class Ffmpeg:
    """A folder on the PATH with a program that is called ffmpeg."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def says(self, script: str) -> None:
        program = self.folder / "ffmpeg"
        program.write_text(script)
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    @property
    def arguments(self) -> list[str]:
        return (self.folder / "arguments").read_text().splitlines()


@pytest.fixture
def ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ffmpeg:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    found = Ffmpeg(folder)
    found.says(FFMPEG)
    return found


@pytest.fixture
def no_ffmpeg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


@pytest.mark.usefixtures("no_ffmpeg")
def test_without_ffmpeg_the_author_is_told_while_the_demo_is_built() -> None:
    with pytest.raises(ConfigurationError) as caught:
        Interface(lambda x: x, Video(include_audio=False), "text")
    assert str(caught.value) == (
        "Video(include_audio=False) converts videos with ffmpeg, which is not on the PATH. "
        "Install it (Debian: apt install ffmpeg, macOS: brew install ffmpeg), or leave the argument out."
    )


@pytest.mark.usefixtures("no_ffmpeg")
def test_without_ffmpeg_a_video_of_the_format_is_taken_and_shown() -> None:
    visitor = Visitor(Interface(lambda path: path, "playable_video", "playable_video"))
    sent = visitor.upload(mp4(), "film.mp4", "video/mp4").json()
    assert visitor.download(visitor.result(sent)[0]).content == mp4()


@pytest.mark.usefixtures("no_ffmpeg")
def test_without_ffmpeg_the_visitor_is_told_what_to_send() -> None:
    with pytest.raises(InputError, match=r"^Clip must be mp4: this server has no ffmpeg to convert other videos\.$"):
        Video(format="mp4", label="Clip").preprocess(uploaded(webm()))


@pytest.mark.usefixtures("no_ffmpeg")
def test_without_ffmpeg_the_author_is_told_what_to_return(caplog: pytest.LogCaptureFixture) -> None:
    visitor = Visitor(Interface(lambda: film(), None, Video(format="mp4")))
    assert visitor.predict().status_code == 500
    assert caplog.messages[-1] == (
        "Interface \"demo\": Output could not convert 'film.webm' to mp4: ffmpeg is not on the PATH. "
        "Install it (Debian: apt install ffmpeg, macOS: brew install ffmpeg)."
    )


@pytest.mark.usefixtures("no_ffmpeg")
def test_without_ffmpeg_a_video_that_no_browser_plays_is_shown_as_it_is() -> None:
    visitor = Visitor(Interface(lambda: film("film.avi", avi()), None, "video"))
    assert visitor.download(visitor.result()[0]).content == avi()


@pytest.mark.usefixtures("no_ffmpeg")
def test_what_is_recorded_without_sound_needs_no_ffmpeg() -> None:
    component = Video(include_audio=False, sources="webcam")
    Interface(lambda x: x, component, Video(include_audio=False))
    assert component.preprocess(uploaded(webm())) is not None


def test_an_upload_of_another_format_is_converted(ffmpeg: Ffmpeg) -> None:
    upload = uploaded(webm())
    path = Path(Video(format=".MP4").preprocess(upload) or "")
    assert (path.name, path.read_text()) == ("converted-film.mp4", "made")
    source, target = ffmpeg.arguments[9].removeprefix("file:"), path
    assert Path(source).name == "film.webm"
    assert ffmpeg.arguments == [
        *("-nostdin", "-loglevel", "error", "-y"),
        *("-protocol_whitelist", "file", "-f", "matroska", "-i", f"file:{source}"),
        *("-pix_fmt", "yuv420p", "-movflags", "+faststart"),
        f"file:{target}",
    ]


@pytest.mark.usefixtures("ffmpeg")
def test_an_upload_of_that_format_is_kept_as_it_is() -> None:
    upload = uploaded(mp4(), "film.MP4")
    path = Path(Video(format="mp4").preprocess(upload) or "")
    assert (path.name, path.read_bytes()) == ("film.MP4", mp4())


def test_sound_is_taken_out_while_the_pictures_are_kept(ffmpeg: Ffmpeg) -> None:
    upload = uploaded(mp4(), "film.MP4")
    component = Video(include_audio=False)
    Interface(lambda path: path, component, "text")
    path = Path(component.preprocess(upload) or "")
    assert (path.name, path.read_text()) == ("converted-film.mp4", "made")
    assert ffmpeg.arguments[-4:] == ["-c", "copy", "-an", f"file:{path}"]


def test_what_cannot_be_converted_is_told_at_the_field(ffmpeg: Ffmpeg) -> None:
    ffmpeg.says(BROKEN)
    with pytest.raises(InputError, match=r"^Clip could not be converted to avi\.$"):
        Video(format="avi", label="Clip").preprocess(uploaded(webm()))


def test_a_returned_video_is_converted(ffmpeg: Ffmpeg) -> None:
    component = Video(format="mp4", subtitles=[{"text": "Hello", "timestamp": [0, 1]}])
    visitor = Visitor(Interface(lambda: film(), None, component))
    (value,) = visitor.result()
    assert (value["orig_name"], value["mime_type"]) == ("film.mp4", "video/mp4")
    assert visitor.download(value).text == "made"
    assert value["meta"]["subtitles"]
    assert "-an" not in ffmpeg.arguments


def test_a_returned_video_of_that_format_is_shown_as_it_is(ffmpeg: Ffmpeg) -> None:
    ffmpeg.says(BROKEN)
    visitor = Visitor(Interface(lambda: film(), None, Video(format="webm")))
    assert visitor.download(visitor.result()[0]).content == webm()


@pytest.mark.parametrize(("script", "reason"), [(BROKEN, "no encoder"), (SILENT, "ffmpeg ended with 3")])
def test_a_returned_video_that_cannot_be_converted_is_told_to_the_author(
    ffmpeg: Ffmpeg, script: str, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    ffmpeg.says(script)
    visitor = Visitor(Interface(lambda: film(), None, Video(format="mp4")))
    assert visitor.predict().status_code == 500
    assert caplog.messages[-1] == f"Interface \"demo\": Output could not convert 'film.webm' to mp4: {reason}."


def coded(*codecs: bytes, header: bytes = b"vmhd") -> bytes:
    """Return an MP4 with a track of each codec."""
    tables = (box(b"stsd", bytes(4), b"\0\0\0\1", b"\0\0\0\x56", codec, bytes(78)) for codec in codecs)
    tracks = (box(b"trak", box(b"mdia", box(b"minf", box(header), box(b"stbl", table)))) for table in tables)
    return box(b"ftyp", b"isom\0\0\0\0") + box(b"moov", *tracks) + box(b"mdat", b"frames")


UNPLAYABLE = {
    "film.mp4": coded(b"mp4v"),
    "film.mov": coded(b"hvc1"),
    "film.avi": avi(),
    "film.mkv": webm(1),
    "film.webm": webm(1).replace(b"V_VP8", b"V_XYZ"),
    "film.ogv": OGG,
}
PLAYABLE = {
    "h264.mp4": coded(b"avc1", b"mp4v"),
    "av1.mp4": coded(b"av01"),
    "sound.mp4": coded(b"mp4a", header=b"smhd"),
    "unknown.mp4": mp4(),
    "vp8.webm": webm(1),
    "vp9.webm": element("1a45dfa3") + element("18538067", element("1654ae6b", element("ae", element("86", b"V_VP9")))),
    "no codec.webm": webm(1).replace(b"V_VP8", b"A_VP8"),
}


@pytest.mark.usefixtures("ffmpeg")
@pytest.mark.parametrize("component", [Video(), Video(format="mp4")])
@pytest.mark.parametrize("name", UNPLAYABLE)
def test_a_returned_video_that_no_browser_plays_is_converted(name: str, component: Video, tmp_path: Path) -> None:
    data = UNPLAYABLE[name]
    visitor = Visitor(Interface(lambda: film(name, data), None, component, flagging_dir=tmp_path / "flags"))
    run = visitor.predict().json()
    (value,) = run["data"]
    assert (value["orig_name"], value["mime_type"]) == ("film.mp4", "video/mp4")
    assert visitor.download(value).text == "made"
    visitor.flag(run["run"])
    assert [path.read_bytes() for path in (tmp_path / "flags").rglob(f"*{Path(name).suffix}")] == [data]


@pytest.mark.usefixtures("ffmpeg")
@pytest.mark.parametrize("name", PLAYABLE)
def test_a_returned_video_that_browsers_play_is_shown_as_it_is(name: str) -> None:
    visitor = Visitor(Interface(lambda: film(name, PLAYABLE[name]), None, "video"))
    assert visitor.download(visitor.result()[0]).content == PLAYABLE[name]


def test_a_video_is_converted_with_its_pictures(ffmpeg: Ffmpeg) -> None:
    Visitor(Interface(lambda: film("film.mp4", coded(b"mp4v")), None, "video")).result()
    assert "copy" not in ffmpeg.arguments
    assert ffmpeg.arguments[-5:-1] == ["-pix_fmt", "yuv420p", "-movflags", "+faststart"]


def test_a_video_that_cannot_be_made_playable_is_shown_as_it_is(ffmpeg: Ffmpeg) -> None:
    ffmpeg.says(BROKEN)
    visitor = Visitor(Interface(lambda: film("film.avi", avi()), None, "video"))
    assert visitor.download(visitor.result()[0]).content == avi()


@pytest.mark.usefixtures("ffmpeg")
def test_a_video_of_another_format_is_left_to_its_author() -> None:
    visitor = Visitor(Interface(lambda: film("film.avi", avi()), None, Video(format="avi")))
    assert visitor.download(visitor.result()[0]).content == avi()


@pytest.mark.parametrize(
    ("position", "place"),
    [
        ("top-left", "10:10"),
        ("top-right", "main_w-overlay_w-10:10"),
        ("bottom-left", "10:main_h-overlay_h-10"),
        ("bottom-right", "main_w-overlay_w-10:main_h-overlay_h-10"),
        ((3, 5), "3:5"),
    ],
)
def test_a_watermark_is_drawn_on_a_returned_video(ffmpeg: Ffmpeg, position: Any, place: str, tmp_path: Path) -> None:
    component = Video(watermark=WatermarkOptions(gradient(), position))
    visitor = Visitor(Interface(lambda: film(), None, component, flagging_dir=tmp_path / "flags"))
    run = visitor.predict().json()
    assert visitor.download(run["data"][0]).text == "made"
    start = ffmpeg.arguments.index("png_pipe")
    assert ffmpeg.arguments[start - 3 : start] == ["-protocol_whitelist", "file", "-f"]
    assert ffmpeg.arguments[start + 3 : start + 5] == ["-filter_complex", f"overlay={place}"]
    visitor.flag(run["run"])
    assert [path.read_bytes() for path in (tmp_path / "flags").rglob("*.webm")] == [webm()]


@pytest.mark.usefixtures("ffmpeg")
def test_videos_of_a_gallery_are_made_playable() -> None:
    visitor = Visitor(Interface(lambda: [film("film.avi", avi())], None, Gallery()))
    ((item,),) = visitor.result()
    assert visitor.download(item["video"]).text == "made"
