"""Notebook: whether there is one, and how a demo is shown in it."""

import sys
from html import escape
from typing import Any
from urllib.parse import urlsplit

SITES = ("http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*", "https://localhost:*", "vscode-webview:")
"""Where notebooks run that show a demo of the same machine."""

ALLOWED = "autoplay; camera; microphone; clipboard-read; clipboard-write"


def is_there() -> bool:
    """Tell whether this program is the kernel of a notebook, rather than a script or a terminal."""
    return getattr(_shell(), "kernel", None) is not None


def cell() -> tuple[str | None, str | None]:
    """Return the ids of the running cell and of its execution, None if unknown."""
    kernel: Any = getattr(_shell(), "kernel", None)
    request = kernel.get_parent() if hasattr(kernel, "get_parent") else {}
    return request.get("metadata", {}).get("cellId"), request.get("header", {}).get("msg_id")


def show(bundle: dict[str, str]) -> None:
    """Show something below the cell that is running; do nothing where there is none."""
    if is_there():
        _shell().display_pub.publish(data=bundle, metadata={})


def frame(url: str, *, width: int | str, height: int | str) -> dict[str, str]:
    """Return a page in a frame, as a notebook takes it, and as words for whatever else shows its cells."""
    size = f'width="{escape(str(width))}" height="{escape(str(height))}"'
    html = f'<iframe src="{escape(url)}" {size} allow="{ALLOWED}" frameborder="0" allowfullscreen></iframe>'
    return {"text/html": html, "text/plain": f"Running on {url}"}


def sites(root: str | None) -> list[str]:
    """Return the sites that may frame a demo of a notebook: those of this machine, and that of a proxy's address."""
    parts = urlsplit(root or "")
    return [*SITES, *([f"{parts.scheme}://{parts.netloc}"] if parts.netloc else [])]


def _shell() -> Any:
    """Return IPython's shell, if this program runs in it; a program that does not has not imported IPython."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None and hasattr(ipython, "get_ipython") else None
