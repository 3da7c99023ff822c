"""Notebook: whether there is one, and how a demo is shown in it."""

import importlib
import importlib.util
import os
import sys
from html import escape
from typing import Any
from urllib.parse import urlsplit

SITES = ("http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*", "https://localhost:*", "vscode-webview:")
"""Sites of notebooks that show a demo of the same machine."""
COLAB_SITES = ("https://colab.research.google.com", "https://*.googleusercontent.com")

ALLOWED = "autoplay; camera; microphone; clipboard-read; clipboard-write"
MIN_HEIGHT, MAX_HEIGHT = 500, 1000
"""Pixels of a frame whose height follows that of its page."""
_FIT = f"""<script>addEventListener("message", ({{ source, data }}) => {{
  for (const frame of document.querySelectorAll("iframe[data-minidemo]"))
    if (frame.contentWindow === source && data?.minidemoHeight)
      frame.height = Math.min(Math.max(data.minidemoHeight, {MIN_HEIGHT}), {MAX_HEIGHT});
}})</script>"""

_TUNNEL = (
    "Your browser may not reach the machine of this notebook. If the frame stays empty, launch(share=True) tells how."
)
_VS_CODE = "If the frame stays empty, forward port {port} in the view Ports of VS Code."
_REMOTE = {
    "KAGGLE_KERNEL_RUN_TYPE": _TUNNEL,
    "DATABRICKS_RUNTIME_VERSION": _TUNNEL,
    "DEEPNOTE_PROJECT_ID": _TUNNEL,
    "SAGEMAKER_INTERNAL_IMAGE_URI": _TUNNEL,
    "CODESPACES": _VS_CODE,
    "REMOTE_CONTAINERS": _VS_CODE,
    "VSCODE_AGENT_FOLDER": _VS_CODE,
    "SSH_CONNECTION": "If the frame stays empty, run this on your computer: ssh -N -L {port}:127.0.0.1:{port} HOST",
}
"""What to do where a variable of the environment says that the notebook runs on another machine."""


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


def show_in_colab(port: int, *, width: int | str, height: int | str | None) -> None:
    """Show the page of a port below the cell, through the proxy of Colab."""
    colab: Any = importlib.import_module("google.colab.output")
    colab.serve_kernel_port_as_iframe(port, width=str(width), height=str(height or MIN_HEIGHT))


def frame(url: str, *, width: int | str, height: int | str | None) -> dict[str, str]:
    """Return a page in a frame, as a notebook takes it, and as words for whatever else shows its cells.

    Without `height` the frame is as high as its page, within limits.
    """
    fits = " data-minidemo" if height is None else ""
    size = f'width="{escape(str(width))}" height="{escape(str(height or MIN_HEIGHT))}"{fits}'
    html = f'<iframe src="{escape(url)}" {size} allow="{ALLOWED}" frameborder="0" allowfullscreen></iframe>'
    return {"text/html": html + (_FIT if fits else ""), "text/plain": f"Running on {url}"}


def is_colab() -> bool:
    """Return True in a notebook of Colab."""
    return is_there() and "google.colab" in sys.modules


def is_behind_proxy() -> bool:
    """Return True if the visitors of a notebook reach its machine through a proxy alone."""
    return is_colab() or _hub_prefix() is not None


def proxied_path(port: int) -> str | None:
    """Return the path of a port behind JupyterHub or Binder, None elsewhere."""
    prefix = _hub_prefix()
    return None if prefix is None else f"{prefix.rstrip('/')}/proxy/{port}/"


def advice(port: int) -> str | None:
    """Return what to do if the frame stays empty, None where it should not."""
    if _hub_prefix() is not None:
        has_proxy = importlib.util.find_spec("jupyter_server_proxy") is not None
        return None if has_proxy else "The frame needs jupyter-server-proxy, installed beside the notebook's server."
    texts = (text for name, text in _REMOTE.items() if os.environ.get(name))
    return next((text.format(port=port) for text in texts), None)


def sites(root: str | None) -> list[str]:
    """Return the sites that may frame a demo of a notebook: those of this machine, and that of a proxy's address."""
    parts = urlsplit(root or "")
    proxy = [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
    return [*SITES, *proxy, *(COLAB_SITES if is_colab() else ())]


def _hub_prefix() -> str | None:
    return (os.environ.get("JUPYTERHUB_SERVICE_PREFIX") if is_there() else None) or None


def _shell() -> Any:
    """Return IPython's shell, if this program runs in it; a program that does not has not imported IPython."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None and hasattr(ipython, "get_ipython") else None
