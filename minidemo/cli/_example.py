"""`minidemo example NAME`: writes an example's script into the working directory."""

from argparse import Namespace
from pathlib import Path

from minidemo.utils.paths import EXAMPLES

NAMES = ("calculator", "sepia", "tabs")


def write(options: Namespace) -> int:
    """Write the script; a file of the same name is never replaced."""
    script = Path(f"{options.name}.py")
    with script.open("x", encoding="utf-8") as file:
        file.write((EXAMPLES / script.name).read_text(encoding="utf-8"))
    print(f"Wrote {script}. Run it with: python {script}")
    return 0
