"""How fast flags reach the disk, without a server: `python store_minidemo.py FOLDER ROUNDS FLAGS MANY` prints JSON."""

import csv
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import minidemo as gr

ROW = [5, "add", 7, 12]
WAITING = 32
FEW = 1_000


def main() -> None:
    """Measure all in turn, round by round: what disturbs the machine disturbs all alike."""
    folder, rounds, flags, many = Path(sys.argv[1]), *map(int, sys.argv[2:])
    store, small, large = logger(folder / "store"), logger(folder / "few"), logger(folder / "many")
    fill(small, folder / "few", FEW)
    fill(large, folder / "many", many)
    samples: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        figures = {
            "raw": by_hand(folder / f"raw-{number}.csv", flags),
            "one": rate(store, flags, threads=1),
            "waiting": rate(store, flags * 8, threads=WAITING),
            "few": cost(small, flags),
            "many": cost(large, flags),
        }
        if number:  # the first round warms up
            for name, figure in figures.items():
                samples.setdefault(name, []).append(figure)
    print(json.dumps(samples))


def logger(folder: Path) -> gr.CSVLogger:
    """Get ready to flag what the calculator computes."""
    backend = gr.CSVLogger()
    backend.setup([gr.Number(label="num1"), gr.Textbox(label="op"), gr.Number(label="num2"), gr.Number()], folder)
    return backend


def fill(backend: gr.CSVLogger, folder: Path, rows: int) -> None:
    """Have so many rows there, which the next flag takes note of."""
    backend.flag(ROW)
    with (folder / "logs.csv").open("a") as file:
        file.writelines("5,add,7,12\n" for _ in range(rows))
    backend.flag(ROW)


def by_hand(path: Path, flags: int) -> float:
    """Append rows to a CSV file that is kept open, and wait for the disk each time."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        started = time.perf_counter()
        for _ in range(flags):
            writer.writerow(ROW)
            file.flush()
            os.fsync(file.fileno())
        return flags / (time.perf_counter() - started)


def rate(backend: gr.CSVLogger, flags: int, *, threads: int) -> float:
    """Flag from some threads at once, each as soon as it was answered, and return how many flags a second took."""
    with ThreadPoolExecutor(threads) as pool:
        started = time.perf_counter()
        list(pool.map(lambda share: [backend.flag(ROW) for _ in range(share)], [flags // threads] * threads))
        return flags / (time.perf_counter() - started)


def cost(backend: gr.CSVLogger, flags: int) -> float:
    """Return what a flag takes mostly, in milliseconds."""
    return median(timed(backend) for _ in range(flags)) * 1000


def timed(backend: gr.CSVLogger) -> float:
    """Flag once, and return the seconds."""
    started = time.perf_counter()
    backend.flag(ROW)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
