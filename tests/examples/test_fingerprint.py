"""What tells a function from others: whatever may change its outputs, and nothing else."""

import importlib
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from minidemo.examples.fingerprint import digest

Make = Callable[[str], Any]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Return the function `f` of a script with this text."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # or what was compiled in the same second would still do

    def make(text: str) -> Any:
        Path("script.py").write_text(text)
        for name in ("script", "helper"):
            sys.modules.pop(name, None)
        importlib.invalidate_caches()
        return importlib.import_module("script").f

    return make


SAME = [
    ("def f(x): return x + 1", "# a comment\n\ndef f(x):\n    # more\n    return x + 1"),
    ("def f(x): return x + 1", "UNUSED = 5\ndef f(x): return x + 1"),
    ("def f(x): return x in {'a', 'b', 'c'}", "def f(x): return x in {'c', 'b', 'a'}"),
    ("T = {1, 'a', 2.5}\ndef f(x): return T", "T = {2.5, 'a', 1}\ndef f(x): return T"),
    ("import json\ndef f(x): return json.dumps(x)", "import json\n\ndef f(x): return json.dumps(x)"),
    ("L = list(range(20_000))\ndef f(x): return L", "L = list(range(1, 20_001))\ndef f(x): return L"),
    (
        "import random\nR = random.Random(1)\ndef f(x): return R",
        "import random\nR = random.Random(2)\ndef f(x): return R",
    ),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_makes_no_difference(make: Make, one: str, other: str) -> None:
    assert digest(make(one)) == digest(make(other))


CLASS = """
class C:
    def __init__(self, k): self.k = k
    def __call__(self, x): return self.n(x)
    def n(self, x): return x + 0.5
"""
DIFFERENT = [
    ("def f(x): return x + 1", "x + 1", "x + 2"),
    ("def f(x): return x + 1", "x + 1", "x - 1"),
    ("def f(x, y=1): return x + y", "y=1", "y=2"),
    ("def f(x, *, y=1): return x + y", "y=1", "y=2"),
    ("def f(x): return x.upper()", "upper", "lower"),
    ("K = 1\ndef f(x): return x + K", "K = 1", "K = 2"),
    ("K = 1\ndef f(x): return x + K", "K = 1", "K = '1'"),
    ("K = ['cat']\ndef f(x): return K[x]", "cat", "dog"),
    ("K = {'a': {'b': 1}}\ndef f(x): return K[x]", "1", "2"),
    ("def g(x): return x\ndef f(x): return g(x)", "return x", "return -x"),
    ("def f(x): return [i for i in x if i > 1]", "1", "2"),
    ("def g(k):\n def h(x): return x + k\n return h\nf = g(1)", "g(1)", "g(2)"),
    ("def d(fn):\n def h(x): return fn(x)\n return h\n@d\ndef f(x): return x", "f(x): return x", "f(x): return -x"),
    (f"{CLASS}f = C(1)", "C(1)", "C(2)"),
    (f"{CLASS}f = C(1)", "0.5", "1.5"),
    (f"{CLASS}f = C(1).n", "0.5", "1.5"),
    ("def f(x):\n class C:\n  a = 1\n return C.a", "1", "2"),
    ("import json\ndef f(x): return json.dumps(x)", "dumps", "loads"),
    ("from json import dumps as g, loads as h\ndef f(x): return g(x)", "dumps as g, loads as h", "loads as g"),
]


@pytest.mark.parametrize(("text", "old", "new"), DIFFERENT)
def test_what_makes_a_difference(make: Make, text: str, old: str, new: str) -> None:
    assert digest(make(text)) != digest(make(text.replace(old, new)))


def test_a_module_of_the_author_that_is_used(make: Make) -> None:
    script = "import helper\ndef f(x): return helper.g(x)"
    Path("helper.py").write_text("def g(x): return x")
    one = digest(make(script))
    Path("helper.py").write_text("def g(x): return -x * 1")
    assert digest(make(script)) != one


def test_functions_that_call_each_other(make: Make) -> None:
    assert digest(make("def g(x): return f(x)\ndef f(x): return g(x)"))


def test_partials() -> None:
    assert digest(partial(pow, 2)) != digest(partial(pow, 3))
    assert digest(partial(pow, exp=2)) != digest(partial(pow, exp=3))
    assert digest(partial(pow, 2)) == digest(partial(pow, 2))


def test_builtins() -> None:
    assert digest(abs) != digest(len)
    assert digest(str.upper) != digest(str.lower)


def test_a_variable_without_a_value_yet() -> None:
    def function() -> Any:
        return late

    one = digest(function)
    late = 1
    assert digest(function) != one
    assert function() == 1
