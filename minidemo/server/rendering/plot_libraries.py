"""Libraries: the scripts that draw interactive figures, out of the packages that the author has installed."""

import gzip
import hashlib
from collections.abc import Callable
from functools import cache, partial
from importlib import resources

from minidemo.errors import NotFound

BOKEH = ("bokeh", "bokeh-widgets", "bokeh-tables", "bokeh-gl", "bokeh-mathjax")
SCRIPTS = {"plotly": ("plotly",), "bokeh": BOKEH, "altair": ("altair",)}
"""The scripts of each library: the first is always needed, the others by some figures."""


def version(name: str) -> str:
    """Return what changes with a script's content, or raise `NotFound`."""
    return hashlib.sha256(read(name)).hexdigest()[:12]


@cache
def compressed(name: str) -> bytes:
    """Return a script, gzipped; a higher level takes twice the time and gains little."""
    return gzip.compress(read(name), 6, mtime=0)


def read(name: str) -> bytes:
    """Return a script, or raise `NotFound`; its name is looked up in a list, and never on the disk."""
    source = _sources().get(name)
    if source is None:
        raise NotFound("There is no such script.")
    try:
        return source()
    except (ModuleNotFoundError, FileNotFoundError):
        raise NotFound(f"The script of {name} is not installed on the server.") from None


def _sources() -> dict[str, Callable[[], bytes]]:
    return {
        "plotly": partial(_packaged, "plotly", "package_data/plotly.min.js"),
        "altair": _vega,
        **{name: partial(_packaged, "bokeh", f"server/static/js/{name}.min.js") for name in BOKEH},
    }


def _packaged(package: str, path: str) -> bytes:
    return resources.files(package).joinpath(path).read_bytes()


def _vega() -> bytes:
    """Return Vega and its kin, in the version that the author's altair writes for."""
    import altair  # noqa: PLC0415  # an extra
    import vl_convert  # noqa: PLC0415  # an extra

    wanted = ".".join(altair.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    return _bundle(wanted if wanted in vl_convert.get_vegalite_versions() else None)


@cache
def _bundle(version: str | None) -> bytes:
    """Have the scripts put together, which takes a second or two."""
    import vl_convert  # noqa: PLC0415  # an extra

    return str(vl_convert.javascript_bundle(snippet=None, vl_version=version)).encode()  # type: ignore[arg-type]  # its stub is wrong
