"""Video: converted by the user's own ffmpeg, for which a script stands here."""

import stat
from pathlib import Path
from typing import Any

import pytest

from minidemo import ConfigurationError, InputError, Interface, Video
from tests.components.videos import film, mp4, uploaded, webm
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
@pytest.mark.parametrize(
    ("options", "wish"),
    [({"format": "mp4"}, r"format='mp4'"), ({"include_audio": False}, "include_audio=False")],
)
def test_without_ffmpeg_the_author_is_told_while_the_demo_is_built(options: dict[str, Any], wish: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Interface(lambda x: x, Video(**options), "text")
    assert str(caught.value) == (
        f"Video({wish}) converts videos with ffmpeg, which is not on the PATH. "
        "Install it (Debian: apt install ffmpeg, macOS: brew install ffmpeg), or leave the argument out."
    )


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
    path = Path(Video(include_audio=False).preprocess(upload) or "")
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
    assert caplog.messages[-1] == f"Output could not convert 'film.webm' to mp4: {reason}."
