"""The checker sees what is broken: a store that was written in a minute breaks everything, and it tells."""

from collections.abc import Callable
from pathlib import Path

import PIL.Image
import pytest

from benchmarks.faults import goals, tokens
from benchmarks.faults.acks import Ack, Said
from benchmarks.faults.arena import Arena
from benchmarks.faults.job import COLUMNS, Fault
from benchmarks.faults.tally import Tally

FOLDER = Path("flagged")
LOG = FOLDER / "logs.csv"


def sound() -> Said:
    """Write a folder with two flags by hand, and return what was acknowledged."""
    (FOLDER / "im").mkdir(parents=True)
    for i in range(2):
        tokens.picture(f"w.{i}").save(FOLDER / "im" / f"{i}.png")
    LOG.write_bytes(b"token,count,im\nw.0,0,im/0.png\nw.1,1,im/1.png\n")
    return Said(acks=tuple(Ack(token=f"w.{i}", row=i, asked=0, answered=1) for i in range(2)))


def broken(said: Said) -> dict[str, int]:
    return dict(goals.check(FOLDER, said, "naive").broken)


def test_a_sound_folder_has_no_breach() -> None:
    said = sound()
    assert goals.check(FOLDER, said, "naive") == Tally(acked=2)


def edit(old: bytes, new: bytes) -> Callable[[], object]:
    return lambda: LOG.write_bytes(LOG.read_bytes().replace(old, new))


@pytest.mark.parametrize(
    ("damage", "breaches"),
    [
        (edit(b"w.1,1,im/1.png\n", b""), {"lost": 1, "orphans": 1}),
        (edit(b"/1.png\n", b""), {"torn": 1, "orphans": 1, "dangling": 1}),
        (edit(b"w.1,1", b"w.1"), {"lost": 1, "torn": 1, "orphans": 1}),
        (edit(b".png\nw", b".pngw"), {"lost": 2, "torn": 1, "orphans": 2}),
        (edit(b"w.0,0,im/0.png\n", b"\n"), {"lost": 1, "torn": 1, "orphans": 1}),
        (edit(b"w.0,0", b'w.0,"0'), {"lost": 2, "torn": 1, "orphans": 2, "unreadable": 2}),
        (edit(b"w.1,1,im/1", b"w.0,1,im/1"), {"lost": 1, "duplicates": 1, "strangers": 1}),
        (edit(b"w.1", b"token,count,im\nw.1"), {"headers": 1, "unreadable": 1}),
        (edit(b"token,count,im\n", b""), {"headers": 1}),
        ((FOLDER / "im/1.png").unlink, {"dangling": 1}),
        ((FOLDER / "im/.2.png.part").touch, {"orphans": 1}),
        (lambda: tokens.picture("w.7").save(FOLDER / "im/0.png"), {"strangers": 1}),
        (lambda: (FOLDER / "im/0.png").write_bytes(b"\x89PNG"), {"strangers": 1}),
        (LOG.unlink, {"lost": 2, "headers": 1, "orphans": 2}),
    ],
)
def test_a_breach_is_counted(damage: Callable[[], object], breaches: dict[str, int]) -> None:
    said = sound()
    damage()
    assert broken(said) == breaches


def test_the_checker_sees_what_processes_without_a_lock_do(tmp_path: Path) -> None:
    with Arena("naive", tmp_path) as arena:
        case = arena.case()
        arena.crew.run(*(case.job(name=f"w{i}", count=50) for i in range(4)))
        tally = Tally()
        case.judge(tally)
    assert tally.broken["strangers"] + tally.broken["lost"] + tally.broken["torn"] > 0
    assert "**" in tally.words()


def test_the_checker_sees_what_a_kill_leaves_of_a_store_without_repair(tmp_path: Path) -> None:
    """The naive store opens its log after the picture was saved: killed at that, it leaves a file of no row."""
    with Arena("naive", tmp_path) as arena:
        case = arena.case()
        case.flag(name="a")
        (code,) = arena.crew.run(case.job(name="b", faults=[Fault(call="mkdir", how="kill", when=2)]))
        tokens.picture("b.0").save(case.folder / "im" / "7.png")
        tally = Tally()
        case.judge(tally, columns=COLUMNS)
    assert code == -9
    assert tally.broken == {"orphans": 1}


def test_a_picture_says_its_token() -> None:
    tokens.picture("w.1", 5000).save("p.png")
    assert tokens.read(Path("p.png")) == "w.1"
    with PIL.Image.open("p.png") as image:
        assert image.size == (64, 79)
