"""What every backend promises: each flag is there once, with its files, whatever the visitor sent."""

import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minidemo
from minidemo import File, FlagRecord, Image, Number, Textbox
from minidemo.content.media import Media
from tests.components.examples import EXAMPLES, Example
from tests.components.pictures import gradient, opened, pixels
from tests.components.test_contract import exactly
from tests.corpora import FORMULAS, NAMES, TEXTS
from tests.flagging import kinds
from tests.flagging.folder import FOLDER, Pile, gradient_of, tree
from tests.flagging.kinds import KINDS, ON_DISK, Kind
from tests.thoroughness import NIGHTLY

ROOT = Path(minidemo.__file__).resolve().parent.parent
EVERY = pytest.mark.parametrize("kind", KINDS, ids=str)
EVERY_ON_DISK = pytest.mark.parametrize("kind", ON_DISK, ids=str)
FEW = {"Textbox", "Number", "Image", "File of several", "Dataframe"}
"""One for each way in which a value is kept: text, number, file, several files, object."""
COMPONENTS = [
    pytest.param(example, id=example.name)
    for examples in EXAMPLES.values()
    for example in examples
    if NIGHTLY or example.name in FEW
]


@pytest.fixture(autouse=True)
def _nothing_seen() -> None:
    """Forget the calls of other tests."""
    kinds.SEEN.clear()


def test_every_backend_is_held_to_its_promises() -> None:
    assert {type(kind.make()) for kind in KINDS} == set(kinds.backends())


@EVERY
def test_rows_are_counted_from_0_however_a_backend_is_called(kind: Kind) -> None:
    backend = kind.set_up(Number(label="n"), Textbox(label="t"))
    assert not FOLDER.exists()
    assert backend.flag([5, "a"]) == 0
    assert backend.flag([5, "b"], "wrong") == 1
    assert backend.flag(flag_data=(5, "c"), flag_option="wrong", username="ann") == 2
    assert backend.flag_record(FlagRecord(inputs=(5,), outputs=("d",), expected=("e",), comment="no")) == 3


@EVERY
def test_values_and_columns_must_be_as_many(kind: Kind) -> None:
    backend = kind.set_up(Number(label="n"), Number(label="m"))
    for values in ([1], [1, 2, 3]):
        with pytest.raises(ValueError, match="zip"):
            backend.flag(values)
    assert not FOLDER.exists()


@EVERY
def test_eight_threads_lose_nothing_and_write_nothing_twice(kind: Kind) -> None:
    backend = kind.set_up(Number(label="n"), Textbox(label="t"))
    with ThreadPoolExecutor(8) as pool:
        numbers = [*pool.map(lambda i: backend.flag([i, f"flag {i}"]), range(400))]
    assert sorted(numbers) == [*range(400)]
    rows = kind.rows(FOLDER, 2)
    assert len(rows) == 400
    assert {(int(n), t) for n, t in rows} == {(i, f"flag {i}") for i in range(400)}


@EVERY_ON_DISK
def test_two_processes_lose_nothing_and_write_nothing_twice(kind: Kind) -> None:
    with flagging_process(kind, "0") as one, flagging_process(kind, "1") as other, ThreadPoolExecutor(2) as pool:
        answers = [*pool.map(lambda process: process.communicate("go\n", 60)[0].split(), (one, other))]
    assert sorted(int(number) for answer in answers for number in answer) == [*range(100)]
    rows = {(name, int(count)) for name, count in kind.rows(FOLDER, 2)}
    assert rows == {(f"writer {i}", count) for i in range(2) for count in range(50)}
    assert len(kind.rows(FOLDER, 2)) == 100


@contextmanager
def flagging_process(kind: Kind, writer: str) -> "Iterator[subprocess.Popen[str]]":
    """Run another process that is ready to flag fifty times, and must end well."""
    command = [sys.executable, "-m", kinds.__name__, str(kind), str(FOLDER.absolute()), writer, "50"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    assert process.returncode == 0


@EVERY
@pytest.mark.parametrize("example", COMPONENTS)
@given(data=st.data())
def test_what_each_component_shows_is_read_back(kind: Kind, example: Example, data: st.DataObject) -> None:
    component, folder = example.make(label="c"), Path(tempfile.mkdtemp(dir="."))
    wire = data.draw(example.wire)
    kind.set_up(component, Number(label="n"), folder=folder).flag([wire, 1])
    cell, stored = kind.rows(folder, 2)[-1][0], component.flag(wire)
    if isinstance(stored, Media):
        cell = file_of(cell, folder)
    elif isinstance(stored, list) and stored:
        cell = [file_of(item, folder) for item in (json.loads(cell) if isinstance(cell, str) else cell)]
    elif kind.typed:
        assert exactly(cell) == exactly(wire)
        return
    assert exactly(component.read_from_flag(cell)) == exactly(wire)


@EVERY
def test_whatever_the_labels_each_value_has_its_place(kind: Kind) -> None:
    labels = [
        *(
            None,
            "",
            "../x",
            "../../etc/passwd",
            "/tmp/x",
            "one\ntwo",
            "\ud800",
            "CON",
            "a",
            "a",
            "A",
            "=cmd()",
            "\ufeff",
        ),
        *("flag", "username", "id", "row", "timestamp", ".minidemo", "logs.csv", "log.csv", "flags.jsonl", "x" * 300),
    ]
    texts, pictures = [Textbox(label=label) for label in labels], [Image(label=label) for label in labels]
    backend = kind.set_up(*texts, *pictures)
    for row in range(2):
        sent = [*(f"{row} {label}" for label in labels), *(gradient_of(row + i) for i in range(1, len(labels) + 1))]
        assert backend.flag(sent) == row
        values = kind.rows(FOLDER, len(sent))[row]
        assert values[: len(labels)] == sent[: len(labels)]
        shown = [pixels(opened(file_of(cell))) for cell in values[len(labels) :]]
        assert shown == [pixels(gradient(row + i, row + i)) for i in range(1, len(labels) + 1)]
    assert {path.name for path in Path().iterdir()} <= {"flagged"}


@EVERY
def test_hostile_text_comes_back_as_it_went_in(kind: Kind) -> None:
    """In every column, and as reason and user, first and last in a row."""
    columns = [Textbox(label=f"t{i}") for i in range(8)]
    backend = kind.set_up(*columns)
    texts = [*TEXTS, *FORMULAS]
    batches = [[*(texts * 2)[i : i + 8]] for i in range(0, len(texts), 7)]
    for row, batch in enumerate(batches):
        assert backend.flag(batch, batch[3], batch[4]) == row
    assert kind.rows(FOLDER, 8) == batches


@EVERY_ON_DISK
def test_the_name_of_a_file_leads_nowhere_else(kind: Kind) -> None:
    backend = kind.set_up(Pile(label="f"), Pile(label="g"))
    sent = [Media.of_bytes(str(i).encode(), name) for i, name in enumerate(NAMES)]
    assert backend.flag([sent, sent[:1]]) == 0
    ((many, one),) = kind.rows(FOLDER, 2)
    places = [many, one] if kind.typed else [json.loads(many), json.loads(one)]
    assert [file_of(place).read() for place in places[0]] == [item.read() for item in sent]
    assert file_of(places[1][0]).read() == b"0"
    assert {path.name for path in Path().iterdir()} == {"flagged"}
    assert len(tree()) == len(NAMES) + 2
    odd = re.compile(r"[^\w/. -]|[. ]$|/-|(/|^)(con|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
    assert not [name for name in tree() if odd.search(name)]


@EVERY_ON_DISK
def test_a_folder_that_was_deleted_is_begun_anew(kind: Kind) -> None:
    backend = kind.set_up(Textbox(label="t"), Pile(label="f"))
    for text in ("one", "two"):
        assert backend.flag([text, [Media.of_bytes(b"1", "a.txt")]]) == 0
        assert [row[0] for row in kind.rows(FOLDER, 2)] == [text]
        shutil.rmtree(FOLDER)


@EVERY_ON_DISK
@pytest.mark.parametrize("large", ["text", "file"])
def test_a_full_disk_leaves_nothing_half_written(kind: Kind, large: str) -> None:
    backend = kind.set_up(Textbox(label="t"), Pile(label="f"))
    small, files = Media.of_bytes(b"1", "a.txt"), Media.of_bytes(b"2" * 3_000_000, "b.txt")
    backend.flag(["one", [small]])
    before = content()
    with full_disk(2_000_000), pytest.raises(OSError, match=r"large|full|only a part"):
        backend.flag(["x" * 3_000_000, [small]] if large == "text" else ["x", [small, files]])
    assert content() == before
    assert backend.flag(["two", [small]]) == 1
    assert [row[0] for row in kind.rows(FOLDER, 2)] == ["one", "two"]


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """Let no file grow beyond a size."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def content() -> dict[str, bytes]:
    """Return all that readers of the folder find."""
    return {name: (FOLDER / name).read_bytes() for name in tree()}


def file_of(cell: str | Media, folder: Path = FOLDER) -> Media:
    """Return the file that a value names: from the log, or from the working directory as in Gradio."""
    if isinstance(cell, Media):
        return cell
    return Media.of_path(next(path for path in (folder / cell, Path(cell)) if path.is_file()))


@EVERY_ON_DISK
def test_a_file_that_is_named_twice_is_stored_once(kind: Kind) -> None:
    one, other = Media.of_bytes(b"one", "a.txt"), Media.of_bytes(b"other", "b.txt")
    kind.set_up(File(file_count="multiple", label="f"), Number(label="n")).flag([[one, other, one], 1])
    cell = kind.rows(FOLDER, 2)[-1][0]
    names = json.loads(cell) if isinstance(cell, str) else cell
    files = [file_of(name, FOLDER) for name in names]
    assert [file.read() for file in files] == [b"one", b"other", b"one"]
    assert len([path for path in FOLDER.rglob("*.txt") if path.is_file()]) == 2


@EVERY_ON_DISK
def test_other_users_of_the_machine_cannot_read_a_flag(kind: Kind) -> None:
    media = Media.of_bytes(b"one", "a.txt")
    kind.set_up(File(file_count="multiple", label="f"), Number(label="n")).flag([[media], 1])
    paths = [path for path in (FOLDER, *FOLDER.rglob("*")) if path.parent.name != ".minidemo"]
    assert [path for path in paths if path.stat().st_mode & 0o077] == []
