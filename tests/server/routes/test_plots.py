"""The frame of a figure and its scripts: each from a fixed list, sandboxed, and open to nobody's path."""

import importlib.resources
import re
from pathlib import Path
from typing import Any

import altair
import pytest

import minidemo as gr
from tests.visitor import Visitor

LIBRARIES = ("plotly", "bokeh", "altair")


@pytest.fixture
def visitor() -> Visitor:
    return Visitor(gr.Interface(lambda: None, None, "plot"))


def scripts(visitor: Visitor, library: str) -> list[str]:
    """Return the addresses of the scripts that a frame loads, and of those that it may load."""
    html = visitor.http.get(f"/plots/{library}").text
    more = re.findall(r'data-more="(.+?)"', html)
    return re.findall(r'src="(.+?)"', html) + (more[0].split() if more else [])


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_frame_may_run_scripts_and_reach_nothing(visitor: Visitor, library: str) -> None:
    policy = visitor.http.get(f"/plots/{library}").headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts; default-src 'none'; script-src 'self'")
    assert ("'unsafe-eval'" in policy) == (library != "altair")
    assert "frame-ancestors 'self'" in policy
    assert "connect-src" not in policy


@pytest.mark.parametrize("library", LIBRARIES)
def test_its_scripts_are_kept_for_good_and_may_be_loaded_by_a_frame_of_no_origin(
    visitor: Visitor, library: str
) -> None:
    paths = scripts(visitor, library)
    assert len(paths) >= 2, "the library's, and that of the frame"
    for path in paths:
        answer = visitor.http.get(f"/plots/{path}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"


def test_the_script_is_that_of_the_installed_package(visitor: Visitor) -> None:
    [path, _] = scripts(visitor, "plotly")
    installed = importlib.resources.files("plotly").joinpath("package_data/plotly.min.js").read_bytes()
    assert visitor.http.get(f"/plots/{path}").content == installed
    assert visitor.http.get(f"/plots/{path}", headers={"Accept-Encoding": "identity"}).content == installed


def test_the_frames_own_script_comes_uncompressed_too(visitor: Visitor) -> None:
    [_, path] = scripts(visitor, "plotly")
    answer = visitor.http.get(f"/plots/{path}", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.content == (Path(gr.__file__).parent / "static/widgets/plot-frame.js").read_bytes()


def test_an_old_address_is_not_kept(visitor: Visitor) -> None:
    assert visitor.http.get("/plots/plotly/0123").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "matplotlib",
        "bokeh-gl",
        "etc/passwd",
        "plotly.min.js/x",
        "frame.js/x",
        "..%2f..%2fx/x",
    ],
)
def test_what_is_not_in_the_list_is_not_there(visitor: Visitor, path: str) -> None:
    assert visitor.http.get(f"/plots/{path}").status_code == 404


def test_a_package_that_is_not_installed_is_told(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(package: str) -> Path:
        raise ModuleNotFoundError(package)

    monkeypatch.setattr(importlib.resources, "files", missing)
    answer = visitor.http.get("/plots/plotly")
    assert answer.status_code == 404
    assert answer.json()["error"]["message"] == "The script of plotly is not installed on the server."


@pytest.mark.parametrize(("schema", "shipped"), [("v5.20.1", "5.20.1"), ("v99.1.0", "6.4.")])
def test_vega_is_taken_in_the_version_that_altair_writes_for_if_there_is_one(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, schema: str, shipped: str
) -> None:
    monkeypatch.setattr(altair, "SCHEMA_VERSION", schema)
    script = visitor.http.get("/plots/altair/x", headers={"Accept-Encoding": "identity"}).text
    assert re.search(rf'"{re.escape(shipped)}[\d.]*"', script)


def test_the_page_loads_nothing_of_a_library_by_itself(visitor: Visitor) -> None:
    html = visitor.http.get("/").text
    assert "widgets/plot.js" in html
    assert "plots/" not in html


def test_a_frame_is_for_the_own_page(visitor: Visitor) -> None:
    def policies() -> Any:
        return visitor.http.get("/").headers["content-security-policy"]

    assert policies().startswith("default-src 'self';")
    assert "frame-src" not in policies()
