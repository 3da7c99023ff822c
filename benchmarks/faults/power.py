"""A disk that loses its power: replays what a worker did to a folder, but for what was not yet certain to be kept.

The rules are those of POSIX at its hardest: bytes are certain after an fsync of their file, names after one of their
folder. Of the rest anything may be there: sectors of a write, a longer file full of zeros, a name or none.
"""

from dataclasses import dataclass, field
from pathlib import Path, PurePath
from random import Random

SECTOR = 512


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A write or a truncation of a file; `data` is None for a truncation to the length `at`."""

    step: int
    at: int
    data: bytes | None


@dataclass(slots=True)
class Node:
    """A file or a folder: what was done to it, and up to which step that is certain."""

    folder: bool = False
    changes: list[Change] = field(default_factory=list)
    certain: int = -1

    def now(self) -> bytes:
        """Return what is in the file while there is power."""
        data = bytearray()
        for change in self.changes:
            _apply(data, change)
        return bytes(data)

    def content(self, end: int, random: Random) -> bytes:
        """Return what may be left of the file of all that was done before a step."""
        data = bytearray()
        for change in self.changes:
            if change.step >= end:
                break
            if change.step < self.certain:
                _apply(data, change)
            else:
                _apply_in_part(data, change, random)
        return bytes(data)


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """A name that a folder got, or lost (`node` None); `gone` is the name that a file had before."""

    step: int
    folder: PurePath
    name: str
    node: Node | None
    gone: tuple[PurePath, str] | None = None


@dataclass(slots=True)
class Disk:
    """All that was done below a root, step by step."""

    root: PurePath
    steps: int = 0
    namings: list[Naming] = field(default_factory=list)
    names: dict[PurePath, Node] = field(default_factory=dict)
    acks: list[tuple[int, bytes]] = field(default_factory=list)
    syncs: dict[PurePath, list[int]] = field(default_factory=dict)

    def name(self, path: PurePath, node: Node | None, gone: PurePath | None = None) -> None:
        """Give a file a name, or take it away."""
        before = None if gone is None else (gone.parent, gone.name)
        self.namings.append(Naming(step=self.steps, folder=path.parent, name=path.name, node=node, gone=before))
        if gone is not None:
            self.names.pop(gone, None)
        if node is None:
            self.names.pop(path, None)
        else:
            self.names[path] = node

    def acked(self, end: int) -> bytes:
        """Return the log of what was acknowledged before a step."""
        return b"".join(line for step, line in self.acks if step < end)

    def crash(self, end: int, random: Random) -> dict[PurePath, bytes | None]:
        """Return the files, and as None the folders, that may be there after a loss of power before a step."""
        entries: dict[PurePath, Node] = {}
        limits: dict[PurePath, int] = {}
        for naming in self.namings:
            if naming.step < end and naming.step < self._limit(naming.folder, end, limits, random):
                _rename(entries, naming)
        found: dict[PurePath, bytes | None] = {}
        for path, node in sorted(entries.items()):
            if path.parent == self.root or found.get(path.parent, b"") is None:
                found[path] = None if node.folder else node.content(end, random)
        return found

    def _limit(self, folder: PurePath, end: int, limits: dict[PurePath, int], random: Random) -> int:
        """Choose up to which step the names of a folder were kept: at least to its last fsync, in order."""
        if folder not in limits:
            certain = max([0, *(step for step in self.syncs.get(folder, []) if step < end)])
            limits[folder] = random.choice([certain, end, random.randint(certain, end)])
        return limits[folder]


def _rename(entries: dict[PurePath, Node], naming: Naming) -> None:
    path = naming.folder / naming.name
    if naming.gone is not None:
        entries.pop(naming.gone[0] / naming.gone[1], None)
    if naming.node is None:
        entries.pop(path, None)
    else:
        entries[path] = naming.node


def _apply(data: bytearray, change: Change) -> None:
    if change.data is None:
        del data[change.at :]
        data.extend(bytes(change.at - len(data)))
    else:
        data.extend(bytes(max(0, change.at - len(data))))
        data[change.at : change.at + len(change.data)] = change.data


def _apply_in_part(data: bytearray, change: Change, random: Random) -> None:
    """Apply a change as a disk may that had no time: not at all, whole, or some sectors of it."""
    kept = random.choice(["none", "whole", "sectors"])
    if kept == "whole" or (kept == "sectors" and change.data is None):
        _apply(data, change)
    elif kept == "sectors" and change.data is not None:
        for start in range(0, len(change.data), SECTOR):
            if random.random() < 0.5:
                sector = change.data[start : start + SECTOR]
                _apply(data, Change(step=change.step, at=change.at + start, data=sector))


def materialize(files: dict[PurePath, bytes | None], root: PurePath, place: Path) -> None:
    """Write down what a disk held."""
    place.mkdir()
    for path, content in files.items():
        target = place / path.relative_to(root)
        if content is None:
            target.mkdir()
        else:
            target.write_bytes(content)
