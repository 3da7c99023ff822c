"""Small disks: a tmpfs in the place of a folder. Needs root; scripts/faults has mounts of its own."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def small_disk(folder: Path, *options: str) -> Iterator[Path]:
    """Mount an empty disk in the memory, with options such as `size=64k`, for as long as the block lasts."""
    folder.mkdir(exist_ok=True)
    mounting = ["mount", "-t", "tmpfs", "-o", ",".join(["mode=0755", *options]), "faults", str(folder)]
    subprocess.run(mounting, check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def resize(folder: Path, options: str) -> None:
    """Give a small disk another size."""
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)
