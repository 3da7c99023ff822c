"""Sample files by Gradio's function names."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
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


def test_a_file_is_of_the_type_of_its_name() -> None:
    with pytest.warns(UserWarning, match="titanic"):
        assert gr.get_file("titanic.csv").endswith(".csv")
