"""The same job written by hand."""

from typing import ClassVar

from benchmarks.load.job import Request
from benchmarks.subjects.base import Subject

ASKED = '"num1":5,"operation":"add","num2":7'


class FastAPISubject(Subject):
    """A FastAPI app and an HTML page that do this one job and nothing else."""

    key: ClassVar = "fastapi"
    title: ClassVar = "bare FastAPI"
    packages: ClassVar = ("fastapi", "uvicorn")
    imports: ClassVar = "import fastapi, uvicorn"
    output: ClassVar = "#output"

    def prediction(self) -> Request:
        """Ask for JSON."""
        return Request(path="/predict", body=f"{{{ASKED}}}", expect='"output":12')

    def prediction_of_page(self) -> Request:
        """Ask for JSON, as its page does."""
        return self.prediction()

    def flags(self, port: int, count: int) -> list[Request]:
        """Send the whole row, as the page knows it."""
        body = f'{{{ASKED},"output":12,"option":"incorrect"}}'
        return [Request(path="/flag", body=body, expect="true")] * count
