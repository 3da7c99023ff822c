"""Files in a folder from which a server may delete some at any moment."""

import os
from pathlib import Path


def files_below(folder: Path) -> list[Path]:
    """Return the files in the folders of a folder; those that have just gone are passed over."""
    return [Path(place, name) for place, _, names in os.walk(folder) for name in names if Path(place) != folder]
