"""Whatever an author's code raises while the server answers a request: that request fails, and no other."""

from collections.abc import Callable
from typing import Any

import pytest

import minidemo as gr
from tests.exceptions import EXCEPTIONS, fail
from tests.visitor import Visitor

FAILED = [pytest.param(name, id=name) for name in EXCEPTIONS]


def auth(name: str, password: str) -> bool:
    return bool(fail(password)) and password == "right"


async def awaited_auth(name: str, password: str) -> bool:
    return auth(name, password)


@pytest.mark.parametrize("name", FAILED)
@pytest.mark.parametrize("check", [auth, awaited_auth])
def test_a_function_that_checks_passwords(check: Callable[..., Any], name: str) -> None:
    visitor = Visitor(gr.Interface(str.upper, "text", "text"), auth=check)
    for password, status in ((name, 500), ("wrong", 401)):
        form = {"username": "ann", "password": password}
        assert visitor.http.post("/login", data=form).status_code == status


def user(request: Any) -> str:
    return fail(request.headers["x-user"])


async def awaited_user(request: Any) -> str:
    return user(request)


@pytest.mark.parametrize("name", FAILED)
@pytest.mark.parametrize("find", [user, awaited_user])
def test_a_function_that_finds_the_user(find: Callable[..., Any], name: str) -> None:
    visitor = Visitor(gr.Interface(str.upper, "text", "text"), auth_dependency=find)
    for name_of_user, status in ((name, 500), ("ann", 200)):
        assert visitor.http.get("/", headers={"X-User": name_of_user}).status_code == status


@pytest.mark.parametrize("name", FAILED)
def test_a_component_that_checks_corrections(name: str) -> None:
    class Output(gr.Textbox):
        def preprocess(self, value: Any) -> str:
            return fail(value)

    visitor = Visitor(gr.Interface(str.upper, "text", Output(label="out"), flagging_correction=True))
    run = visitor.predict("a").json()["run"]
    for value, status in ((name, 500), ("fine", 201)):
        assert visitor.flag(run, expected=[value]).status_code == status
