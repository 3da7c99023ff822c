"""Scripts of plotting libraries, from the author's installed packages."""

import gzip
import hashlib
from collections.abc import Callable
from functools import cache, partial
from importlib import resources

from minidemo.errors import NotFound

BOKEH = ("bokeh", "bokeh-widgets", "bokeh-tables", "bokeh-gl", "bokeh-mathjax")
SCRIPTS = {"plotly": ("plotly",), "bokeh": BOKEH, "altair": ("altair",)}
"""Scripts of each library; only the first is always needed."""


def version(name: str) -> str:
    """Return a hash of a script, or raise `NotFound`."""
    return hashlib.sha256(read(name)).hexdigest()[:12]


@cache
def read_gzip(name: str) -> bytes:
    """Return a script, compressed with gzip."""
    return gzip.compress(read(name), 6, mtime=0)  # level 9 takes twice the time and gains little


def read(name: str) -> bytes:
    """Return a script of the list, or raise `NotFound`."""
    source = _sources().get(name)
    if source is None:
        raise NotFound("There is no such script.")
    try:
        return source()
    except (ModuleNotFoundError, FileNotFoundError):
        raise NotFound(f"The script of {name} is not installed on the server.") from None


def _sources() -> dict[str, Callable[[], bytes]]:
    return {
        "plotly": partial(_read_package_file, "plotly", "package_data/plotly.min.js"),
        "altair": _read_vega,
        **{name: partial(_read_package_file, "bokeh", f"server/static/js/{name}.min.js") for name in BOKEH},
    }


def _read_package_file(package: str, path: str) -> bytes:
    return resources.files(package).joinpath(path).read_bytes()


def _read_vega() -> bytes:
    """Return Vega, Vega-Lite and Vega-Embed in altair's version."""
    import altair  # noqa: PLC0415  # an extra
    import vl_convert  # noqa: PLC0415  # an extra

    version = ".".join(altair.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    return _bundle(version if version in vl_convert.get_vegalite_versions() else None)


@cache
def _bundle(version: str | None) -> bytes:
    """Bundle the scripts, which takes a second or two."""
    import vl_convert  # noqa: PLC0415  # an extra

    return str(vl_convert.javascript_bundle(snippet=None, vl_version=version)).encode()  # type: ignore[arg-type]  # its stub is wrong
