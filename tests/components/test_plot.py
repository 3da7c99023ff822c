"""Plot: figures of four libraries, each as it is, and nothing else."""

import importlib.util
import json
import subprocess
import sys
import threading
from typing import Any

import altair
import matplotlib.pyplot
import numpy
import pandas
import pytest
from bokeh.models import Range1d
from bokeh.plotting import figure as bokeh_figure
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from plotly import graph_objects

import minidemo as gr
from minidemo.components._matplotlib import MAX_FIGURES
from minidemo.content.media import Media
from tests.components.pictures import opened
from tests.visitor import Visitor


def line(values: Any = (1, 3, 2)) -> Figure:
    """Return a figure with one line."""
    figure = Figure()
    figure.subplots().plot(values)
    return figure


def cloud() -> Figure:
    """Return a figure with very many points."""
    figure = Figure()
    figure.subplots().scatter(*numpy.random.default_rng(0).random((2, 20_000)))
    return figure


def picture(value: object, **options: Any) -> Media:
    """Return the picture that a Plot shows of a figure."""
    shown = gr.Plot(**options).postprocess(value)
    assert shown["type"] == "matplotlib"
    media = shown["plot"]
    assert isinstance(media, Media)
    return media


def test_a_figure_of_matplotlib_is_shown_as_svg() -> None:
    media = picture(line())
    assert (media.name, media.mime) == ("plot.svg", "image/svg+xml")
    assert media.read().startswith(b"<?xml")


def test_its_axes_stand_for_the_figure() -> None:
    figure = line()
    assert picture(figure.axes[0]).read() == picture(figure).read()


def test_pyplot_stands_for_its_current_figure() -> None:
    try:
        matplotlib.pyplot.plot([1, 3, 2])
        assert picture(matplotlib.pyplot).read() == picture(line()).read()
    finally:
        matplotlib.pyplot.close("all")


def test_pyplot_without_a_figure_is_told() -> None:
    with pytest.raises(gr.OutputError, match="Plot got pyplot, which has no figure"):
        gr.Plot().postprocess(matplotlib.pyplot)


def test_drawing_leaves_pyplot_and_the_figure_as_they_are() -> None:
    figure = line()
    before = (figure.canvas, figure.dpi, tuple(figure.get_size_inches()), figure.get_facecolor())
    picture(figure)
    picture(figure, format="png")
    assert (figure.canvas, figure.dpi, tuple(figure.get_size_inches()), figure.get_facecolor()) == before
    assert matplotlib.pyplot.get_fignums() == []


@pytest.mark.parametrize("give", [lambda figure, axes: figure, lambda figure, axes: axes, lambda *_: matplotlib.pyplot])
def test_pyplot_keeps_no_figure_that_was_drawn(give: Any) -> None:
    def plot(x: float) -> Any:
        figure, axes = matplotlib.pyplot.subplots()
        axes.plot([x])
        return give(figure, axes)

    visitor = Visitor(gr.Interface(plot, "number", "plot"))
    for x in range(3):
        visitor.result(x)
    assert matplotlib.pyplot.get_fignums() == []


def test_a_figure_that_the_author_keeps_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    figure, axes = matplotlib.pyplot.subplots()
    axes.plot([1, 2])
    first = picture(figure).read()
    axes.plot([2, 1])
    assert picture(figure).read() != first
    monkeypatch.delitem(sys.modules, "matplotlib.pyplot")
    assert picture(figure).read() != first, "without pyplot"


def test_pyplot_keeps_no_figure_that_cannot_be_drawn() -> None:
    figure, axes = matplotlib.pyplot.subplots()
    axes.set_title("$x^{$")
    with pytest.raises(gr.OutputError, match="cannot draw"):
        gr.Plot().postprocess(figure)
    assert matplotlib.pyplot.get_fignums() == []


def test_the_same_figure_gives_the_same_file() -> None:
    def draw() -> Figure:
        figure = line()
        axes = figure.axes[0]
        axes.set_title("A title with $x^2$")
        axes.scatter([1, 2], [3, 4])
        axes.bar([1, 2], [3, 4], hatch="/")
        axes.set_xlabel("#abcdef0123")
        return figure

    first, second = picture(draw()).read(), picture(draw()).read()
    assert first == second
    assert b"date" not in first
    assert picture(draw(), format="png").read() == picture(draw(), format="png").read()


def test_an_empty_figure_is_shown() -> None:
    assert picture(Figure()).name == "plot.svg"


def test_a_figure_with_very_many_points_is_shown_as_png() -> None:
    media = picture(cloud())
    assert media.mime == "image/png"
    assert opened(media).size == (1280, 960)


def test_a_huge_figure_is_drawn_with_fewer_pixels() -> None:
    width, height = opened(picture(Figure(figsize=(200, 100)), format="png")).size
    assert 7_900_000 < width * height <= 8_000_000


@pytest.mark.parametrize(("fmt", "mime"), [("svg", "svg+xml"), ("png", "png"), ("jpg", "jpeg"), ("webp", "webp")])
def test_the_author_may_choose_the_format(fmt: Any, mime: str) -> None:
    assert picture(line(), format=fmt).mime == f"image/{mime}"


def test_an_svg_that_the_author_asked_for_may_be_large() -> None:
    assert picture(cloud(), format="svg").mime == "image/svg+xml"


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(gr.ConfigurationError, match=r"Plot got format='pgn'\. Did you mean 'png'"):
        gr.Plot(format="pgn")  # type: ignore[arg-type]  # wrong on purpose


def test_what_is_wrong_in_a_figure_of_matplotlib_is_told() -> None:
    figure = line()
    figure.suptitle("$x^{$")
    with pytest.raises(gr.OutputError, match="Plot cannot draw this figure of matplotlib: "):
        gr.Plot().postprocess(figure)


def test_a_part_of_matplotlib_that_is_no_figure_is_told() -> None:
    with pytest.raises(gr.OutputError, match="Plot shows a Figure or Axes of matplotlib, but got Line2D"):
        gr.Plot().postprocess(Line2D([1], [2]))


def test_many_threads_draw_at_once() -> None:
    drawn: list[bytes] = []
    threads = [threading.Thread(target=lambda: drawn.append(picture(line()).read())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == [picture(line()).read()] * 8


@pytest.mark.parametrize(
    ("before", "backend"),
    [("", "agg"), ("import matplotlib; matplotlib.use('svg')", "svg")],
)
def test_where_no_backend_was_chosen_none_with_windows_will_be(before: str, backend: str) -> None:
    code = f"{before}\nimport minidemo, matplotlib; minidemo.Plot(); print(matplotlib.get_backend(auto_select=False))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == backend


def test_without_matplotlib_nothing_is_loaded() -> None:
    code = "import minidemo, sys; minidemo.Plot(); print({'matplotlib', 'numpy'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def bars() -> graph_objects.Figure:
    return graph_objects.Figure(graph_objects.Bar(x=["a", "b"], y=[1, float("nan")]))


def points() -> Any:
    figure = bokeh_figure(title="Points")
    figure.scatter([1, 2], [3, float("inf")])
    return figure


def chart() -> Any:
    data: Any = altair.Data(values=[{"a": 1}, {"a": float("nan")}])  # type: ignore[no-untyped-call]
    return altair.Chart(data).mark_point().encode(x="a:Q")


@pytest.mark.parametrize(
    ("library", "figure"), [("plotly", bars()), ("bokeh", points()), ("altair", chart()), ("altair", chart() | chart())]
)
def test_the_others_are_written_as_json_though_they_hold_numbers_that_json_has_no_word_for(
    library: str, figure: object
) -> None:
    shown = gr.Plot().postprocess(figure)
    assert shown["type"] == library
    assert isinstance(json.loads(shown["plot"], parse_constant=pytest.fail), dict)


@pytest.mark.parametrize(
    ("library", "part"),
    [
        ("plotly", graph_objects.Bar()),
        ("bokeh", Range1d()),
        ("altair", altair.X("a:Q")),
    ],
)
def test_a_part_of_a_figure_is_not_one(library: str, part: object) -> None:
    with pytest.raises(gr.OutputError, match=f"^Fig (shows whole figures of {library}|cannot show this)"):
        gr.Plot(label="Fig").postprocess(part)


def test_what_a_library_says_against_its_figure_is_told() -> None:
    rows = pandas.DataFrame({"a": range(6000)})
    with pytest.raises(gr.OutputError, match=r"Plot cannot show this Chart of altair: .*\.$"):
        gr.Plot().postprocess(altair.Chart(rows).mark_point().encode(x="a:Q"))


def test_altair_needs_the_package_that_holds_its_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(gr.OutputError, match=r"Run: pip install 'minidemo\[altair\]'"):
        gr.Plot().postprocess(chart())


@pytest.mark.parametrize("value", [5, "figure.png", [1, 2], b"", object, json])
def test_anything_else_is_told_with_the_four_libraries(value: object) -> None:
    with pytest.raises(
        gr.OutputError, match=r"^Fig shows a figure of matplotlib, plotly, bokeh or altair, but got .*\.$"
    ):
        gr.Plot(label="Fig").postprocess(value)


def test_pyplot_keeps_so_many_figures_of_failed_calls() -> None:
    figures: list[Figure] = []

    def fail() -> None:
        figures.extend(matplotlib.pyplot.figure() for _ in range(MAX_FIGURES // 2 + 1))
        raise ValueError

    visitor = Visitor(gr.Interface(fail, None, "plot"))
    try:
        with matplotlib.pyplot.rc_context({"figure.max_open_warning": 0}):
            assert [visitor.predict().status_code for _ in range(3)] == [500] * 3
        latest = [*range(1, 1 + len(figures))][-MAX_FIGURES:]
        assert matplotlib.pyplot.get_fignums() == latest
    finally:
        matplotlib.pyplot.close("all")


def test_an_object_that_is_no_figure_is_told() -> None:
    with pytest.raises(gr.OutputError, match=r"^Fig must be an object with a type and a plot, but got \{'a': 1\}"):
        gr.Plot(label="Fig").postprocess({"a": 1})


def test_it_is_an_input_only_with_a_value_which_it_passes_on() -> None:
    with pytest.raises(gr.ConfigurationError, match=r"^Plot shows figures, which visitors cannot change\. Put it into"):
        gr.Interface(lambda x: x, "plot", "text")
    visitor = Visitor(gr.Interface(lambda plot: plot, gr.Plot(line), gr.Plot()))
    [shown] = visitor.result(visitor.initial("mini-plot"))
    assert shown["type"] == "matplotlib"
    assert visitor.download(shown["plot"]).status_code == 200


def test_it_cannot_be_put_right_on_the_page() -> None:
    assert gr.Plot().correction() is None  # type: ignore[func-returns-value]  # that is the point


def test_the_wire_has_a_file_of_matplotlib_and_the_text_of_the_others() -> None:
    visitor = Visitor(gr.Interface(lambda: (line(), bars()), None, ["plot", "plot"]))
    first, second = visitor.result()
    assert first["type"] == "matplotlib"
    assert visitor.download(first["plot"]).content == picture(line()).read()
    assert second["type"] == "plotly"
    assert json.loads(second["plot"])["data"][0]["y"] == [1, None]


def test_an_svg_opened_by_itself_is_a_download() -> None:
    visitor = Visitor(gr.Interface(lambda: line(), None, "plot"))
    [shown] = visitor.result()
    answer = visitor.download(shown["plot"])
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
