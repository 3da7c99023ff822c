"""Gradio, the published version."""

import json
from typing import ClassVar

from benchmarks.load.job import Request
from benchmarks.subjects.base import Subject, ask

VERSION = "6.31.0"
BODY = '{"data":[5,"add",7]}'


class GradioSubject(Subject):
    """Gradio."""

    key: ClassVar = "gradio"
    title: ClassVar = f"Gradio {VERSION}"
    packages: ClassVar = (f"gradio=={VERSION}",)
    imports: ClassVar = "import gradio"
    output: ClassVar = 'input[aria-label="output"]'

    def prediction(self) -> Request:
        """Ask past the queue."""
        return Request(path="/gradio_api/run/calculate", body=BODY, expect='"data":[12')

    def prediction_of_page(self) -> Request:
        """Ask through the queue: one request puts the call in, another fetches the result as a stream of events."""
        path = "/gradio_api/call/calculate"
        return Request(path=path, body=BODY, expect="event: complete", follow=f"{path}/")

    def flags(self, port: int, count: int) -> list[Request]:
        """Press the first of the Flag buttons; what the page sends before it, to show "Saving…", is left out."""
        calls = ask(port, "GET", "/config")["dependencies"]
        call = next(call for call in calls if call["api_name"] == "Flag")
        body = {
            "data": [5, "add", 7, 12],
            "fn_index": call["id"],
            "trigger_id": call["targets"][0][0],
            "session_hash": "benchmark01",
        }
        return [Request(path="/gradio_api/run/predict", body=json.dumps(body), expect="Flag as incorrect")] * count
