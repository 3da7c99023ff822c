"""What tells a function from others: whatever may change its outputs, and nothing else."""

import importlib
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from minidemo.examples.fingerprint import fingerprint

Make = Callable[[str], Any]


def digest(*values: Any) -> str:
    """Return the digest of values that are all seen."""
    result = fingerprint(*values)
    assert result.unseen == ()
    return result.digest


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
    ("import json as j\ndef f(x): return j.dump(x)", "json as j", "pickle as j"),
    ("L = list(range(20_000))\ndef f(x): return L", "20_000", "20_001"),
    ("import random\nR = random.Random(1)\ndef f(x): return R", "Random(1)", "Random(2)"),
    ("import re\nP = re.compile('a')\ndef f(x): return P", "'a'", "'b'"),
    ("import re\nP = re.compile('a', re.I)\ndef f(x): return P", "re.I", "re.M"),
    ("import numpy\nA = numpy.arange(9)\ndef f(x): return A", "9", "8"),
    ("import numpy\nA = numpy.zeros((2, 3))\ndef f(x): return A", "(2, 3)", "(3, 2)"),
    ("import numpy\nA = numpy.float64(1)\ndef f(x): return A", "float64", "float32"),
    ("import pandas\nD = pandas.DataFrame({'a': [1, 2]})\ndef f(x): return D", "2]", "3]"),
    ("import polars\nD = polars.DataFrame({'a': [1, 2]})\ndef f(x): return D", "2]", "3]"),
    ("from decimal import Decimal\nD = Decimal('1.0')\ndef f(x): return D", "1.0", "1.00"),
    ("from datetime import date\nD = date(2026, 1, 1)\ndef f(x): return D", "1, 1", "1, 2"),
    ("from pathlib import Path\nP = Path('a')\ndef f(x): return P", "'a'", "'b'"),
    ("from collections import defaultdict\nD = defaultdict(int)\ndef f(x): return D", "int", "str"),
    ("from collections import deque\nD = deque([1], 5)\ndef f(x): return D", "5", "6"),
    ("class C:\n def __init__(self): self.k = ['cat']\n def __call__(self, x): return self.k\nf = C()", "cat", "dog"),
    ("class C:\n __slots__ = ('k',)\n def __call__(self, x): return self.k\nf = C()\nf.k = 1", "f.k = 1", "f.k = 2"),
    (
        "class C:\n __slots__ = ('__k',)\n def __init__(self): self.__k = 1\n def __call__(self, x): return 3\nf = C()",
        "1",
        "2",
    ),
    ("class C(dict):\n def n(self, x): return x\nc = C(a=1)\ndef f(x): return c.n(x)", "a=1", "a=2"),
    ("class C(dict):\n def n(self, x): return x\nc = C(a=1)\ndef f(x): return c.n(x)", "return x\nc", "return -x\nc"),
    (
        "class B:\n def n(self, x): return x\nclass C(B): pass\nc = C()\ndef f(x): return c.n(x)",
        "return x\nclass",
        "return -x\nclass",
    ),
    ("class C:\n def __getitem__(self, x): return x\nc = C()\ndef f(x): return c[x]", "return x\nc", "return -x\nc"),
    ("class C:\n @property\n def p(self): return 1\nc = C()\ndef f(x): return c.p", "1", "2"),
    ("class C:\n @staticmethod\n def p(): return 1\ndef f(x): return C.p()", "1", "2"),
    ("class C:\n @classmethod\n def p(cls): return 1\ndef f(x): return C.p()", "1", "2"),
    (
        "from functools import *\nclass C:\n @cached_property\n def p(self): return 1\nc = C()\ndef f(x): return c.p",
        "1",
        "2",
    ),
    (
        "from functools import *\nclass C:\n def q(self, k): return k\n p = partialmethod(q, 1)\ndef f(x): C().p()",
        "1",
        "2",
    ),
    ("from functools import *\n@cache\ndef g(x): return x\ndef f(x): return g(x)", "return x\ndef", "return -x\ndef"),
    ("from functools import *\n@singledispatch\ndef f(x): return 1", "1", "2"),
    ("from contextlib import *\n@contextmanager\ndef g(): yield 1\ndef f(x):\n with g() as y: return y", "1", "2"),
    ("from dataclasses import dataclass\n@dataclass\nclass C:\n k: int = 1\ndef f(x): return C()", "1", "2"),
    ("from enum import Enum\nclass C(Enum):\n A = 1\ndef f(x): return C.A", "1", "2"),
    ("from enum import Enum\nclass C(Enum):\n A = 1\n B = 2\nK = C.A\ndef f(x): return K", "K = C.A", "K = C.B"),
    ("from typing import *\nclass C(NamedTuple):\n a: int\nK = C(1)\ndef f(x): return K", "C(1)", "C(2)"),
    ("from pydantic import BaseModel\nclass C(BaseModel):\n a: int\ndef f(x): return C(a=x)", "int", "str"),
    ("def f(x): return f.k\nf.k = 1", "1", "2"),
    ("A, B = [1], [1]\nK = [A, B, A]\ndef f(x): return K", "[A, B, A]", "[A, B, B]"),
    ("A, B = [1], [2]\nK = [A]\ndef f(x): return A, B, K", "K = [A]", "K = [B]"),
    ("K = {frozenset([1]), frozenset([2])}\ndef f(x): return K", "[2]", "[3]"),
    ("K = b'a'\ndef f(x): return K", "b'a'", "b'b'"),
    ("K = bytearray(b'a')\ndef f(x): return K", "b'a'", "b'b'"),
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


@pytest.mark.parametrize(
    "line", ["import helper", "from helper import g", "import helper as h", "from script import helper"]
)
def test_a_module_of_the_author_that_the_function_imports(make: Make, line: str) -> None:
    script = f"import helper\ndef f(x):\n {line}\n return helper.g(x), h.g(x), g(x)\ndel helper"
    script = script.replace("del helper", "") if "script" in line else script
    Path("helper.py").write_text("def g(x): return x")
    one = digest(make(script))
    Path("helper.py").write_text("def g(x): return -x * 1")
    assert digest(make(script)) != one


def test_a_package_of_the_author(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("1", "2"):
        Path("pack/deep").mkdir(parents=True, exist_ok=True)
        Path("pack/__init__.py").write_text("")
        Path("pack/deep/inner.py").write_text(f"def g(x): return {text}")
        Path("pack/outer.py").write_text("def f(x):\n from .deep import inner\n return inner.g(x)")
    lines = [
        "import pack.outer\ndef f(x): return pack.outer.f(x)",
        "def f(x):\n import pack.deep.inner as i\n return i.g(x)",
    ]
    for line in lines:
        digests = set()
        for text in ("1", "2"):
            Path("pack/deep/inner.py").write_text(f"def g(x): return {text}")
            for name in [name for name in sys.modules if name.startswith("pack")]:
                monkeypatch.delitem(sys.modules, name)
            digests.add(digest(make(line)))
        assert len(digests) == 2


@pytest.mark.parametrize("line", ["import json", "import minidemo", "import nothing_like_it", "import os.path, sys"])
def test_libraries_that_the_function_imports_are_not_read(make: Make, line: str) -> None:
    assert digest(make(f"def f(x):\n try:\n  {line}\n except ImportError: pass"))


@pytest.mark.parametrize("folder", ["site-packages", "dist-packages"])
@pytest.mark.parametrize(
    "line",
    ["import installed\ndef f(x): return installed.g(x)", "def f(x):\n import installed\n return installed.g(x)"],
)
def test_packages_that_are_installed_elsewhere_are_not_read(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, line: str
) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "installed.py").write_text("K = (i for i in ())\ndef g(x): return K")
    monkeypatch.syspath_prepend(tmp_path / folder)
    monkeypatch.delitem(sys.modules, "installed", raising=False)
    digest(make(line))


def test_a_module_of_the_author_that_cannot_be_imported_is_not_seen(make: Make) -> None:
    Path("helper.py").write_text("1 / 0")
    assert fingerprint(make("def f(x):\n import helper")).unseen == ("module helper",)


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
