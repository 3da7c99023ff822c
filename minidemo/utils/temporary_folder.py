"""Temporary folder: files for the author's program, until it ends."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path


@cache
def temporary_folder() -> Path:
    """Return the folder for copies, deleted at exit."""
    folder = Path(tempfile.mkdtemp(prefix="minidemo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
