"""A flag is on the disk, whole, when it was taken; of one that was not taken, nothing is left."""

import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from minidemo import CSVLogger, Image, Number, Textbox
from minidemo.content.media import Media
from minidemo.flagging.backends.simple_csv_logger import SimpleCSVLogger
from tests.components.pictures import gradient, pixels
from tests.flagging.folder import FOLDER, LOG, Pile, logger, picture, rows, tree


def backend_of_many_files() -> CSVLogger:
    return logger(Textbox(label="t"), Image(label="im"), Pile(label="f"), Image(label="out"))


def values(text: str) -> list[object]:
    image = Image().postprocess(gradient())
    return [text, image, [Media.of_bytes(b"1", "a.txt"), Media.of_bytes(b"2", "b.txt")], image]


def content() -> dict[str, bytes]:
    """Return all that readers of the folder find."""
    return {name: (FOLDER / name).read_bytes() for name in tree()} if FOLDER.exists() else {}


class Disk:
    """Counts the calls of a function of `os`, and fails the one with the number `fails`."""

    def __init__(self, real: Callable[..., object], fails: int) -> None:
        self.real, self.fails, self.calls = real, fails, 0

    def __call__(self, *arguments: object) -> object:
        """Call the function, or fail."""
        self.calls += 1
        if self.calls == self.fails:
            raise OSError(errno.EIO, "Input/output error")
        return self.real(*arguments)


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, function: str, fails: int) -> Iterator[Disk]:
    disk = Disk(getattr(os, function), fails)
    with monkeypatch.context() as patch:
        patch.setattr(os, function, disk)
        yield disk


@pytest.mark.parametrize("flags", [0, 2])
@pytest.mark.parametrize("function", ["fsync", "write", "replace", "mkdir", "open"])
def test_a_disk_that_fails_at_any_step_leaves_the_folder_as_it_was(
    monkeypatch: pytest.MonkeyPatch, function: str, flags: int
) -> None:
    backend = backend_of_many_files()
    for i in range(flags):
        backend.flag(values(f"before {i}"))
    before, step, stored = content(), 0, False
    while not stored:
        step += 1
        with failing(monkeypatch, function, step) as disk:
            try:
                assert backend.flag(values("now")) == flags
                stored = True
            except OSError:
                assert content() == before
        assert stored == (disk.calls < step), "a failure of the disk is never passed over"
    texts = [*(f"before {i}" for i in range(flags)), "now"]
    files = [[f"im/{i}.png", f'["f/{i}/0.txt", "f/{i}/1.txt"]', f"out/{i}.png"] for i in range(flags + 1)]
    assert rows() == [[text, *names] for text, names in zip(texts, files, strict=True)]
    assert len(tree()) == 1 + 4 * (flags + 1)
    assert pixels(picture(f"out/{flags}.png")) == pixels(gradient())


def test_everything_is_on_the_disk_before_the_flag_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file, and the name of each file and of each folder in the folder above it."""
    synced: list[Path] = []
    fsync = os.fsync

    def note(handle: int) -> None:
        fsync(handle)
        synced.append(Path(os.readlink(f"/proc/self/fd/{handle}")))

    monkeypatch.setattr(os, "fsync", note)
    here, folder = Path.cwd(), FOLDER.absolute()
    backend = logger(Image(label="im"))
    for i in range(2):
        synced.clear()
        backend.flag(values("x")[1:2])
        names = [path.relative_to(here).as_posix() for path in synced]
        beginnings = {".", "flagged"} if i == 0 else set()
        assert beginnings <= set(names)
        assert f"flagged/im/{i}.png" in names
        assert "flagged/im" in names
        assert names.index("flagged/im") < len(names) - 1, "the files come before the row that names them"
        log = [path for path in synced if path in (folder / "logs.csv", folder / ".minidemo" / "draft")]
        assert len(log) == 1


def test_a_disk_that_takes_a_part_of_a_row_keeps_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = logger(Textbox(label="t"))
    backend.flag(["one"])
    write = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda handle, data: write(handle, data[:3]))
        with pytest.raises(OSError, match="only a part of a row of 7 bytes"):
            backend.flag(["second"])
    assert LOG.read_bytes() == b"t\none\n"
    assert backend.flag(["third"]) == 1
    assert LOG.read_bytes() == b"t\none\nthird\n"


def test_a_draft_that_a_crash_left_is_written_anew() -> None:
    draft = FOLDER / ".minidemo" / "draft"
    draft.parent.mkdir(parents=True)
    draft.write_bytes(b"torn")
    logger(Image(label="im")).flag(values("x")[1:2])
    assert not draft.exists()
    assert LOG.read_bytes() == b"im\nim/0.png\n"


@pytest.mark.parametrize("name", ["draft", "pending"])
def test_a_draft_is_never_written_through_a_link(name: str) -> None:
    draft = FOLDER / ".minidemo" / name
    draft.parent.mkdir(parents=True)
    draft.symlink_to(Path("victim").absolute())
    Path("victim").write_bytes(b"mine")
    with suppress(OSError):
        logger(Image(label="im")).flag(values("x")[1:2])
    assert Path("victim").read_bytes() == b"mine"


def test_a_system_that_cannot_sync_folders_syncs_files(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = []
    fsync = os.fsync

    def note(handle: int) -> None:
        kinds.append(stat.S_ISDIR(os.fstat(handle).st_mode))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.delattr(os, "O_DIRECTORY")
    logger(Image(label="im")).flag(values("x")[1:2])
    assert kinds == [False] * 3
    assert tree() == ["im/0.png", "logs.csv"]


def test_nobody_else_may_read_or_write_what_is_stored() -> None:
    mask = os.umask(0)
    try:
        logger(Image(label="im"), folder=Path("deep/flagged")).flag(values("x")[1:2])
    finally:
        os.umask(mask)
    assert {path.stat().st_mode & 0o777 for path in Path().rglob("*") if path.is_dir()} == {0o700}
    modes = {path.name: path.stat().st_mode & 0o777 for path in Path().rglob("*") if path.is_file()}
    assert modes == dict.fromkeys(["logs.csv", "0.png", "flags.db", "flags.db-journal", "pending"], 0o600)


def test_a_file_in_the_place_of_a_folder_is_left_alone() -> None:
    FOLDER.mkdir()
    (FOLDER / "im").write_bytes(b"mine")
    backend = logger(Image(label="im"))
    with pytest.raises(OSError, match="im"):
        backend.flag(values("x")[1:2])
    assert content() == {"im": b"mine"}
    (FOLDER / "im").unlink()
    assert backend.flag(values("x")[1:2]) == 0


def test_the_numbers_go_on_without_a_gap_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = logger(Number(label="n"))
    assert backend.flag([1]) == 0
    for _ in range(3):
        with failing(monkeypatch, "fsync", 1), pytest.raises(OSError, match="Input/output"):
            backend.flag([2])
    assert backend.flag([2]) == 1
    assert LOG.read_bytes() == b"n\n1\n2\n"


def test_a_log_that_is_deleted_at_the_last_moment_is_not_begun_without_its_header(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backend = logger(Textbox(label="t"))
    backend.flag(["one"])
    usage = shutil.disk_usage

    def delete(folder: Path) -> object:
        LOG.unlink()
        return usage(folder)

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", delete)
        with pytest.raises(FileNotFoundError):
            backend.flag(["two"])
    assert backend.flag(["three"]) == 1
    assert LOG.read_bytes() == b"t\nthree\n"


def test_a_log_that_cannot_be_begun_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = SimpleCSVLogger()
    backend.setup([Number(label="n")], FOLDER)
    with failing(monkeypatch, "replace", 1), pytest.raises(OSError, match="Input/output"):
        backend.flag([1])
    assert tree() == []
    assert backend.flag([1]) == 0
