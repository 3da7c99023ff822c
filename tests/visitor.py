"""A visitor without a browser: talks to a demo's application in this very process."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from minidemo import create_app
from minidemo.interfaces.demo import Demo

SESSION = "a-visitor-of-the-tests"


class Visitor:
    """Does over HTTP what the page does: predict, flag, upload, look at files.

    The application is the demo's own, made with the options, unless there is an `app` already.
    """

    def __init__(
        self, demo: Demo, *, session: str | None = SESSION, app: FastAPI | None = None, **options: Any
    ) -> None:
        self.session = session
        self.examples = f"/examples/{demo.page.endpoint(None).name}"
        self.http = TestClient(app or create_app(demo.page, **options), raise_server_exceptions=False)

    def predict(self, *data: Any, **more: Any) -> Response:
        """Submit one value for each input."""
        return self.http.post("/predict", json={"data": list(data), "session": self.session} | more)

    def result(self, *data: Any) -> list[Any]:
        """Submit, and return the outputs of a call that went well."""
        response = self.predict(*data)
        assert response.status_code == 200, response.text
        outputs: list[Any] = response.json()["data"]
        return outputs

    def events(self, *data: Any) -> Iterator[tuple[str, Any]]:
        """Submit, and yield the name and the data of each event of the answer after the first, which names the run."""
        body = {"data": list(data), "session": self.session}
        response = self.http.post("/predict", json=body, headers={"Accept": "text/event-stream"})
        assert response.status_code == 200, response.text
        for block in response.text.split("\n\n")[1:-1]:
            name, content = block.split("\n")
            yield name.removeprefix("event: "), json.loads(content.removeprefix("data: "))

    def flag(self, run: str, option: str | None = None, **more: Any) -> Response:
        """Flag a run."""
        return self.http.post("/flag", json={"run": run, "option": option} | more)

    def upload(self, data: bytes, name: str = "picture.png", mime: str = "image/png") -> Response:
        """Upload a file."""
        query = {"name": name} | ({"session": self.session} if self.session else {})
        return self.http.post("/upload", params=query, content=data, headers={"Content-Type": mime})

    def initial(self, tag: str) -> Any:
        """Return the value that the page shows in its first field with this tag."""
        found = re.search(rf'<{tag} [^>]*data-initial="([^"]*)"', self.http.get("/").text)
        assert found
        return json.loads(html.unescape(found[1]))

    def example(self, index: int | str) -> Response:
        """Fetch the values of an example."""
        return self.http.get(f"{self.examples}/{index}")

    def show(self, index: int, *, session: str | None = None, headers: dict[str, str] | None = None) -> Response:
        """Ask for the outputs of an example."""
        body = {"session": session or self.session}
        return self.http.post(f"{self.examples}/{index}", json=body, headers=headers)

    def download(self, file: dict[str, Any]) -> Response:
        """Fetch a file that the wire names."""
        return self.http.get(f"/file/{file['path']}")
