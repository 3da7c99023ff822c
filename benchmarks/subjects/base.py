"""What the measures need to know of a subject."""

import http.client
import json
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, ClassVar

from benchmarks.load.job import Request
from benchmarks.paths import APPS


class Subject(ABC):
    """One of the compared: how it is installed, started, asked and read."""

    key: ClassVar[str]
    title: ClassVar[str]
    packages: ClassVar[tuple[str, ...]]
    imports: ClassVar[str]
    output: ClassVar[str]
    """A CSS selector of the element on the page that shows the result."""

    def script(self, app: str) -> Path:
        """The script of the calculator, or of another app, which not every subject has."""
        return APPS / f"{app}_{self.key}.py"

    @abstractmethod
    def prediction(self) -> Request:
        """Ask for a prediction as a program does: 5 add 7."""

    @abstractmethod
    def prediction_of_page(self) -> Request:
        """Ask for a prediction as the subject's own page does."""

    @abstractmethod
    def flags(self, port: int, count: int) -> list[Request]:
        """Give that many flags as the subject's own page sends them, each of which makes a row."""


def ask(port: int, method: str, path: str, body: object = None) -> Any:
    """Ask for JSON, outside of what is measured."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    text = None if body is None else json.dumps(body)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    connection.request(method, path, text, headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    if answer.status >= 400:
        raise RuntimeError(f"{method} {path} was answered with {answer.status}: {content[:500]!r}")
    return json.loads(content)
