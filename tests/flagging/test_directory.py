"""A folder on a share is warned of, and a disk is never filled to the last byte."""

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from minidemo import Textbox
from minidemo.flagging import directory
from tests.flagging.folder import logger, rows

MOUNTS = """\
22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
40 22 0:44 / {here}/share rw,relatime shared:20 - nfs4 server:/export rw
41 22 0:45 / {here}/a\\040b rw - fuse.sshfs me@host:/ rw
42 40 0:46 / {here}/share/local rw - tmpfs tmpfs rw
"""
Usage = namedtuple("Usage", "total used free")


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("share", "nfs4"),
        ("share/deep/flagged", "nfs4"),
        ("a b/flagged", "fuse.sshfs"),
        ("share/local/flagged", None),
        ("shared/flagged", None),
        ("flagged", None),
    ],
)
def test_a_folder_on_a_share_is_told_from_one_on_a_disk(tmp_path: Path, folder: str, kind: str | None) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS.format(here=tmp_path))
    assert directory.network(tmp_path / folder, mounts) == kind


def test_the_author_is_warned_of_a_share(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS.format(here=tmp_path))
    directory.warn_of_network(tmp_path / "share" / "flagged", mounts)
    assert "lies on a network file system (nfs4)" in caplog.text
    assert "give each machine a flagging_dir of its own" in caplog.text


def test_where_nothing_is_known_of_the_disks_nothing_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    directory.warn_of_network(tmp_path, tmp_path / "none")
    assert not caplog.records


def test_a_disk_that_is_almost_full_is_left_some_room(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = logger(Textbox(label="t"))
    backend.flag(["a"])
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12 - 10**6, 10**6))
        with pytest.raises(OSError, match="is almost full: 1000000 bytes are free") as error:
            backend.flag(["b"])
    assert error.value.errno == 28
    backend.flag(["c"])
    assert rows() == [["a"], ["c"]]
