"""What an installation takes on the disk."""

from pathlib import Path

from benchmarks import venvs
from benchmarks.bench import Bench
from benchmarks.rows import Row

BLOCK = 512


def measure(bench: Bench) -> list[Row]:
    """Measure the site-packages of environments that hold nothing else, not even pip."""
    folders = {subject.key: venvs.site_packages(subject) for subject in bench.subjects}
    disk = {key: [blocks(folder) / 2**20] for key, folder in folders.items()}
    files = {key: [contents(folder) / 2**20] for key, folder in folders.items()}
    return [
        Row(key="install", title="Installed size on the disk", unit="MiB", samples=disk),
        Row(key="install-files", title="Installed size, sum of the files", unit="MiB", samples=files),
    ]


def blocks(folder: Path) -> int:
    """Count the blocks that files and folders take, as `du` does; it depends on the file system."""
    return sum(path.lstat().st_blocks * BLOCK for path in folder.rglob("*"))


def contents(folder: Path) -> int:
    """Add the lengths of the files."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
