"""A real app of Gradio's, in the environment that `scripts/install` makes and the benchmarks share."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.servers import serving
from benchmarks.subjects.gradio import GradioSubject


class Gradio(NamedTuple):
    """Where the app is, and where it leaves notes."""

    url: str
    folder: Path


@pytest.fixture(scope="session")
def gradio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gradio]:
    subject, folder = GradioSubject(), tmp_path_factory.mktemp("gradio")
    with serving(subject, folder, app="loaded") as server:
        yield Gradio(server.url, folder / "flagged")
