"""Reads what strace saw of a worker, into a disk that can lose its power."""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from benchmarks.faults.power import Change, Disk, Node

CALLS = (
    *("openat", "write", "writev", "pwrite64", "ftruncate", "fsync", "fdatasync", "lseek", "close", "sendfile"),
    *("rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "link", "linkat"),
)
OPTIONS = ("-ff", "-y", "-xx", "-s", "100000000", "--timestamps=unix,ns", "-e", f"trace={','.join(CALLS)}")
LINE = re.compile(r"^(\d+\.\d+) (\w+)\((.*)\) += (-?\d+)(?:<(.*)>)?", re.DOTALL)
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
HANDLE = re.compile(r"(\d+|AT_FDCWD)(?:<((?:[^<>])*)>)?")


@dataclass(slots=True)
class Opened:
    """An open file."""

    path: PurePath
    node: Node
    at: int = 0
    appends: bool = False


def read(prefix: Path, disk: Disk, acks: Path) -> Disk:
    """Play back the traces of all threads of a worker, in the order of time."""
    lines = [line for trace in prefix.parent.glob(f"{prefix.name}.*") for line in _lines(trace)]
    player = _Player(disk, acks)
    for _, call, arguments, result, path in sorted(lines, key=lambda line: line[0]):
        player.play(call, arguments, result, path)
    return disk


def _lines(trace: Path) -> list[tuple[float, str, str, int, str]]:
    found = (LINE.match(line) for line in trace.read_text(errors="replace").splitlines())
    return [(float(m[1]), m[2], m[3], int(m[4]), _plain(m[5] or "")) for m in found if m and int(m[4]) >= 0]


class _Player:
    """Does to a disk what system calls did."""

    def __init__(self, disk: Disk, acks: Path) -> None:
        self.disk, self.acks, self.open = disk, str(acks), dict[int, Opened]()

    def play(self, call: str, arguments: str, result: int, path: str) -> None:
        """Play a call that went well."""
        player: Callable[[str, int, str], None] | None = getattr(self, f"_{call}", None)
        if player is not None:
            player(arguments, result, path)
            self.disk.steps += 1

    def _openat(self, arguments: str, result: int, path: str) -> None:
        place = self._places(arguments)[0]
        node = self.disk.names.get(place)
        if node is None and "O_CREAT" in arguments and self._inside(place):
            node = Node()
            self.disk.name(place, node)
        if node is not None and not node.folder:
            if "O_TRUNC" in arguments:
                node.changes.append(Change(step=self.disk.steps, at=0, data=None))
            self.open[result] = Opened(place, node, appends="O_APPEND" in arguments)

    def _close(self, arguments: str, result: int, path: str) -> None:
        self.open.pop(_handle(arguments)[0], None)

    def _write(self, arguments: str, result: int, path: str) -> None:
        if file := self.open.get(_handle(arguments)[0]):
            at = len(file.node.now()) if file.appends else file.at
            self._change(file, at, _texts(arguments)[0][:result])
            file.at = at + result

    def _writev(self, arguments: str, result: int, path: str) -> None:
        if _handle(arguments)[1] == self.acks:
            self.disk.acks.append((self.disk.steps, b"".join(_texts(arguments))))

    def _pwrite64(self, arguments: str, result: int, path: str) -> None:
        if file := self.open.get(_handle(arguments)[0]):
            self._change(file, int(arguments.rpartition(",")[2]), _texts(arguments)[0][:result])

    def _sendfile(self, arguments: str, result: int, path: str) -> None:
        target, source = (self.open.get(_handle(argument)[0]) for argument in arguments.split(", ")[:2])
        if target and source:
            self._change(target, target.at, source.node.now()[source.at : source.at + result])
            target.at, source.at = target.at + result, source.at + result

    def _ftruncate(self, arguments: str, result: int, path: str) -> None:
        if file := self.open.get(_handle(arguments)[0]):
            self._change(file, int(arguments.rpartition(",")[2]), None)

    def _lseek(self, arguments: str, result: int, path: str) -> None:
        if file := self.open.get(_handle(arguments)[0]):
            file.at = result

    def _fsync(self, arguments: str, result: int, path: str) -> None:
        handle, place = _handle(arguments)
        if handle in self.open:
            self.open[handle].node.certain = self.disk.steps
        elif place:
            self.disk.syncs.setdefault(PurePath(place), []).append(self.disk.steps)

    _fdatasync = _fsync

    def _rename(self, arguments: str, result: int, path: str) -> None:
        source, target = self._places(arguments)
        if source in self.disk.names:
            self.disk.name(target, self.disk.names[source], gone=source)

    _renameat = _renameat2 = _rename

    def _link(self, arguments: str, result: int, path: str) -> None:
        source, target = self._places(arguments)
        if source in self.disk.names:
            self.disk.name(target, self.disk.names[source])

    _linkat = _link

    def _unlink(self, arguments: str, result: int, path: str) -> None:
        place = self._places(arguments)[0]
        if place in self.disk.names:
            self.disk.name(place, None)

    _unlinkat = _rmdir = _unlink

    def _mkdir(self, arguments: str, result: int, path: str) -> None:
        place = self._places(arguments)[0]
        if self._inside(place):
            self.disk.name(place, Node(folder=True))

    _mkdirat = _mkdir

    def _change(self, file: Opened, at: int, data: bytes | None) -> None:
        file.node.changes.append(Change(step=self.disk.steps, at=at, data=data))

    def _inside(self, place: PurePath) -> bool:
        return place.is_relative_to(self.disk.root)

    def _places(self, arguments: str) -> list[PurePath]:
        """Return the paths that are named, relative ones from the folder that stands before them."""
        before = [match[2] for match in HANDLE.finditer(arguments.split('"')[0]) if match[2]]
        base = PurePath(_plain(before[0])) if before else self.disk.root
        return [base / os.fsdecode(text) for text in _texts(arguments)]


def _handle(arguments: str) -> tuple[int, str]:
    match = HANDLE.match(arguments)
    assert match is not None
    return int(match[1]), _plain(match[2] or "")


def _plain(text: str) -> str:
    """Return a path, which strace may write in hexadecimal."""
    return os.fsdecode(_bytes(text)) if text.startswith("\\x") else text


def _texts(arguments: str) -> Sequence[bytes]:
    return [_bytes(match) for match in TEXT.findall(arguments)]


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
