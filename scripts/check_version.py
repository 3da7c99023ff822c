"""Compare the version of the package with the newest entry of the changelog."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> str | None:
    """Return what is wrong, if something is."""
    version = first(r'^__version__ = "(.+)"$', ROOT / "minidemo" / "__init__.py")
    entry = first(r"^## \[(\d.*?)\] - (?:\d{4}-\d\d-\d\d|Unreleased)$", ROOT / "CHANGELOG.md")
    if version is None or version != entry:
        return (
            f"minidemo/__init__.py says version {version}, the newest entry of CHANGELOG.md {entry}. Make them equal."
        )
    return None


def first(pattern: str, path: Path) -> str | None:
    """Return what the pattern captures where it first matches a line of the file."""
    match = re.search(pattern, path.read_text("utf-8"), re.MULTILINE)
    return match and match[1]


if __name__ == "__main__":
    sys.exit(main())
