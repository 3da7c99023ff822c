"""The tests keep the rules for tests, and each rule was seen to fail."""

import ast
from pathlib import Path

import pytest

from tests.conduct import RULES, Rule, clocks, patches, private_attributes, private_imports

TESTS = Path(__file__).resolve().parent
SOUND = """
import os, time
import minidemo as gr
from minidemo.engine.job import Job
class Clock:
    def __init__(self) -> None:
        self._now = time.monotonic() + 30
def test_it(monkeypatch) -> None:
    monkeypatch.setattr(time, "monotonic", Clock())
    monkeypatch.setattr("os.access", print)
    setattr()
    assert Job(grace=0).__class__ is gr.Interface._repr_mimebundle_
    while time.monotonic() < 2 - 1:
        os._exit(1)
"""
BREACHES: list[tuple[Rule, str, str]] = [
    (private_imports, "from minidemo.flagging import _lock", "1: minidemo.flagging._lock is private"),
    (private_imports, "from minidemo.themes._theme import Theme", "minidemo.themes._theme.Theme is private"),
    (private_imports, "def f():\n    import minidemo._x", "2: minidemo._x is private"),
    (private_attributes, "def f(store):\n    store._door.turn()", "2: ._door is private"),
    (private_attributes, "f()._x", "1: ._x is private"),
    (patches, "patch.setattr('minidemo.stores.files.MAX', 2)", "1: 'minidemo.stores.files.MAX' is patched"),
    (patches, "from minidemo.engine import job\npatch.setattr(job, 'GRACE', 0)", "2: job is patched"),
    (patches, "from minidemo.stores.runs import Run\npatch.delattr(Run.id, 'x')", "2: Run.id is patched"),
    (patches, "patch.setattr(backend.store, '_try', f)", "1: backend.store is patched"),
    (patches, "mock.patch('minidemo.runs')", "1: 'minidemo.runs' is patched"),
    (clocks, "took = time.perf_counter() - start", "1: a duration"),
    (clocks, "assert monotonic() < end", "1: a duration"),
]


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    """All modules of the tests, parsed."""
    return {path.relative_to(TESTS.parent): ast.parse(path.read_text("utf-8")) for path in sorted(TESTS.rglob("*.py"))}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tests_keep_the_rule(trees: dict[Path, ast.Module], rule: Rule) -> None:
    found = [f"{path}:{complaint}" for path, tree in trees.items() for complaint in rule(tree)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_sound_module_keeps_the_rule(rule: Rule) -> None:
    assert list(rule(ast.parse(SOUND))) == []


@pytest.mark.parametrize(("rule", "source", "complaint"), BREACHES)
def test_a_breach_is_found(rule: Rule, source: str, complaint: str) -> None:
    (found,) = rule(ast.parse(source))
    assert complaint in found


def test_every_rule_was_seen_to_fail() -> None:
    assert {rule for rule, *_ in BREACHES} == set(RULES)
