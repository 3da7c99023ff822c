"""Every value of a function's constants is told from others, or named as one that cannot be."""

import copy
import io
import re
import threading
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minidemo.examples import fingerprint as limits
from minidemo.examples.fingerprint import fingerprint
from tests.examples.test_fingerprint import digest


class Own:
    def __init__(self, value: Any) -> None:
        self.value = value

    def __repr__(self) -> str:
        return f"Own({exact(self.value)})"


def exact(value: Any) -> str:
    """Return a text that tells a value from all that is not the same."""
    if isinstance(value, set | frozenset):
        return f"{type(value).__name__}{sorted(exact(item) for item in value)}"
    if isinstance(value, dict):
        return f"{type(value).__name__}{[(exact(key), exact(item)) for key, item in value.items()]}"
    if isinstance(value, list | tuple | deque):
        return f"{type(value).__name__}{[exact(item) for item in value]}"
    return f"{type(value).__name__} {value!r} {getattr(value, 'dtype', '')}"


HASHABLE: Any = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.complex_numbers(), st.text(), st.binary(),
    st.decimals(allow_nan=False), st.fractions(), st.dates(), st.datetimes(), st.times(), st.timedeltas(), st.uuids(),
    st.just(...), st.just(int),
    st.sampled_from([re.compile("a"), re.compile("b"), re.compile("a", re.IGNORECASE), len, abs, str.upper, digest]),
    st.builds(range, st.integers(0, 9), st.integers(0, 9)), st.builds(Path, st.sampled_from("abc")),
)  # fmt: skip
LEAVES: Any = HASHABLE | st.one_of(
    st.binary().map(bytearray),
    st.lists(st.integers(-5, 5)).map(numpy.array),
    st.lists(st.floats(0, 5, width=32)).map(lambda items: numpy.array(items, numpy.float32)),
    st.frozensets(HASHABLE, max_size=3),
    st.sets(HASHABLE, max_size=3),
)
VALUES: Any = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.lists(inner, max_size=3).map(deque),
        st.dictionaries(HASHABLE, inner, max_size=3),
        st.dictionaries(HASHABLE, inner, max_size=3).map(OrderedDict),
        st.dictionaries(HASHABLE, inner, max_size=3).map(lambda items: defaultdict(list, items)),
        st.dictionaries(st.sampled_from("abc"), inner, max_size=3).map(lambda items: SimpleNamespace(**items)),
        inner.map(Own),
        inner.map(lambda value: partial(abs, value)),
    ),
    max_leaves=8,
)


@given(one=VALUES, other=VALUES)
@example(one=({1: [2]}, {3}, deque([4])), other=Own({}))
def test_every_value_is_told_from_others(one: Any, other: Any) -> None:
    assert digest([one]) == digest([copy.deepcopy(one)])
    assert (digest([one]) == digest([other])) == (exact(one) == exact(other))


def nested() -> list[Any]:
    """Return a list in a list in a list, deeper than Python can follow."""
    inner: list[Any] = []
    for _ in range(5_000):
        inner = [inner]
    return inner


@pytest.mark.parametrize(
    ("make", "unseen"),
    [
        (lambda: (letter for letter in "ab"), "builtins.generator"),
        (lambda: io.TextIOWrapper(io.BytesIO()), "_io.TextIOWrapper"),
        (lambda: threading.local(), "_thread._local"),
        (nested, "builtins.list"),
        (lambda: [0] * (limits.MAX_VALUES + 1), "builtins.list"),
        (lambda: [[0] * 200_000 for _ in range(3)], "builtins.list"),
        (lambda: numpy.zeros(limits.MAX_BYTES + 1, "uint8"), "numpy.ndarray"),
    ],
)
def test_what_cannot_be_seen_is_named(make: Callable[[], Any], unseen: str) -> None:
    value = make()
    assert fingerprint(lambda: value).unseen == (unseen,)
    if hasattr(value, "close"):
        value.close()


def test_locks_hold_nothing_that_counts() -> None:
    assert digest(threading.Lock()) == digest(threading.Lock())
    assert digest(threading.Event())
