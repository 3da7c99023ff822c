"""A backend of the author's own needs two methods, and gets all there is to know with a third."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from minidemo.flagging.base import Column
from tests.flagging.folder import FOLDER
from tests.visitor import SESSION, Visitor


class Notebook(gr.FlaggingCallback):
    """Keeps flags in memory."""

    def setup(self, components: Sequence[Column], flagging_dir: str | Path) -> None:
        """Begin with an empty page."""
        self.labels, self.directory = [component.label for component in components], flagging_dir
        self.flags: list[tuple[Any, ...]] = []

    def flag(self, flag_data: Sequence[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Note a flag."""
        self.flags.append((list(flag_data), flag_option, username))
        return 40 + len(self.flags)


class Archive(Notebook):
    """Keeps all that is known."""

    def flag_record(self, record: gr.FlagRecord) -> int:
        """Note a record."""
        self.flags.append((record,))
        return 7


def divide(a: float, b: float) -> float:
    return a / b


def demo(backend: gr.FlaggingCallback, **options: Any) -> Visitor:
    inputs = [gr.Number(), gr.Number(label="by", flag=False)]
    return Visitor(gr.Interface(divide, inputs, "number", flagging_callback=backend, **options))


def test_two_methods_make_a_backend() -> None:
    backend = Notebook()
    visitor = demo(backend, flagging_dir="elsewhere", flagging_options=["wrong"])
    response = visitor.flag(visitor.predict(6, 2).json()["run"], "wrong")
    assert (response.status_code, response.json()) == (201, {"row": 41, "undo": None})
    assert (backend.labels, backend.directory) == (["a", "Output"], Path("elsewhere"))
    assert backend.flags == [([6, 3.0], "wrong", None)]
    assert not FOLDER.exists()


def test_a_third_method_gets_all_that_is_known_of_the_run() -> None:
    backend = Archive()
    visitor = demo(backend)
    run = visitor.predict(6, 2).json()
    assert visitor.flag(run["run"]).json()["row"] == 7
    ((record,),) = backend.flags
    assert (record.run, record.data, record.session) == (run["run"], (6, 3.0), SESSION)
    assert (record.option, record.username, record.error) == (None, None, None)
    assert record.duration == run["duration"] > 0
    assert timedelta() <= datetime.now(UTC) - record.created < timedelta(minutes=1)
    assert record.created.tzinfo is UTC


def test_a_run_that_failed_is_flagged_without_outputs() -> None:
    backend = Archive()
    visitor = demo(backend)
    visitor.flag(visitor.predict(1, 0).json()["run"])
    ((record,),) = backend.flags
    assert record.data == (1, None)
    assert record.error == "ZeroDivisionError: division by zero"


def test_a_backend_without_its_two_methods_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="abstract"):
        type("Half", (gr.FlaggingCallback,), {})()
