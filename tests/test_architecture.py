"""The package keeps the rules of the house, and each rule was seen to fail."""

from pathlib import Path

import pytest

from tests.architecture import (
    RULES,
    Rule,
    asserts,
    circles,
    components,
    docstrings,
    eager,
    exports,
    hidden,
    lengths,
    loose,
    many,
    relative,
    room_circles,
    siblings,
    unmapped,
    upward,
    web,
)

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_package_keeps_the_rule(rule: Rule) -> None:
    assert not (found := list(rule(ROOT))), "\n".join(found)


SOUND = {
    "__init__.py": '"""A package."""\nfrom minidemo.interfaces.interface import Interface as Interface\n'
    '__all__ = ["Interface"]\n',
    "interfaces/interface.py": '"""A recipe."""\nfrom minidemo.page import page\n'
    "from minidemo.server.app import create_app\n"
    'class Interface:\n    """A demo."""\n    app = create_app, page\n',
    "server/__init__.py": '"""The server."""\n',
    "server/app.py": '"""The app."""\nfrom fastapi import FastAPI\nfrom minidemo.page.page import Page\n'
    'def create_app(page: Page) -> FastAPI:\n    """Make an app."""\n    return FastAPI()\n',
    "page/page.py": '"""A page."""\nimport minidemo.stores.runs\n'
    'class Page:\n    """A page."""\n    runs = minidemo.stores.runs\n',
    "stores/runs.py": '"""Runs."""\nimport typing\nif typing.TYPE_CHECKING:\n    import typing\n',
    "content/markdown.py": '"""Markdown."""\nimport minidemo.i18n\nwords = minidemo.i18n\n',
    "components/__init__.py": '"""Components."""\n',
    "components/base.py": '"""The contract."""\nclass Component:\n    """A component."""\n',
    "components/_plain.py": '"""Shared."""\nfrom minidemo.components import base\n'
    "class _Plain(base.Component):\n    def show(self) -> None:\n        import numpy\n",
    "components/box.py": '"""Box."""\nfrom typing import TYPE_CHECKING, ClassVar\n'
    "from minidemo.components._plain import _Plain\n"
    "if TYPE_CHECKING:\n    import numpy\n"
    'class Box(_Plain):\n    """A box."""\n    widget: ClassVar = "box"\n    size: int = 1\n'
    "    @size.setter\n    def size(self, size: int) -> None: ...\n",
    "static/widgets/box.js": "",
    "../templates/components/box.html": "",
}
"""A small tree that breaks no rule."""

BREACHES: list[tuple[Rule, str, str, str]] = [
    (loose, "runs.py", "", "minidemo/runs.py:1: a loose file. Move it into a room"),
    (unmapped, "stray.py", "", "minidemo/stray.py:1: stray is on no floor. Add it to FLOORS"),
    (unmapped, "stray/inner.py", "", "stray is on no floor"),
    (
        upward,
        "stores/runs.py",
        "from minidemo.interfaces.interface import Interface",
        "upward, from floor 5 to floor 9",
    ),
    (
        upward,
        "stores/runs.py",
        "from minidemo import Interface",
        "minidemo.stores.runs imports minidemo: that is upward",
    ),
    (unmapped, "stray.py", "import minidemo.page.page", "stray is on no floor"),
    (upward, "stores/runs.py", "def f():\n    import minidemo.server", "upward, from floor 5 to floor 8"),
    (siblings, "flagging/csv.py", "from minidemo.components.base import Component", "must not know each other"),
    (siblings, "components/base.py", "import minidemo.flagging", "must not know each other"),
    (siblings, "engine/runner.py", "import minidemo.page.page", "engine and page are on floor 6"),
    (siblings, "stores/runs.py", "def f():\n    import minidemo.building", "stores and building are on floor 5"),
    (siblings, "remote/app.py", "import minidemo.examples", "remote and examples are on floor 7"),
    (
        room_circles,
        "stores/files.py",
        "if TYPE_CHECKING:\n    from minidemo.page.head_tags import Head",
        "A circle of rooms: page <- stores <- page. Move",
    ),
    (room_circles, "i18n/words.py", "import minidemo.content.media", "A circle of rooms: "),
    (circles, "stores/runs.py", "from minidemo.page.page import Page", "A circle of imports: minidemo.page.page"),
    (relative, "page/page.py", "from . import runs", "minidemo/page/page.py:1: a relative import"),
    (relative, "server/app.py", "from ..page import Page", "a relative import"),
    (
        hidden,
        "page/page.py",
        "def f():\n    from minidemo.stores import runs",
        "minidemo.page.page imports minidemo.stores.runs inside a function",
    ),
    (hidden, "page/page.py", "async def f():\n    import json", "imports json inside a function"),
    (hidden, "page/page.py", "class A:\n    def f(self):\n        import PIL.Image", "imports PIL.Image inside"),
    (
        many,
        "page/page.py",
        "def f():\n" + "    from minidemo.stores import runs\n" * 11,
        "11 imports stand inside functions; at most 10 may",
    ),
    (eager, "page/page.py", "try:\n    import numpy\nexcept ImportError:\n    pass", "imports numpy at the top"),
    (eager, "page/page.py", "from pandas import DataFrame", "imports pandas at the top"),
    (web, "interfaces/interface.py", "from fastapi import FastAPI", "only minidemo/server may"),
    (web, "page/page.py", "def f():\n    import starlette.requests", "only minidemo/server may"),
    (web, "engine/flagger.py", "import uvicorn", "only minidemo/server may"),
    (components, "components/ring.py", "class Ring(Component): pass", "Ring has no templates/components/ring.html"),
    (components, "components/ring.py", "class Ring(Box): pass", "Ring has no templates/components/ring.html"),
    (components, "components/ring.py", "class Box(base.Component): pass", "Box should be in box.py"),
    (
        components,
        "components/box.py",
        'class Box(_Plain):\n    widget: str = "cube"',
        "no minidemo/static/widgets/cube.js",
    ),
    (
        components,
        "components/box.py",
        'class Box(Component):\n    widget = "cube"',
        "no minidemo/static/widgets/cube.js",
    ),
    (
        components,
        "components/box.py",
        "class Box(p.Box, Component):\n    size: int\n    widget = 'ring'",
        "widgets/ring.js",
    ),
    (exports, "__init__.py", "", "minidemo/__init__.py:1: there is no __all__"),
    (exports, "__init__.py", "A = B = 1\n__all__ = ['B', 'A']", "__all__ is not sorted"),
    (exports, "__init__.py", "class Al: pass\nBIG = 1\n__all__ = ['Al', 'BIG']", "__all__ is not sorted"),
    (exports, "__init__.py", "b: int = 1\n__all__ = ['a', 'b']", "a is listed, but not there"),
    (exports, "__init__.py", "from minidemo.page.page import Page\n__all__ = []", "Page is public, but not listed"),
    (exports, "page/page.py", "def f(): pass\n__all__ = ()", "f is public, but not listed"),
    (docstrings, "page/page.py", "def f(): pass", "minidemo/page/page.py:1: the docstring of f needs a first line"),
    (docstrings, "page/page.py", 'class Page:\n    """A page"""', "the docstring of Page needs"),
    (
        docstrings,
        "page/page.py",
        'class Page:\n    """A page."""\n    async def go(self): pass',
        "the docstring of go needs",
    ),
    (docstrings, "page/page.py", 'def f():\n    """Do\n    it."""', "the docstring of f needs"),
    (lengths, "page/page.py", "pass\n" * 301, "301 lines; a file has at most 300"),
    (lengths, "page/page.py", "def f():\n" + "    pass\n" * 40, "f has 41 lines; a function has at most 40"),
    (lengths, "page/page.py", "class A:\n def __init__(self):\n" + "  pass\n" * 41, "__init__ has 41 lines"),
    (asserts, "page/page.py", "assert True", "minidemo/page/page.py:1: an assert"),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_sound_tree_keeps_the_rule(rule: Rule, tmp_path: Path) -> None:
    plant(tmp_path, SOUND)
    assert list(rule(tmp_path)) == []


@pytest.mark.parametrize(("rule", "file", "source", "complaint"), BREACHES)
def test_a_breach_is_found(rule: Rule, file: str, source: str, complaint: str, tmp_path: Path) -> None:
    plant(tmp_path, SOUND | {file: source})
    found = list(rule(tmp_path))
    assert len(found) == 1
    assert complaint in found[0]


def test_every_rule_was_seen_to_fail() -> None:
    assert {rule for rule, *_ in BREACHES} == set(RULES)


def test_the_parameters_of_a_constructor_do_not_count(tmp_path: Path) -> None:
    parameters = "".join(f"        p{number},\n" for number in range(45))
    constructor = f'class A:\n    def __init__(\n        self,\n{parameters}    ):\n        """Make."""\n        pass\n'
    plant(tmp_path, {"page/page.py": constructor})
    assert list(lengths(tmp_path)) == []


def plant(root: Path, files: dict[str, str]) -> None:
    """Write a small tree."""
    for name, source in files.items():
        path = root / "minidemo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
