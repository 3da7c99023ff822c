"""The temporary folder of a process goes with the process, however that ends."""

import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from minidemo.content import temporary
from minidemo.content.copies import Copies
from tests import plain

MAKE = """
import os, sys, threading
from minidemo.content import temporary
temporary.new_file(".txt").write_text("secret")
print("made", flush=True)
sys.stdin.read()
{end}
"""
SERVE = """
import minidemo as gr
demo = gr.Interface(lambda path: path, "file", "text")
demo.launch(server_port=0)
"""


def folders(place: Path) -> list[Path]:
    return [path for path in place.glob(f"{temporary.PREFIX}*") if path.is_dir()]


def start(place: Path, end: str, stack: ExitStack) -> "subprocess.Popen[str]":
    """Start a process that makes a file and ends in some way when its input does."""
    process = stack.enter_context(
        subprocess.Popen(
            [sys.executable, "-c", MAKE.format(end=end)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"TMPDIR": str(place), "PYTHONPATH": str(Path(temporary.__file__).parents[2])},
        )
    )
    stack.callback(process.kill)
    assert process.stdout is not None
    assert process.stdout.readline() == "made\n"
    return process


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_a_process_that_ends_leaves_nothing(place: Path) -> None:
    with ExitStack() as stack:
        process = start(place, "", stack)
        assert len(folders(place)) == 1
        process.communicate(timeout=60)
    assert list(place.iterdir()) == []


def test_what_a_killed_process_left_is_removed_at_the_next_start(place: Path) -> None:
    with ExitStack() as stack:
        killed, alive = (start(place, "os._exit(1)", stack) for _ in range(2))
        killed.communicate(timeout=60)
        assert len(folders(place)) == 2
        temporary.remove_abandoned()
        (left,) = folders(place)
        assert [path.read_text() for path in left.iterdir()] == ["secret"], "that of the other process, which goes on"
        alive.communicate(timeout=60)
    own = temporary.new_file()
    temporary.remove_abandoned()
    assert folders(place) == [own.parent]
    assert sorted(place.iterdir()) == sorted([own.parent, own.parent.with_name(f"{own.parent.name}.lock")])


def test_links_of_others_are_left_alone(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "precious").touch()
    (place / f"{temporary.PREFIX}link").symlink_to(elsewhere)
    temporary.remove_abandoned()
    assert (elsewhere / "precious").exists()


def test_a_forked_process_removes_nothing_of_its_parent(place: Path) -> None:
    end = "os.fork() or temporary.remove_own() or os._exit(0); os.wait(); assert temporary.new_folder().is_dir()"
    with ExitStack() as stack:
        process = start(place, end, stack)
        (folder,) = folders(place)
        process.communicate(timeout=60)
        assert process.returncode == 0
    assert not folder.exists()


def test_only_this_user_can_read_it(place: Path) -> None:
    assert temporary.new_folder().parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("suffix", [".txt", ".TXT", "", ".a/b"])
def test_a_file_has_its_suffix_unless_it_is_strange(suffix: str, place: Path) -> None:
    assert temporary.new_file(suffix).suffix == (suffix if suffix == ".txt" else "")


@pytest.mark.parametrize("command", ["launch", "run"])
def test_sigterm_removes_the_files_of_visitors(command: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(place))
    Path("app.py").write_text(SERVE)
    arguments = ["app.py"] if command == "launch" else ["-m", "minidemo", "run", "app.py", "--port", "0"]
    with ExitStack() as stack:
        process = stack.enter_context(
            subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        )
        stack.callback(process.kill)
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("Running on ").strip()
        if command == "run":
            assert process.stdout.readline().startswith("Watching")
        assert plain.post(f"{url}upload?name=x.txt", content=b"secret").status_code == 201
        assert len(folders(place)) == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == -signal.SIGTERM
    assert folders(place) == []


def test_a_copy_that_fails_leaves_nothing(place: Path) -> None:
    reserved: list[int] = []

    def fail(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError

    copies = Copies(reserved.append)
    with pytest.raises(OSError):  # noqa: PT011  # which error plays no part
        copies.path("a", "x.txt", fail, size=10)
    assert sum(reserved) == copies.bytes == 0
    assert list(place.rglob("x.txt")) == []
    copies.path("a", "x.txt", lambda path: path.write_bytes(b"whole"), size=10)
    assert sum(reserved) == copies.bytes == 5
    copies.release()
    copies.release()
    assert sum(reserved) == 0
