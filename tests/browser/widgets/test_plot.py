"""Plot, in a browser."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import altair
import PIL.Image
import pytest
from bokeh.layouts import column
from bokeh.models.widgets import Div
from bokeh.plotting import figure as bokeh_figure
from matplotlib.figure import Figure
from playwright.sync_api import Browser, Error, FrameLocator, Page, expect
from plotly import graph_objects

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import flagged, submit


def line() -> Figure:
    figure = Figure()
    figure.subplots().plot([1, 3, 2])
    return figure


def bars(title: str = "Bars") -> graph_objects.Figure:
    return graph_objects.Figure(graph_objects.Bar(x=["a", "b"], y=[1, 3]), {"title": {"text": title}})


def points(title: str = "Points") -> Any:
    figure = bokeh_figure(title=title)
    figure.scatter([1, 2, 3], [3, 1, 2])
    return figure


def squares(title: str = "Squares") -> Any:
    data: Any = {"values": [{"x": x, "y": x * x} for x in range(9)]}
    return altair.Chart(data, title=title).mark_line().encode(x="x:Q", y="y:Q")


DRAWN: dict[Callable[..., Any], str] = {bars: "svg.main-svg >> nth=0", points: ".bk-Figure", squares: "svg.marks"}
"""What of each figure is seen in the frame."""
each = pytest.mark.parametrize("draw", DRAWN)


def shows(draw: Callable[[], Any], **options: Any) -> gr.Interface:
    """Return a demo that shows a figure; text in its input is the title of another."""
    return gr.Interface(lambda x: draw(*[x] if x else []), gr.Textbox(label="x"), gr.Plot(label="Output"), **options)


def frame(page: Page) -> FrameLocator:
    """Return the frame in which the figure is drawn."""
    return page.frame_locator("iframe[title=Output]")


def seen(page: Page, draw: Callable[[], Any]) -> None:
    """Submit, and wait until the figure is drawn; loading a library takes its time."""
    submit(page)
    expect(frame(page).locator(DRAWN[draw])).to_be_visible(timeout=20_000)


def test_a_figure_of_matplotlib_is_a_picture_and_goes_into_a_flag(visit: Visit) -> None:
    page = visit(shows(line))
    submit(page)
    picture = page.get_by_role("img", name="Output")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 300
    _, stored = flagged(page)
    assert stored["type"] == "matplotlib"
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert Path(download.value.path()).read_bytes() == stored["plot"].read()
    assert download.value.suggested_filename == "plot.svg"


@each
def test_an_interactive_figure_is_drawn_and_goes_into_a_flag(visit: Visit, draw: Callable[[], Any]) -> None:
    page = visit(shows(draw))
    seen(page, draw)
    box = frame(page).locator(DRAWN[draw]).bounding_box()
    place = page.locator("iframe").bounding_box()
    assert box is not None
    assert place is not None
    assert place["width"] - 20 < box["width"] < place["width"] + 1
    assert place["height"] - 20 < box["height"] < place["height"] + 1
    _, stored = flagged(page)
    assert stored == page.locator("mini-plot").evaluate("plot => plot.value")
    assert json.loads(stored["plot"])


@each
def test_another_figure_takes_its_place(visit: Visit, draw: Callable[[], Any]) -> None:
    page = visit(shows(draw))
    seen(page, draw)
    page.locator("iframe").evaluate("frame => frame.dataset.mark = 'the first'")
    page.get_by_label("x", exact=True).fill("Another")
    seen(page, draw)
    expect(page.locator("iframe")).to_have_attribute("data-mark", "the first")
    expect(frame(page).locator(DRAWN[draw])).to_have_count(1)


@each
def test_it_follows_dark_and_light_and_the_width_of_the_page(visit: Visit, draw: Callable[[], Any]) -> None:
    page = visit(shows(draw))
    seen(page, draw)
    root = frame(page).locator("html")
    expect(root).to_have_css("color-scheme", "light")
    page.get_by_label("Theme").select_option("Dark")
    expect(root).to_have_css("color-scheme", "dark")
    page.get_by_label("Theme").select_option("System")
    expect(root).to_have_css("color-scheme", "light")
    page.emulate_media(color_scheme="dark")
    expect(root).to_have_css("color-scheme", "dark")
    page.set_viewport_size({"width": 320, "height": 700})
    drawn = frame(page).locator(DRAWN[draw])
    page.wait_for_function("document.querySelector('iframe').clientWidth < 300")
    expect(drawn).to_be_visible()
    page.wait_for_function("document.documentElement.scrollWidth <= 320")


@each
def test_a_picture_of_it_can_be_downloaded(visit: Visit, draw: Callable[[], Any]) -> None:
    page = visit(shows(draw))
    seen(page, draw)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    with PIL.Image.open(download.value.path()) as image:
        assert image.format == "PNG"
        assert image.width > 300


def test_what_bokehs_core_does_not_know_is_loaded_when_a_figure_needs_it(visit: Visit) -> None:
    page = visit(shows(lambda: column(points(r"$$\alpha$$"), Div(text="Words"))))
    seen(page, points)
    expect(frame(page).get_by_text("Words")).to_be_visible(timeout=20_000)


def test_figures_of_several_libraries_in_turn(visit: Visit) -> None:
    figures: dict[str, Callable[[], Any]] = {"bars": bars, "line": line, "nothing": lambda: None}
    page = visit(gr.Interface(lambda x: figures[x](), gr.Textbox(label="x"), gr.Plot(label="Output")))
    page.get_by_label("x", exact=True).fill("bars")
    seen(page, bars)
    page.get_by_label("x", exact=True).fill("line")
    submit(page)
    expect(page.get_by_role("img", name="Output")).to_be_visible()
    expect(page.locator("iframe")).to_have_count(0)
    page.get_by_label("x", exact=True).fill("nothing")
    submit(page)
    expect(page.get_by_text("The result will appear here.")).to_be_visible()
    expect(page.get_by_role("button", name="Full screen")).to_be_hidden()


def test_clear_takes_the_figure_away_and_undo_brings_it_back(visit: Visit) -> None:
    page = visit(shows(bars))
    seen(page, bars)
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("iframe")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(frame(page).locator(DRAWN[bars])).to_be_visible(timeout=20_000)


def test_a_figure_fills_the_screen(visit: Visit) -> None:
    page = visit(shows(line))
    submit(page)
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("document.fullscreenElement?.matches('.plot')")


def test_an_initial_figure_is_there_from_the_start(visit: Visit) -> None:
    page = visit(gr.Interface(lambda: None, None, gr.Plot(bars(), label="Output")))
    expect(frame(page).locator(DRAWN[bars])).to_be_visible(timeout=20_000)


def test_a_figure_that_its_library_cannot_draw_is_told(visit: Visit) -> None:
    broken = {"type": "altair", "plot": '{"$schema": "https://vega.github.io/schema/vega-lite/v6.json"}'}
    page = visit(shows(lambda: broken))
    submit(page)
    expect(page.get_by_text("This figure can't be drawn: ")).to_be_visible(timeout=20_000)


def test_the_frame_is_shut_off_from_the_page_and_from_the_world(browser: Browser) -> None:
    spy: Any = "https://elsewhere.example/data.json"
    demo = shows(lambda: altair.Chart(spy).mark_point().encode(x="x:Q"))
    asked: list[str] = []
    with demo.running() as url, browser.new_context() as context:
        context.route(lambda address: not address.startswith(url), lambda route: asked.append(route.request.url))
        page = context.new_page()
        page.goto(url)
        seen(page, squares)
        root = frame(page).locator("html")
        assert root.evaluate("() => origin") == "null"
        with pytest.raises(Error, match="SecurityError"):
            root.evaluate("() => parent.document.title")
        for reach in (
            f"fetch('{url}')",
            "fetch('https://elsewhere.example')",
            "import('https://elsewhere.example/x.js')",
        ):
            with pytest.raises(Error, match="TypeError"):
                root.evaluate(f"() => {reach}")
        root.evaluate("() => { location = 'https://elsewhere.example/?secret' }")
        page.get_by_role("button", name="Clear").click()
        expect(page.locator("iframe")).to_have_count(0)
    assert asked == []


def test_what_is_not_of_the_frame_is_not_listened_to(visit: Visit) -> None:
    page = visit(shows(bars))
    seen(page, bars)
    page.evaluate("postMessage({ state: 'failed', reason: 'spoofed' })")
    page.evaluate("new Promise(requestAnimationFrame)")
    assert "spoofed" not in page.locator("mini-plot").inner_text()


def test_a_script_in_an_svg_does_not_run_when_it_is_opened(visit: Visit) -> None:
    Path("evil.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>top.ran = true</script></svg>')
    page = visit(gr.Interface(lambda: "evil.svg", None, gr.Image(label="Output")))
    page.get_by_role("button", name="Generate").click()
    address = page.get_by_role("link", name="Download").evaluate("link => link.href")
    with page.expect_download(), pytest.raises(Error, match="Download is starting"):
        page.goto(address)
    assert page.evaluate("window.ran") is None
