"""A demo that is served by `minidemo run`, in a process of its own, while its script is written."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread

from tests import plain


class Served:
    """What a process says, and where it serves."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.said: list[str] = []
        self._readers = [Thread(target=self._read, args=(stream,)) for stream in (process.stdout, process.stderr)]
        for reader in self._readers:
            reader.start()
        self.url = until(lambda: self._line("Running on ")).removeprefix("Running on ")

    def ask(self, *data: object) -> object:
        """Return the only output of a call."""
        return plain.post(f"{self.url}predict", json={"data": data}).json()["data"][0]

    def error(self) -> str:
        """Return what the page is told to be wrong."""
        error: str | None = plain.get(f"{self.url}changes").json()["error"]
        return error or ""

    def stop(self) -> int:
        """Press Ctrl-C, and return the code of the process."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(60)
        for reader in self._readers:
            reader.join()
        return code

    def _line(self, start: str) -> str:
        return next((line for line in self.said if line.startswith(start)), "")

    def _read(self, stream: Iterator[str]) -> None:
        for line in stream:
            self.said.append(line.rstrip("\n"))


@contextmanager
def running(script: Path, *arguments: str) -> Iterator[Served]:
    """Serve a script at a free port for the length of a block."""
    command = [sys.executable, "-m", "minidemo", "run", str(script), "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        served = Served(process)
        try:
            yield served
        finally:
            with ExitStack() as stack:
                stack.callback(process.kill)  # where Ctrl-C is of no effect
                assert served.stop() == 0


def until(find: Callable[[], str]) -> str:
    """Return what is looked for, once it is there."""
    while not (found := find()):
        time.sleep(0.02)  # the processor is for the process that is looked at
    return found


def write(path: Path, text: str) -> None:
    """Write a file as editors do: at once, under its name."""
    draft = path.with_suffix(".draft")
    draft.write_text(text)
    draft.replace(path)
