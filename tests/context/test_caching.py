"""A function's results are kept in memory, by the content of its arguments."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from threading import Lock
from typing import Any

import numpy
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import minidemo as gr
from tests.visitor import Visitor

NO_FUNCTION: Any = 3
CALLS: list[Any] = []
"""The calls of the functions below."""
KEYS = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | st.text("ab", max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=1), inner, max_size=3),
    max_leaves=6,
)


def plain(x: int, y: int = 10) -> int:
    CALLS.append(x)
    return x + y


async def coroutine(x: int, y: int = 10) -> int:
    return plain(x, y)


def generator(x: int, y: int = 10) -> Iterator[list[int]]:
    values = [plain(x, y)]
    yield values
    values.append(0)
    yield values


async def async_generator(x: int, y: int = 10) -> AsyncIterator[list[int]]:
    for value in generator(x, y):
        yield value


async def listed(values: AsyncIterator[Any]) -> list[Any]:
    return [value async for value in values]


@pytest.mark.parametrize(
    ("fn", "result", "expected"),
    [
        (plain, lambda value: value, 11),
        (coroutine, asyncio.run, 11),
        (generator, list, [[11], [11, 0]]),
        (async_generator, lambda values: asyncio.run(listed(values)), [[11], [11, 0]]),
    ],
)
def test_equal_arguments_get_the_same_result_without_a_call(fn: Any, result: Callable[..., Any], expected: Any) -> None:
    CALLS.clear()
    result(gr.cache(fn, max_size=9)(1))
    assert result(gr.cache(fn, max_size=9)(1, y=10)) == expected
    assert CALLS == [1]


def test_a_generator_that_is_left_keeps_nothing() -> None:
    cached: Any = gr.cache(generator, max_size=8)
    next(cached(1))
    assert len(cached.cache) == 0


def test_the_decorator_takes_options() -> None:
    CALLS.clear()

    @gr.cache(max_size=1, key=lambda arguments: arguments["prompt"])
    def answer(prompt: str, temperature: float) -> str:
        CALLS.append(prompt)
        return f"{prompt} {temperature}"

    results: Any = answer
    assert [answer("a", 0.1), answer("a", 0.2), answer("b", 0.1), answer("a", 0.3)] == [
        "a 0.1",
        "a 0.1",
        "b 0.1",
        "a 0.3",
    ]
    assert (CALLS, len(results.cache), results.__name__) == (["a", "b", "a"], 1, "answer")


@given(KEYS, KEYS)
def test_a_key_is_what_it_says(first: Any, second: Any) -> None:
    cache = gr.Cache()
    cache.set(first, found=True)
    assert (cache.get(second) is not None) == (repr(sorted_deep(first)) == repr(sorted_deep(second)))


def sorted_deep(value: Any) -> Any:
    """Return a value with its dictionaries in order."""
    if isinstance(value, dict):
        return {name: sorted_deep(value[name]) for name in sorted(value)}
    return [sorted_deep(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "make",
    [
        lambda text: numpy.array([text, "c"]),
        lambda text: pandas.DataFrame({text: [1, 2]}),
        lambda text: Image.new("L", (2, 2), ord(text)),
        lambda text: {text, "c"},
        lambda text: "".join([text, text]),
    ],
)
def test_values_of_libraries_are_keys_by_their_content(make: Callable[[str], Any]) -> None:
    cache = gr.Cache()
    cache.set([make("a"), make("a")], found=True)
    assert cache.get([make("a")] * 2) == {"found": True}
    assert cache.get([make("a"), make("b")]) is None


def test_a_value_that_pickle_cannot_write_is_no_key_but_a_value() -> None:
    cache = gr.Cache(max_memory="1mb")
    with pytest.raises(gr.ConfigurationError, match=r"A cache got a key that pickle cannot write: .*key="):
        cache.get(Lock())
    cache.set("lock", lock=Lock())
    assert cache.keys() == ["lock"]


def test_the_least_recently_used_are_dropped() -> None:
    few, small = gr.Cache(max_size=2), gr.Cache(max_size=0, max_memory="1kb")
    for cache, size in ((few, 1), (small, 100)):
        cache.set("a", data=numpy.zeros(size))
        cache.set("b", data=numpy.zeros(size))
    few.get("a")
    few.set("c")
    assert (few.keys(), small.keys()) == (["a", "c"], ["b"])
    few.clear()
    assert few.keys() == []


@pytest.mark.parametrize(
    "fault", [lambda: gr.cache(NO_FUNCTION), lambda: gr.Cache(max_size=-1), lambda: gr.Cache(max_memory="x")]
)
def test_mistakes_are_told(fault: Callable[[], Any]) -> None:
    with pytest.raises(gr.ConfigurationError, match="expected"):
        fault()


def test_a_cache_is_a_parameter_but_no_input() -> None:
    def greet(name: str, known: gr.Cache = gr.Cache(), mark: str = "!") -> str:  # noqa: B008  # as Gradio's users write it
        before = known.get(name)
        known.set(name, mark=mark)
        return f"{name}{mark} {before}"

    visitor = Visitor(gr.Interface(greet))
    assert visitor.result("Ann", "?") == ["Ann? None"]
    assert visitor.result("Ann", "!") == ["Ann! {'mark': '?'}"]


def test_a_page_load_may_have_its_own_entries() -> None:
    @gr.cache(per_session=True)
    def count(word: str) -> int:
        CALLS.append(word)
        return len(CALLS)

    CALLS.clear()
    demo = gr.Interface(count, "text", "number")
    app = gr.create_app(demo.page)
    ann, bob = (Visitor(demo, session=f"the-session-of-{name}", app=app) for name in ("ann", "bob"))
    assert [ann.result("x"), bob.result("x"), ann.result("x"), bob.result("x")] == [[1], [2], [1], [2]]
    assert [demo("x"), demo("x")] == [3, 4], "calls without a session keep nothing"


def test_calls_of_a_batch_have_no_page_load() -> None:
    CALLS.clear()
    demo = gr.Interface(gr.cache(lambda words: (words,), per_session=True), "text", "text", batch=True)
    assert Visitor(demo).result("x") == ["x"]
