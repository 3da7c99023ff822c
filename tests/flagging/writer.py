"""A process that flags: python -m tests.flagging.writer FOLDER NAME THREADS FLAGS KIND."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import PIL.Image

from minidemo import Image, Number, Textbox
from tests.flagging.folder import logger


def main(folder: str, name: str, threads: str, flags: str, kind: str) -> None:
    """Say that it is ready, wait for a line, and flag from each of the threads; a picture is as large as the count."""
    columns = [Textbox(label="writer"), Number(label="count"), *([Image(label="im")] if kind == "pictures" else [])]
    backend = logger(*columns, folder=Path(folder))

    def flag(count: int) -> int:
        picture = Image().postprocess(PIL.Image.new("L", (count + 1, int(name) + 1)))
        return backend.flag([f"writer {name}", count, picture][: len(columns)])

    with ThreadPoolExecutor(int(threads)) as pool:
        print("ready", flush=True)
        sys.stdin.readline()
        print(*pool.map(flag, range(int(flags))))


if __name__ == "__main__":
    main(*sys.argv[1:])
