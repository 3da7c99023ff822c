"""This framework, installed from this checkout."""

from typing import ClassVar

from benchmarks.load.job import Request
from benchmarks.paths import ROOT
from benchmarks.subjects.base import Subject, ask

BODY = '{"data":[5,"add",7]}'


class MinidemoSubject(Subject):
    """minidemo."""

    key: ClassVar = "minidemo"
    title: ClassVar = "minidemo"
    packages: ClassVar = (str(ROOT),)
    imports: ClassVar = "import minidemo"
    output: ClassVar = "input[readonly]"

    def prediction(self) -> Request:
        """Ask for JSON."""
        return Request(path="/predict", body=BODY, expect='"data":[12')

    def prediction_of_page(self) -> Request:
        """Ask for a stream of events."""
        return Request(path="/predict", body=BODY, expect="event: result", accept="text/event-stream")

    def flags(self, port: int, count: int) -> list[Request]:
        """Flag runs, which are made here: a run gives no second row for the same reason."""
        runs = [ask(port, "POST", "/predict", {"data": [5, "add", 7]})["run"] for _ in range(count)]
        return [Request(path="/flag", body=f'{{"run":"{run}","option":"incorrect"}}', expect='"row":') for run in runs]
