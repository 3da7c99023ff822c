"""A folder of flags through thick and thin: whatever is done to it, it holds what it should, and agrees with itself."""

import csv
import io
import os
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from benchmarks.faults.crashes import crashing
from minidemo import CSVLogger, Number, Textbox
from minidemo.content.media import Media
from minidemo.flagging import csv_cells
from tests.flagging.folder import Pile

TEXTS = st.sampled_from(
    [
        "plain",
        "a,b",
        'say "no"',
        "two\nlines",
        "=1+1",
        "'=1",
        "-5",
        "grüße",
        "\ud800",
        "\\ud800",
        "",
        " ",
        "\t",
        "x" * 300,
    ]
)
WIDE = [Textbox(label="t"), Textbox(label="token"), Pile(label="f"), Number(label="extra")]
NARROW = WIDE[:3]
STEPS = st.integers(0, 40)
"""At which call of the system a process is killed; some come too late."""


class Folder(RuleBasedStateMachine):
    """Flags, crashes, edits; the model is the list of the rows that each log should hold."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="minidemo-machine-"))
        self.folder = self.root / "flagged"
        self.rows: list[list[str]] = []
        """Text and token of each row of the current log."""
        self.old: list[list[list[str]]] = []
        """The same of each log that was set aside."""
        self.columns = NARROW
        self.count = 0
        self.edited = False
        """Whether somebody has taken rows away by hand, whose files then lie about."""

    def teardown(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.root)

    @initialize()
    def begin(self) -> None:
        """Open the folder for the first time."""
        self.reopen()

    @rule()
    def reopen(self) -> None:
        """Open the folder as a new process does."""
        self.logger = CSVLogger()
        self.logger.setup(self.columns, self.folder)

    @rule(text=TEXTS, files=st.integers(0, 2))
    def flag(self, text: str, files: int) -> None:
        """Flag, and be told the number of the row."""
        row = self.new(text)
        self.logger.flag(self.values(row, files))
        self.rows.append(row)

    @rule(text=TEXTS, files=st.integers(0, 2), step=STEPS)
    def crash_while_flagging(self, text: str, files: int, step: int) -> None:
        """Be killed at some step; the flag may be there, whole, or not at all."""
        row = self.new(text)
        told = crashing(step, lambda: self.logger.flag(self.values(row, files)))
        self.rows += [row] * (told or row in self.stored())

    @rule(text=TEXTS, files=st.integers(0, 2))
    def flag_elsewhere(self, text: str, files: int) -> None:
        """Flag from another process."""
        row = self.new(text)
        other = CSVLogger()
        other.setup(self.columns, self.folder)
        assert crashing(10_000, lambda: other.flag(self.values(row, files)))
        self.rows.append(row)

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        """Take a flag back, mostly the last."""
        row = data.draw(st.sampled_from([self.rows[-1], *self.rows]))
        removed = self.logger.delete([self.id_of(row)])
        assert removed.flags == 1
        self.rows.remove(row)

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), step=STEPS)
    def crash_while_deleting(self, data: st.DataObject, step: int) -> None:
        """Be killed while a flag is taken back; it may be there, whole, or not at all."""
        row = data.draw(st.sampled_from(self.rows))
        id = self.id_of(row)
        gone = crashing(step, lambda: self.logger.delete([id])) or row not in self.stored()
        self.rows = [other for other in self.rows if not gone or other != row]

    @precondition(lambda self: self.folder.exists())
    @rule()
    def rename(self) -> None:
        """Move the folder."""
        self.folder = self.folder.rename(self.root / f"moved {self.count}")
        self.count += 1
        self.reopen()

    @precondition(lambda self: self.folder.exists())
    @rule()
    def copy(self) -> None:
        """Go on with a copy of the folder."""
        copy = self.root / f"copy {self.count}"
        self.count += 1
        shutil.copytree(self.folder, copy)
        self.folder = copy
        self.reopen()

    @rule()
    def change_columns(self) -> None:
        """Run the demo with other columns."""
        self.columns = WIDE if self.columns is NARROW else NARROW
        self.reopen()
        self.old += [self.rows] * self.log.exists()
        self.rows = []
        self.flag("first", 1)

    @rule(texts=st.lists(TEXTS, min_size=1, max_size=3), files=st.integers(0, 2))
    def import_flags(self, texts: list[str], files: int) -> None:
        """Import the flags of another folder, twice: the second time there is nothing new."""
        other, rows = self.root / f"other {self.count}", [self.new(text) for text in texts]
        backend = CSVLogger()
        backend.setup(self.columns, other)
        for row in rows:
            backend.flag(self.values(row, files))
        assert self.logger.store.adopt(other) == len(rows)
        assert self.logger.store.adopt(other) == 0
        self.rows += rows

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def remove_by_hand(self, data: st.DataObject) -> None:
        """Remove a row with an editor."""
        row = data.draw(st.sampled_from(self.rows))
        self.edit(lambda table: [cells for cells in table if cells[1] != row[1]])
        self.rows.remove(row)
        self.edited = True

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), text=st.sampled_from(["edited", "also, edited", "=edited"]))
    def edit_by_hand(self, data: st.DataObject, text: str) -> None:
        """Change the text of a row with an editor."""
        row = data.draw(st.sampled_from(self.rows))
        self.edit(lambda table: [[text, *cells[1:]] if cells[1] == row[1] else cells for cells in table])
        row[0] = text

    @precondition(lambda self: self.rows)
    @rule(ended=st.booleans())
    def add_by_hand(self, ended: bool) -> None:
        """Append a row with an editor, which may leave the line without an end."""
        row = self.new("by hand")
        cells = ["by hand", row[1], "", "1"][: len(self.columns)]
        with self.log.open("a") as file:
            file.write(",".join(cells) + ("\n" if ended else ""))
        self.rows.append(row)

    @precondition(lambda self: self.rows)
    @rule(seed=st.randoms(use_true_random=False))
    def sort_by_hand(self, seed: Any) -> None:
        """Sort the rows with a spreadsheet."""
        order = list(range(len(self.rows)))
        seed.shuffle(order)
        self.edit(lambda table: [table[i] for i in order])
        self.rows = [self.rows[i] for i in order]

    @precondition(lambda self: self.rows)
    @rule(cut=st.integers(1, 12))
    def cut_off(self, cut: int) -> None:
        """Cut the end of the log off, in the middle of its last row."""
        data = self.log.read_bytes()
        last = len(data) - len(self.line(self.rows[-1]))
        with self.log.open("r+b") as file:
            file.truncate(max(last + 1, len(data) - 1 - cut))
        self.rows.pop()
        self.edited = True

    @precondition(lambda self: self.rows)
    @rule()
    def delete_database(self) -> None:
        """Remove the database."""
        shutil.rmtree(self.folder / ".minidemo")
        self.reopen()

    @precondition(lambda self: self.rows)
    @rule(place=st.integers(0, 3))
    def damage_database(self, place: int) -> None:
        """Overwrite a part of the database."""
        with open(self.folder / ".minidemo" / "flags.db", "r+b") as file:
            file.seek([0, 100, 4096, 8192][place])
            file.write(b"\xff" * 4096)
        self.reopen()
        self.edited = True

    @invariant()
    def holds_what_it_should(self) -> None:
        """The log has the rows of the model in their order, and so have the database and the old logs."""
        if not self.folder.exists():
            return
        found = self.stored()
        assert found == self.rows
        olds = [self.tokens(self.folder / f"logs-{n}.csv") for n in range(1, len(self.old) + 1)]
        assert olds == self.old
        records = list(self.logger.records())
        everything = [tuple(row) for log in [*self.old, self.rows] for row in log]
        assert Counter((record.data[0] or "", record.data[1]) for record in records) == Counter(everything)
        numbers = [record.row for record in records if record.row is not None]
        assert len(numbers) == len(records)
        assert numbers == sorted(set(numbers))
        assert [record.id for record in records] == sorted({record.id for record in records})

    @invariant()
    def has_the_files_of_its_rows(self) -> None:
        """Each row has its own files, and no file is left over."""
        if not self.folder.exists():
            return
        named = []
        for record in self.logger.records():
            for i, media in enumerate(record.data[2] or []):
                assert media.read() == f"{record.data[1]} {i}".encode()
                named.append(media.path.relative_to(self.folder).as_posix())
        assert len(set(named)) == len(named)
        stored = [p.relative_to(self.folder).as_posix() for p in self.folder.glob("f/*/*")]
        assert self.edited or sorted(stored) == sorted(named)
        assert set(named) <= set(stored)
        left = {p.name for p in self.folder.iterdir()} - {"f", ".minidemo", "logs.csv"}
        assert left == {f"logs-{n}.csv" for n in range(1, len(self.old) + 1)}

    @invariant()
    def is_sound(self) -> None:
        """The database is sound."""
        path = self.folder / ".minidemo" / "flags.db"
        if path.exists():
            with closing(sqlite3.connect(path)) as database:
                assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]

    @property
    def log(self) -> Path:
        """The log that rows are added to."""
        return self.folder / "logs.csv"

    def new(self, text: str) -> list[str]:
        """Return a text with a token that no other row has."""
        self.count += 1
        return [text, f"token{self.count:05d}"]

    def values(self, row: list[str], files: int) -> list[Any]:
        """Return a value for each column."""
        media = [Media.of_bytes(f"{row[1]} {i}".encode(), "x.bin") for i in range(files)]
        return [*row, media or None, 1][: len(self.columns)]

    def id_of(self, row: list[str]) -> str:
        """Return the id of a row."""
        return next(record.id for record in self.logger.records() if record.data[1] == row[1])

    def stored(self) -> list[list[str]]:
        """Return text and token of each row of the current log, after what a crash left was put right."""
        list(self.logger.records())
        return self.tokens(self.log)

    def tokens(self, log: Path) -> list[list[str]]:
        """Return text and token of each row of a log, as a strict reader with our decoder sees them."""
        return [[csv_cells.decode(cells[0]), cells[1]] for cells in self.table(log)[1:]]

    def table(self, log: Path) -> list[list[str]]:
        """Return the records of a log, all of one width."""
        text = log.read_bytes().decode() if log.exists() else ""
        table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert len({len(cells) for cells in table}) <= 1
        return table

    def edit(self, change: Callable[[list[list[str]]], list[list[str]]]) -> None:
        """Let an editor change the rows, and put a new file in the place of the old."""
        header, *table = self.table(self.log)
        draft = self.root / "draft"
        with draft.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *change(table)])
        os.replace(draft, self.log)

    def line(self, row: list[str]) -> bytes:
        """Return the bytes of the last row."""
        data = self.log.read_bytes()
        return data[data.rindex(row[1].encode()) - len(row[0].encode("utf-8", "surrogatepass")) :]
