"""Where `scripts/install` has put Gradio's clients: those of today, and those of about two years ago."""

from collections.abc import Callable
from pathlib import Path

import minidemo

PLACE = Path(minidemo.__file__).resolve().parent.parent / ".clients"
DRIVERS = Path(__file__).parent / "drivers"
OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "GRADIO_ANALYTICS_ENABLED": "False"}
"""The client for Python would tell Hugging Face that it is used."""


def python(age: str) -> str:
    """Return the interpreter that has the client for Python."""
    return str(PLACE / age / "bin" / "python")


def by_python(age: str) -> Callable[[str], list[str]]:
    """Return what makes of a program the command to run it with the client for Python."""
    return lambda text: [python(age), "-c", text]


def by_node(age: str) -> Callable[[str], list[str]]:
    """Return what makes of a program the command to run it with the client for JavaScript, wherever it runs."""
    entry = PLACE / age / "node_modules" / "@gradio" / "client" / "dist" / "index.js"
    return lambda text: ["node", "--input-type=module", "-e", text.replace('"@gradio/client"', f'"{entry}"')]
