"""The focus after a file was chosen: it stays in the field, also where the file takes the place of its control."""

from pathlib import Path

import numpy

import minidemo as gr
from tests.browser.conftest import Visit
from tests.components.sounds import wav
from tests.components.videos import webm

PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
FOCUSED = "document.activeElement.closest('.field')?.dataset.label"


def test_the_focus_stays_in_the_field_that_a_file_was_chosen_for(visit: Visit) -> None:
    Path("a.wav").write_bytes(wav(numpy.zeros(800, "int16")))
    Path("a.webm").write_bytes(webm())
    names = {"Audio": "a.wav", "Gallery": "a.webm", "Video": "a.webm"}
    page = visit(gr.Interface(lambda *files: None, [getattr(gr, kind)(label=kind) for kind in names], None))
    for kind, name in names.items():
        control = page.locator(f'[data-label="{kind}"] input[type="file"]')
        control.focus()
        control.set_input_files(name)
        page.evaluate(PAINTED)
        assert page.evaluate(FOCUSED) == kind
