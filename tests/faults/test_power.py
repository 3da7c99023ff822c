"""A loss of power takes what was not synced, and nothing else."""

from pathlib import Path, PurePath
from random import Random

from benchmarks.faults import trace
from benchmarks.faults.power import Disk, materialize

ROOT = PurePath("/place")
ACKS = Path("/place/said")
TEXT = "\\x61" * 1024
MAKE = ['1.0 mkdir(AT_FDCWD</place>, "\\x66", 0755) = 0', "1.1 fsync(3</place>) = 0"]
OLD = "\\x70\\x6c\\x61\\x63\\x65\\x2f\\x66\\x2f\\x61"
CREATE = [f'2.0 openat(AT_FDCWD</>, "{OLD}", O_WRONLY|O_CREAT) = 4</place/f/a>']
WRITE = [f'2.1 write(4</place/f/a>, "{TEXT}", 1024) = 1024']
SYNC_FILE = ["2.2 fsync(4</place/f/a>) = 0"]
SYNC_FOLDER = ["2.3 fsync(3</place/f>) = 0"]
FILE, WHOLE = PurePath("/place/f/a"), b"a" * 1024


def disk(*steps: list[str]) -> Disk:
    """Play back the steps of a worker."""
    Path("trace.1").write_text("\n".join(line for step in steps for line in step))
    return trace.read(Path("trace").absolute(), Disk(ROOT), ACKS)


def losses(played: Disk) -> set[bytes | None]:
    """Return all that may be left of the file after a loss of power at the end; None where its name is gone."""
    return {played.crash(played.steps, Random(seed)).get(FILE) for seed in range(200)}


def test_what_was_synced_with_its_name_is_certain() -> None:
    assert losses(disk(MAKE, CREATE, WRITE, SYNC_FILE, SYNC_FOLDER)) == {WHOLE}


def test_a_name_that_was_not_synced_may_be_lost() -> None:
    assert losses(disk(MAKE, CREATE, WRITE, SYNC_FILE)) == {WHOLE, None}


def test_bytes_that_were_not_synced_may_be_lost_in_part() -> None:
    half = b"a" * 512
    assert losses(disk(MAKE, CREATE, WRITE, SYNC_FOLDER)) == {b"", WHOLE, half, bytes(512) + half}


def test_a_rename_comes_whole_or_not_at_all() -> None:
    new = "\\x70\\x6c\\x61\\x63\\x65\\x2f\\x62"
    rename = [f'3.0 renameat(AT_FDCWD</>, "{OLD}", AT_FDCWD</>, "{new}") = 0']
    played = disk(MAKE, CREATE, WRITE, SYNC_FILE, SYNC_FOLDER, rename)
    found = [played.crash(played.steps, Random(seed)) for seed in range(200)]
    assert {tuple(sorted(path.name for path in files)) for files in found} == {("a", "f"), ("b", "f")}


def test_a_disk_is_written_down_as_it_was_left(tmp_path: Path) -> None:
    played = disk(MAKE, CREATE, WRITE, SYNC_FILE, SYNC_FOLDER)
    materialize(played.crash(played.steps, Random(1)), ROOT, tmp_path / "copy")
    assert (tmp_path / "copy" / "f" / "a").read_bytes() == WHOLE


def test_acknowledgements_count_from_their_step_on() -> None:
    played = disk(MAKE, ['5.0 writev(9</place/said>, [{iov_base="\\x2b\\x0a", iov_len=2}], 1) = 2'])
    assert [played.acked(end) for end in range(4)] == [b"", b"", b"", b"+\n"]
