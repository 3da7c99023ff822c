"""Whatever an author's code raises while the server answers a request: that request fails, and no other."""

from collections.abc import Callable
from typing import Any

import pytest

import minidemo as gr
from tests.exceptions import EXCEPTIONS, fail
from tests.visitor import Visitor


def auth(name: str, password: str) -> bool:
    return bool(fail(password)) and password == "right"


async def awaited_auth(name: str, password: str) -> bool:
    return auth(name, password)


NAMES = list(EXCEPTIONS)


def then(name: str, names: list[str] = NAMES) -> list[str]:
    """Return names of exceptions, each followed by a name that is none."""
    return [each for exception in names for each in (exception, name)]


@pytest.mark.parametrize("names", [NAMES[::2], NAMES[1::2]])  # an address has ten guesses
@pytest.mark.parametrize("check", [auth, awaited_auth])
def test_a_function_that_checks_passwords(check: Callable[..., Any], names: list[str]) -> None:
    visitor = Visitor(gr.Interface(str.upper, "text", "text"), auth=check)
    for password in [*then("right", names), "wrong"]:
        status = visitor.http.post("/login", data={"username": "ann", "password": password}).status_code
        assert status == {"right": 200, "wrong": 401}.get(password, 500), password


def user(request: Any) -> str:
    return fail(request.headers["x-user"])


async def awaited_user(request: Any) -> str:
    return user(request)


@pytest.mark.parametrize("find", [user, awaited_user])
def test_a_function_that_finds_the_user(find: Callable[..., Any]) -> None:
    visitor = Visitor(gr.Interface(str.upper, "text", "text"), auth_dependency=find)
    for name in then("ann"):
        status = visitor.http.get("/", headers={"X-User": name}).status_code
        assert status == (200 if name == "ann" else 500), name


def test_a_component_that_checks_corrections() -> None:
    class Output(gr.Textbox):
        def preprocess(self, value: Any) -> str:
            return fail(value)

    visitor = Visitor(gr.Interface(str.upper, "text", Output(label="out"), flagging_correction=True))
    for value in then("fine"):
        status = visitor.flag(visitor.predict("a").json()["run"], expected=[value]).status_code
        assert status == (201 if value == "fine" else 500), value
