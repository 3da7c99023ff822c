"""Nothing is written outside the directory, whatever lies in it: links, pipes, files with a second name."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from minidemo import Image, Number
from tests.flagging.folder import FOLDER, LOG, Pile, gradient_of, logger


def test_a_link_in_the_place_of_the_log_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim.csv"
    victim.write_bytes(b"n\n1\n")
    FOLDER.mkdir()
    for target in (victim, Path("nowhere"), Path("logs.csv")):
        LOG.symlink_to(target)
        with pytest.raises(OSError, match="is a symbolic link; flags are stored inside"):
            logger(Number(label="n")).flag([2])
        with pytest.raises(OSError, match="is a symbolic link; flags are stored inside"):
            logger(Number(label="other")).flag([2])
        assert LOG.is_symlink()
        LOG.unlink()
    assert victim.read_bytes() == b"n\n1\n"
    assert not (FOLDER / "nowhere").exists()
    assert logger(Number(label="n")).flag([2]) == 0


@pytest.mark.parametrize("columns", [(Image(label="im"),), (Pile(label="im"),)])
def test_a_link_in_the_place_of_a_folder_is_not_followed(columns: tuple[Image | Pile]) -> None:
    outside = Path("outside")
    outside.mkdir()
    backend = logger(*columns)
    value = gradient_of() if isinstance(columns[0], Image) else [gradient_of()]
    FOLDER.mkdir()
    (FOLDER / "im").symlink_to(outside.absolute())
    with pytest.raises(OSError, match="is a symbolic link; flags are stored inside"):
        backend.flag([value])
    assert not list(outside.iterdir())
    (FOLDER / "im").unlink()
    assert backend.flag([value]) == 0


def test_a_link_in_the_folder_of_a_row_is_not_followed() -> None:
    outside = Path("outside")
    outside.mkdir()
    (FOLDER / "f").mkdir(parents=True)
    (FOLDER / "f" / "0").symlink_to(outside.absolute())
    with pytest.raises(OSError, match="is a symbolic link"):
        logger(Pile(label="f")).flag([[gradient_of()]])
    assert not list(outside.iterdir())


@pytest.mark.parametrize("name", [".minidemo", ".minidemo/flags.db"])
def test_a_link_in_the_place_of_the_ledger_is_not_followed(name: str) -> None:
    outside = Path("outside")
    outside.mkdir()
    link = FOLDER / name
    link.parent.mkdir(parents=True)
    link.symlink_to(outside.absolute() / ("" if name == ".minidemo" else "new"))
    with pytest.raises(OSError, match="is a symbolic link"):
        logger(Number(label="n")).flag([1])
    assert not list(outside.iterdir())


def test_a_log_that_has_another_name_elsewhere_is_not_written_to() -> None:
    Path("victim.csv").write_bytes(b"n\n1\n")
    FOLDER.mkdir()
    LOG.hardlink_to("victim.csv")
    with pytest.raises(OSError, match="not a plain file with this one name"):
        logger(Number(label="n")).flag([2])
    assert Path("victim.csv").read_bytes() == b"n\n1\n"


def test_a_folder_in_the_place_of_the_log_is_refused() -> None:
    LOG.mkdir(parents=True)
    with pytest.raises(OSError, match=r"not a plain file|directory"):
        logger(Number(label="n")).flag([2])
    LOG.rmdir()
    assert logger(Number(label="n")).flag([2]) == 0


def test_a_pipe_in_the_place_of_the_log_is_refused_at_once() -> None:
    FOLDER.mkdir()
    os.mkfifo(LOG)
    with ThreadPoolExecutor(1) as pool:
        refused = pool.submit(logger(Number(label="n")).flag, [2])
        try:
            with pytest.raises(OSError, match="not a plain file"):
                refused.result(timeout=60)
        finally:
            os.close(os.open(LOG, os.O_RDWR))  # lets go of a thread that waits for the other end
    assert LOG.is_fifo()
