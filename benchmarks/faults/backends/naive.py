"""A store as one would write it in a minute: no lock, no fsync, no repair. The checker must see what it breaks."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


class Store:
    """Appends to logs.csv."""

    def __init__(self, columns: Sequence[Sequence[str]], folder: Path, options: Mapping[str, Any]) -> None:
        self.columns, self.folder = columns, folder

    def flag(self, values: Sequence[Any], option: str | None = None, username: str | None = None) -> int:
        """Count the rows, save the pictures under that number, append the row."""
        self.folder.mkdir(exist_ok=True)
        log = self.folder / "logs.csv"
        number = log.read_text(encoding="utf-8").count("\n") - 1 if log.exists() else 0
        fresh = not log.exists()
        cells = [
            self._saved(label, number, value) if kind == "image" else value
            for (kind, label), value in zip(self.columns, values, strict=True)
        ]
        with log.open("a", encoding="utf-8", newline="", buffering=16) as file:
            writer = csv.writer(file)
            if fresh:
                writer.writerow([label for _, label in self.columns])
            writer.writerow(cells)
        return number

    def _saved(self, label: str, number: int, picture: Any) -> str:
        (self.folder / label).mkdir(exist_ok=True)
        picture.save(self.folder / label / f"{number}.png")
        return f"{label}/{number}.png"
