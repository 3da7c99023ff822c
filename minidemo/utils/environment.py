"""Environment: settings in variables, with Gradio's names after those of minidemo."""

import os


def setting(name: str) -> str:
    """Return a setting without spaces around it, or empty text."""
    return os.environ.get(place_of(name), "").strip()


def place_of(name: str) -> str:
    """Return the variable of a setting; minidemo's precedes Gradio's."""
    ours, theirs = f"MINIDEMO_{name}", f"GRADIO_{name}"
    return theirs if not os.environ.get(ours, "").strip() and os.environ.get(theirs, "").strip() else ours
