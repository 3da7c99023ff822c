"""Sample files by Gradio's function names."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas
import pytest

import minidemo as gr
from minidemo.media import MEDIA_PATHS, MEDIA_ROOT
from tests.visitor import Visitor

KINDS: list[Any] = [
    (gr.get_image, gr.Image(type="filepath")),
    (gr.get_audio, gr.Audio(type="filepath")),
    (gr.get_video, gr.Video()),
    (gr.get_model3d, gr.Model3D()),
    (gr.get_file, gr.File()),
]


@pytest.mark.parametrize(("get", "component"), KINDS)
def test_a_sample_is_a_small_file_that_its_component_shows(get: Callable[..., str], component: gr.Component) -> None:
    path = Path(get())
    assert 0 < path.stat().st_size < 20_000
    [shown] = Visitor(gr.Interface(lambda: get(), None, component)).result()
    assert shown["orig_name"] == path.name


@pytest.mark.parametrize(("get", "component"), KINDS)
def test_names_of_gradios_files_stand_for_the_sample(get: Callable[..., str], component: gr.Component) -> None:
    with pytest.warns(UserWarning, match=r"^minidemo has no file 'cheetah\.jpg'\. A sample takes its place: \S+\.$"):
        assert Path(get("cheetah.jpg")).is_file()


@pytest.mark.parametrize(("get", "component"), KINDS)
def test_a_sample_is_written_once_into_the_folder_of_its_kind(get: Callable[..., str], component: gr.Component) -> None:
    assert get() == get()
    assert Path(get()).parent in MEDIA_PATHS
    assert Path(get()).is_relative_to(MEDIA_ROOT)
    assert [path.name for path in Path(get()).parent.glob("tmp*")] == []


@pytest.mark.parametrize(("get", "component"), KINDS)
def test_an_address_stays_one(get: Callable[..., str], component: gr.Component) -> None:
    assert get("https://example.com/a.png") == "https://example.com/a.png"


@pytest.mark.filterwarnings("ignore:minidemo has no file")
def test_a_file_is_what_its_name_says() -> None:
    passengers = pandas.read_csv(gr.get_file("titanic.csv"))
    assert {"Age", "Fare", "Sex", "Survived"} <= {*passengers}
    assert set(passengers["Survived"]) == {0, 1}
    assert Path(gr.get_file("README")).read_text() == "Hello"


@pytest.mark.filterwarnings("ignore:minidemo has no file")
def test_a_video_of_a_format_is_shown_without_ffmpeg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    visitor = Visitor(gr.Interface(lambda: gr.get_video("world.mp4"), None, "playable_video"))
    [shown] = visitor.result()
    assert (shown["orig_name"], shown["mime_type"]) == ("example.mp4", "video/mp4")


@pytest.mark.filterwarnings("ignore:minidemo has no file")
@pytest.mark.parametrize("name", ["s1.srt", "s2.vtt", "s3.json"])
def test_subtitles_can_be_shown(name: str) -> None:
    visitor = Visitor(gr.Interface(lambda: gr.get_video(), None, gr.Video(subtitles=gr.get_file(name))))
    [video] = visitor.result()
    assert "Hello" in visitor.http.get(f"/file/{video['meta']['subtitles']}").text
