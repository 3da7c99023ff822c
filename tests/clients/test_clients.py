"""Gradio's clients, of today and of two years ago, do with a demo what they do with an app of Gradio's, unmodified."""

import base64
import io
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from PIL import Image, ImageChops

import minidemo as gr
from minidemo.server.serving import Serving, bind
from tests.clients import demo
from tests.clients.environments import DRIVERS, OFFLINE, PLACE, python
from tests.components.pictures import encoded, gradient
from tests.thoroughness import NIGHTLY

NEW_PYTHON, OLD_PYTHON, NEW_NODE, OLD_NODE = CLIENTS = ("new python", "old python", "new node", "old node")
UPSTREAM = "The upstream Gradio app has raised an exception: "
"""What the older client for Python says before what an app says."""
GROWN = ["word0 ", "word0 word1 ", "word0 word1 word2 ", "word0 word1 word2 word3 "]
FAILED = "Something went wrong while running this demo."
CALLS = "300" if NIGHTLY else "10"
"""How many each thread makes that hammers at a demo."""
ELSEWHERE = (
    "This server fetches nothing from other addresses. Download the file, and upload it: "
    "handle_file() with the path of the file does it, or POST gradio_api/upload."
)
SHORT = {"__type__": "validate", "is_valid": False, "message": "too short", "parameter_name": "text"}
LOGS = [["one", "info", "First"], ["two", "warning", "Warning"], ["three", "success", "Success"]]
STORIES = [demo.NESTED | {"list": demo.NESTED["list"] * i, "i": i} for i in range(3)]


def of(client: str, **answers: Any) -> Any:
    """Return what a client says: that named `age_language`, or `language`, or `other`."""
    age, language = client.split()
    return next(answers[name] for name in (f"{age}_{language}", language, "other") if name in answers)


def raised(message: str) -> Callable[[str], list[Any]]:
    """Return what comes of a call that fails with a message."""
    return lambda client: [of(client, old_python=UPSTREAM + message, other=message)]


EXPECTED: dict[str, Callable[[str], list[Any]]] = {
    "calculator": lambda _: [12, 7, 9, 2, 4],
    "several_files": lambda _: ["a.txt 5, b é.txt 6"],
    "streaming": lambda client: of(client, python=GROWN, node=[*GROWN, GROWN[-1]]),
    "progress": lambda _: ["there", [5, "Going"]],
    "state": lambda _: [1, 3, 6, 10],
    "raised": raised("no good"),
    "crashed": raised(FAILED),
    "stumbled": lambda client: [*raised("fell over")(client), ["so far so good"]],
    "batch": lambda _: ["A", "B", "C", "D", "E"],
    "cancel_generator": lambda client: [of(client, python="cancelled", node="complete")],
    "cancel_plain": lambda client: [of(client, python="cancelled", node="complete"), "rung"],
    "after_cancel": lambda _: [12],
    "logs": lambda client: ["hello", *of(client, python=[], node=[LOGS])],
    "undocumented": lambda _: ["cba"],
    "unfit": lambda client: [
        *raised("num1 must be a number, such as 1.5.")(client),
        *raised('operation must be one of: "add", "multiply".')(client),
    ],
    "address": raised(ELSEWHERE),
}
"""What comes of each scenario, whoever calls."""


SCENARIOS = ["picture", *EXPECTED, "validator", "private", "hammer"]


def api_of(client: str) -> list[str]:
    """Return the scenario in which a client describes the API, if it is one of today."""
    return ["view_api"] if client in (NEW_PYTHON, NEW_NODE) else []


def drive(client: str, url: str, *scenarios: str, folder: Path) -> dict[str, list[Any]]:
    """Let a client do some scenarios, and return what it got."""
    age, language = client.split()
    command = {
        "python": [python(age), str(DRIVERS / "drive.py")],
        "node": ["node", str(DRIVERS / "drive.mjs"), str(PLACE / age)],
    }[language]
    done = subprocess.run(
        [*command, url, str(folder), *scenarios],
        capture_output=True,
        text=True,
        timeout=900,
        env=os.environ | OFFLINE | {"CALLS": CALLS},
    )
    assert done.returncode == 0, done.stderr
    results: dict[str, list[Any]] = json.loads(done.stdout.splitlines()[-1])
    return results


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files to upload."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "a.txt").write_text("five ")
    (folder / "b é.txt").write_text("sixsix")
    (folder / "in put.png").write_bytes(encoded(gradient()))
    return folder


@pytest.fixture(scope="module")
def url(files: Path) -> Iterator[str]:
    """The address of a page with a demo for each thing that a client can do."""
    with demo.everything(files / "flagged").running() as url:
        yield url


@pytest.fixture(scope="module")
def results(url: str, files: Path) -> Callable[[str], dict[str, list[Any]]]:
    """Return what a client gets in all scenarios, which it does one after the other, but once."""
    return cache(lambda client: drive(client, url, *SCENARIOS, *api_of(client), folder=files))


@pytest.mark.parametrize("scenario", EXPECTED)
@pytest.mark.parametrize("client", CLIENTS)
def test_what_a_client_gets(results: Callable[[str], dict[str, Any]], client: str, scenario: str) -> None:
    assert results(client)[scenario] == EXPECTED[scenario](client)


@pytest.mark.parametrize("client", CLIENTS)
def test_a_picture_goes_in_and_comes_out(results: Callable[[str], dict[str, Any]], client: str) -> None:
    with Image.open(io.BytesIO(base64.b64decode(results(client)["picture"][0]))) as flipped:
        expected = gradient().convert("RGB").transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        assert ImageChops.difference(flipped.convert("RGB"), expected).getbbox() is None


@pytest.mark.parametrize("client", CLIENTS)
def test_what_a_validator_says(results: Callable[[str], dict[str, Any]], client: str) -> None:
    refused, taken = results(client)["validator"]
    assert taken == "abcd"
    expected = {  # the older ones know of no validators
        NEW_PYTHON: "1 parameter(s) failed validation:\n- text: too short",
        OLD_PYTHON: "Client error '422 Unprocessable",
        NEW_NODE: [SHORT],
        OLD_NODE: "Connection errored out. ",
    }[client]
    assert refused[: len(expected)] == expected


@pytest.mark.parametrize("client", CLIENTS)
def test_what_is_private_is_not_there(results: Callable[[str], dict[str, Any]], client: str) -> None:
    (said,) = results(client)["private"]
    assert of(client, python="Cannot find a function", node="o endpoint matching") in said


@pytest.mark.parametrize("client", [NEW_PYTHON, NEW_NODE])
def test_what_a_client_says_of_the_api(results: Callable[[str], dict[str, Any]], client: str) -> None:
    described = results(client)["view_api"]
    endpoints = described[0]["named_endpoints"]
    assert {"/calculator", "/flip", "/tally"} <= endpoints.keys()
    assert not {"/predict", "/hidden", "/secret"} & endpoints.keys()
    names = [each["parameter_name"] for each in endpoints["/calculator"]["parameters"]]
    assert names == ["num1", "operation", "num2"]
    if client == NEW_PYTHON:
        assert 'predict(num1, operation, num2, api_name="/calculator") -> output' in described[2]


@pytest.mark.parametrize("client", CLIENTS)
def test_runs_of_clients_are_flagged_too(results: Callable[[str], dict[str, Any]], files: Path, client: str) -> None:
    assert results(client)
    assert "6,multiply,1.5,9" in (files / "flagged" / "logs.csv").read_text().splitlines()


@pytest.mark.parametrize("client", CLIENTS)
def test_three_threads_lose_no_call(results: Callable[[str], dict[str, Any]], client: str) -> None:
    assert results(client)["hammer"] == [True]


@pytest.mark.parametrize("client", CLIENTS)
def test_objects_of_any_shape_come_out_as_they_are(files: Path, client: str) -> None:
    with demo.of_objects().running() as url:
        last, given = drive(client, url, "nested", folder=files)["nested"]
    assert last == demo.NESTED
    assert given[:4] == [*STORIES, demo.NESTED]


@pytest.mark.parametrize("client", CLIENTS)
def test_who_has_to_log_in(files: Path, client: str) -> None:
    with demo.everything(files / "of users").running(auth=("ann", "pass"), auth_message="Ask Bob.") as url:
        nobody, wrong, result = drive(client, url, "login", folder=files)["login"]
    assert result == 12
    assert (
        of(client, python="credentials were not provided", new_node="Ask Bob.", node="credentials are required")
        in nobody
    )
    assert of(client, old_python="login", other="Invalid credentials") in wrong


@pytest.mark.parametrize("client", CLIENTS)
def test_below_a_path_of_another_application(files: Path, client: str) -> None:
    scenarios = ["calculator", "picture", "streaming", "several_files"]
    site = gr.mount_app(FastAPI(), demo.everything(files / "mounted"), "/sub/demo")
    with serving(site) as url:
        got = drive(client, f"{url}sub/demo", *scenarios, folder=files)
    known = [name for name in scenarios if name in EXPECTED]
    assert known == ["calculator", "streaming", "several_files"]
    assert [got[name] for name in known] == [EXPECTED[name](client) for name in known]
    assert got["picture"][0]


@pytest.mark.parametrize("client", CLIENTS)
def test_a_full_queue_is_told(files: Path, client: str) -> None:
    with demo.crowded().running() as url:
        (said,) = drive(client, url, "full", folder=files)["full"]
    assert of(client, python="Queue is full", node="currently busy") in said


@contextmanager
def serving(site: FastAPI) -> Iterator[str]:
    """Serve an application at a free port."""
    server = Serving(site, bind("127.0.0.1", range(1)))
    server.start()
    try:
        yield server.url
    finally:
        server.stop()
