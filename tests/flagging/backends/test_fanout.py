"""Several backends as one: the first stores, and the others are told of each flag, at last."""

import itertools
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

import minidemo as gr
from minidemo.flagging.backends.fanout import FanOut
from minidemo.flagging.backends.jsonl_logger import JSONLLogger
from minidemo.flagging.backends.simple_csv_logger import SimpleCSVLogger
from minidemo.flagging.base import Readable
from minidemo.flagging.store import FlagStore
from tests.flagging.backend import Archive, Backend
from tests.flagging.folder import FOLDER, gradient_of, tree
from tests.visitor import Visitor

WAIT = 60.0
"""How long to wait for what must come, in seconds."""


class Sink:
    """A function that takes flags; while `broken` is set it fails."""

    def __init__(self) -> None:
        self.broken = threading.Event()
        self.tried: Queue[gr.FlagRecord] = Queue()
        self.taken: Queue[gr.FlagRecord] = Queue()

    def __call__(self, record: gr.FlagRecord) -> None:
        """Take a flag, or fail."""
        self.tried.put(record)
        if self.broken.is_set():
            raise RuntimeError("The sink is down.")
        self.taken.put(record)

    def next(self) -> gr.FlagRecord:
        """Wait for the next flag that is taken."""
        return self.taken.get(timeout=WAIT)


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A sink that works again when the test is over."""
    sink = Sink()
    yield sink
    sink.broken.clear()
    finished()


def fan_out(*callbacks: Any, pauses: tuple[float, ...] = (0.001, 0.01), labels: str = "") -> FanOut:
    """Return backends as one; they have a number and a picture to store, or a number for each label."""
    backend = FanOut(callbacks, pauses=pauses)
    columns: list[gr.Component] = [gr.Number(label=label) for label in labels]
    backend.setup(columns or [gr.Number(label="n"), gr.Image(label="im")], FOLDER)
    return backend


def finished() -> None:
    """Wait until all that is owed was handed on: the threads end then."""
    for thread in threading.enumerate():
        if thread.name.startswith("sink "):
            thread.join(WAIT)
            assert not thread.is_alive()


def owed(sink: str = "Sink") -> list[str]:
    return FlagStore(FOLDER).owed(sink)


def test_a_sink_gets_what_was_stored_with_its_row_its_id_and_its_files(sink: Sink) -> None:
    backend = fan_out(gr.CSVLogger(), sink)
    given = gr.FlagRecord(inputs=(5,), outputs=(gradient_of(),), comment="no", run="r")
    assert backend.flag_record(given) == 0
    record = sink.next()
    (stored,) = FlagStore(FOLDER).records()
    assert (record.row, record.id, record.inputs, record.comment, record.run) == (0, stored.id, (5,), "no", "r")
    assert record.outputs[0].path == FOLDER.absolute() / "im/0.png"
    finished()
    assert owed() == []


def test_flags_reach_a_sink_in_the_order_of_their_rows(sink: Sink) -> None:
    backend = fan_out(gr.CSVLogger(), sink)
    for i in range(20):
        assert backend.flag([i, None]) == i
    assert [sink.next().row for _ in range(20)] == [*range(20)]


def test_a_sink_that_fails_is_asked_again_until_it_has_all(sink: Sink, caplog: pytest.LogCaptureFixture) -> None:
    backend = fan_out(gr.CSVLogger(), sink)
    sink.broken.set()
    for i in range(3):
        assert backend.flag([i, None]) == i
    for _ in range(5):
        assert sink.tried.get(timeout=WAIT).row == 0
    assert len(owed()) == 3
    assert caplog.text.count("Sink could not be told of a flag") == 1
    sink.broken.clear()
    assert [sink.next().row for _ in range(3)] == [0, 1, 2]
    finished()
    assert owed() == []
    sink.tried = Queue()
    sink.broken.set()
    backend.flag([3, None])
    sink.tried.get(timeout=WAIT)
    sink.tried.get(timeout=WAIT)
    sink.broken.clear()
    assert sink.next().row == 3
    assert caplog.text.count("Sink could not be told of a flag") == 2


def test_a_sink_that_fails_keeps_nothing_from_the_others(sink: Sink) -> None:
    other = Sink()
    sink.broken.set()
    backend = fan_out(gr.CSVLogger(), sink, other)
    backend.flag([1, None])
    assert other.next().row == 0
    sink.broken.clear()
    assert sink.next().row == 0
    finished()
    assert owed("Sink") == owed("Sink 2") == []


def test_what_an_earlier_process_left_is_handed_on(sink: Sink) -> None:
    earlier = gr.CSVLogger()
    earlier.sinks = ("Sink",)
    earlier.setup([gr.Number(label="n"), gr.Image(label="im")], FOLDER)
    for i in range(3):
        earlier.flag([i, gradient_of()])
    fan_out(gr.CSVLogger(), sink)
    assert [sink.next().row for _ in range(3)] == [0, 1, 2]


def test_flags_that_an_earlier_demo_left_with_other_columns_stay_owed(
    sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    earlier = gr.CSVLogger()
    earlier.sinks = ("Sink",)
    earlier.setup([gr.Number(label="n")], FOLDER)
    earlier.flag([1])
    backend = fan_out(gr.CSVLogger(), sink)
    for row in (1, 2):
        assert backend.flag([4, None]) == row
        assert sink.next().row == row
    finished()
    assert len(owed()) == 1
    assert caplog.text.count("the demo has other columns now") == 1


def test_a_setup_creates_no_directory(sink: Sink) -> None:
    fan_out(gr.CSVLogger(), sink)
    finished()
    assert not FOLDER.exists()


def test_a_directory_that_was_deleted_is_not_made_anew_for_the_sake_of_a_sink(sink: Sink) -> None:
    backend = fan_out(gr.CSVLogger(), sink, pauses=(0.3,))
    sink.broken.set()
    backend.flag([1, None])
    sink.tried.get(timeout=WAIT)
    FOLDER.rename("elsewhere")
    finished()
    assert not FOLDER.exists()


def test_flags_that_were_removed_meanwhile_are_not_handed_on(sink: Sink) -> None:
    backend = fan_out(gr.CSVLogger(), sink)
    sink.broken.set()
    backend.flag([1, None])
    backend.flag([2, None])
    sink.tried.get(timeout=WAIT)
    FlagStore(FOLDER).delete(owed()[:1])
    assert any(sink.tried.get(timeout=WAIT).row == 1 for _ in itertools.count()), "after attempts from before"
    sink.broken.clear()
    assert sink.next().row == 1
    finished()
    assert sink.taken.empty()


def test_the_visitor_learns_only_of_what_the_first_says(sink: Sink) -> None:
    sink.broken.set()
    demo = gr.Interface(lambda a: a, "number", "number", flagging_callback=FanOut([gr.CSVLogger(), sink]))
    visitor = Visitor(demo)
    assert visitor.flag(visitor.predict(5).json()["run"]).json()["row"] == 0
    sink.tried.get(timeout=WAIT)
    sink.broken.clear()

    def fail() -> int:
        raise OSError("The disk is gone.")

    demo = gr.Interface(lambda a: a, "number", "number", flagging_callback=FanOut([Backend(fail), sink]))
    visitor = Visitor(demo)
    answer = visitor.flag(visitor.predict(5).json()["run"])
    assert answer.status_code == 503
    assert "could not be saved" in answer.json()["error"]["message"]


def test_backends_that_write_files_may_be_sinks() -> None:
    backend = fan_out(gr.CSVLogger(), JSONLLogger("lines"), SimpleCSVLogger())
    backend.flag([1, gradient_of()])
    backend.flag([2, None], "wrong", "ann")
    finished()
    lines = [json.loads(line) for line in Path("lines/flags.jsonl").read_text().splitlines()]
    assert [(line["n"], line["im"], line["option"]) for line in lines] == [(1, "im/0.png", None), (2, None, "wrong")]
    assert [line["id"] for line in lines] == [record.id for record in FlagStore(FOLDER).records()]
    assert Path("lines/im/0.png").read_bytes() == gradient_of().read()
    assert [name for name in tree() if name.endswith(".csv")] == ["log.csv", "logs-1.csv", "logs.csv"]


def test_it_can_be_read_back_if_its_first_can(sink: Sink) -> None:
    backend = fan_out(gr.CSVLogger(), sink)
    assert isinstance(backend, Readable)
    backend.flag([1, None])
    sink.next()
    (record,) = backend.records()
    assert backend.update(record.id, status="accepted").status == "accepted"
    assert backend.delete([record.id]).flags == 1
    assert not isinstance(FanOut([Archive(), sink]), Readable)


def test_sinks_of_a_first_without_a_database_are_called_at_once(sink: Sink) -> None:
    backend = fan_out(Archive(), sink)
    assert backend.flag([1, None]) == 0
    assert sink.taken.get_nowait().row == 0


def test_what_fails_without_a_database_is_remembered_in_order(sink: Sink, caplog: pytest.LogCaptureFixture) -> None:
    backend = fan_out(Archive(), sink)
    sink.broken.set()
    for i in range(3):
        assert backend.flag([i, None]) == i
    sink.broken.clear()
    assert [sink.next().row for _ in range(3)] == [0, 1, 2]
    finished()
    assert caplog.text.count("could not be told") == 1
    assert backend.flag([3, None]) == 3
    assert sink.taken.get_nowait().row == 3


def test_sinks_are_known_by_the_names_of_their_classes_and_functions(sink: Sink) -> None:
    def send(record: gr.FlagRecord) -> None: ...

    first = gr.CSVLogger()
    fan_out(first, sink, send, Archive(), Archive())
    prefix = "test_sinks_are_known_by_the_names_of_their_classes_and_functions.<locals>."
    assert first.sinks == ("Sink", f"{prefix}send", "Archive", "Archive 2")


@pytest.mark.parametrize("callbacks", [[], [gr.CSVLogger], [gr.CSVLogger(), "send"]])
def test_what_is_no_backend_is_refused(callbacks: list[Any]) -> None:
    with pytest.raises(gr.ConfigurationError, match="FanOut"):
        FanOut(callbacks)


FLAGGER = """
import os, sys
from pathlib import Path
import minidemo as gr
from minidemo.flagging.backends.fanout import FanOut

def send(record):
    with open("sent.txt", "a") as file:
        file.write(f"{record.id}\\n")
    if len(sys.argv) > 1:
        os.kill(os.getpid(), 9)

backend = FanOut([gr.CSVLogger(), send])
backend.setup([gr.Number(label="n")], "flagged")
print("ready", flush=True)
sys.stdin.readline()
for i in range(20 if len(sys.argv) == 1 else 1):
    backend.flag([i])
sys.stdin.readline()
"""


def flagging(*arguments: str) -> "subprocess.Popen[str]":
    """Start a process that is ready to flag twenty times, or once and to be killed by its sink."""
    command = [sys.executable, "-c", FLAGGER, *arguments]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def test_two_processes_hand_on_each_flag_once() -> None:
    with flagging() as one, flagging() as other:
        go(one)
        go(other)
        while len(sent := Path("sent.txt").read_text().split() if Path("sent.txt").exists() else []) < 40:
            threading.Event().wait(0.05)
        one.communicate("end\n", WAIT)
        other.communicate("end\n", WAIT)
    assert sorted(sent) == [record.id for record in FlagStore(FOLDER).records()]


def test_a_flag_whose_delivery_was_killed_is_handed_on_again(sink: Sink) -> None:
    with flagging("kill") as process:
        go(process)
        process.wait(WAIT)
    assert process.returncode == -signal.SIGKILL
    (told,) = Path("sent.txt").read_text().split()
    sink.__qualname__ = "send"  # type: ignore[attr-defined]  # as a function of that name has
    fan_out(gr.CSVLogger(), sink, labels="n")
    assert sink.next().id == told


FORKED = """
import os, threading
import minidemo as gr
from minidemo.flagging.backends.fanout import FanOut

backend = FanOut([gr.CSVLogger(), lambda record: os.write(1, f"{os.getpid()} {record.row}\\n".encode())])
backend.setup([gr.Number(label="n")], "flagged")
child = os.fork()
backend.flag([0])
for thread in threading.enumerate():
    thread.name.startswith("sink ") and thread.join()
child and os.waitpid(child, 0)
"""


def test_a_process_that_was_forked_off_hands_on_its_own() -> None:
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORKED], capture_output=True, text=True, timeout=WAIT, check=True
    )
    assert sorted(line.split()[1] for line in answer.stdout.splitlines()) == ["0", "1"]
