"""What a function may be: anything that can be called, in any of the four ways to give a result."""

import functools
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

import minidemo as gr
from tests.visitor import Visitor


def plain(x: str) -> str:
    return x


async def awaited(x: str) -> str:
    return x


def several(x: str) -> Iterator[str]:
    yield ""
    yield x


async def several_awaited(x: str) -> AsyncIterator[str]:
    yield ""
    yield x


class Plain:
    def __call__(self, x: str) -> str:
        return x

    def method(self, x: str) -> str:
        return x

    @classmethod
    def of_class(cls, x: str) -> str:
        return x

    @staticmethod
    def static(x: str) -> str:
        return x


class Awaited:
    async def __call__(self, x: str) -> str:
        return x

    async def method(self, x: str) -> str:
        return x


class Several:
    def __call__(self, x: str) -> Iterator[str]:
        yield x

    async def method(self, x: str) -> AsyncIterator[str]:
        yield x


def decorated(fn: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(fn)
    def wrapper(*arguments: Any) -> Any:
        return fn(*arguments)

    return wrapper


WAYS = [plain, awaited, several, several_awaited]
FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{fn.__name__: fn for fn in WAYS},
    **{f"decorated {fn.__name__}": decorated(fn) for fn in WAYS},
    "a lambda": lambda x: x,
    "a lambda that calls a coroutine": lambda x: awaited(x),
    "an object": Plain(),
    "an async object": Awaited(),
    "an object that yields": Several(),
    "a method": Plain().method,
    "an async method": Awaited().method,
    "an async method that yields": Several().method,
    "a method of a class": Plain.of_class,
    "a static method": Plain.static,
    "a builtin": "{}".format,
    "a class": str,
}
PARTIAL = {f"a part of {name}": functools.partial(fn) for name, fn in FUNCTIONS.items()}


@pytest.mark.parametrize("fn", [pytest.param(fn, id=name) for name, fn in (FUNCTIONS | PARTIAL).items()])
def test_any_callable_gives_its_result(fn: Callable[..., Any]) -> None:
    demo = gr.Interface(fn, "text", "text", flagging_mode="never")
    assert Visitor(demo).result("hello") == ["hello"]
    assert demo("hello") == "hello"
