"""A function that goes on: its results, its progress and its messages on the page, Stop, and a page loaded anew."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

import minidemo as gr
from tests.browser.axe import violations
from tests.browser.conftest import Visit
from tests.engine.test_streaming import Tap


def demo(tap: Tap, output: Any = "text", **options: Any) -> gr.Interface:
    return gr.Interface(tap, gr.Textbox(label="text"), output, **options)


def submit(page: Page, text: str = "ab") -> None:
    page.get_by_label("text").fill(text)
    page.keyboard.press("Control+Enter")


def stop(page: Page) -> Locator:
    return page.get_by_role("button", name="Stop")


def press_stop(page: Page) -> None:
    """Press Stop, and wait until the server knows of it."""
    with page.expect_response("**/cancel"):
        page.get_by_role("button", name="Stop").click()


def output(page: Page) -> Locator:
    return page.get_by_label("Output")


def test_results_are_shown_as_they_come(visit: Visit) -> None:
    tap = Tap()
    page = visit(demo(tap))
    submit(page)
    for text in ("ab", "abab", "ababab"):
        tap.drops.release()
        expect(output(page)).to_have_value(text)
    expect(page.get_by_text("Running, ")).to_be_visible()
    tap.drops.release(100)
    expect(page.get_by_text("That was all.")).to_be_visible()
    expect(output(page)).to_have_value("ab" * 50)
    expect(page.get_by_text("Incomplete: the demo failed before it finished")).to_be_visible()


def test_a_text_that_grows_fast_is_complete(visit: Visit) -> None:
    def story() -> Iterator[str]:
        text = ""
        for i in range(1000):
            text += f"{i:09} "
            yield text

    page = visit(gr.Interface(story, None, gr.Textbox(label="Output")))
    page.get_by_role("button", name="Generate").click()
    expect(page.get_by_role("button", name="Flag")).to_be_enabled()
    expect(output(page)).to_have_value("".join(f"{i:09} " for i in range(1000)))


def test_stop_leaves_what_came_and_it_can_be_flagged(visit: Visit) -> None:
    tap = Tap()
    page = visit(demo(tap))
    expect(stop(page)).to_be_hidden()
    submit(page)
    tap.drops.release()
    expect(output(page)).to_have_value("ab")
    press_stop(page)
    expect(page.get_by_text("Stopping…")).to_be_visible()
    tap.drops.release()
    expect(page.get_by_text("Stopped", exact=True)).to_be_visible()
    expect(stop(page)).to_be_hidden()
    assert tap.ended.wait(60)
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    (record,) = gr.FlagStore("flagged").records()
    assert (record.error, record.outputs[0][:2]) == ("Stopped.", "ab")


def test_who_waits_can_leave_the_queue(visit: Visit) -> None:
    release = threading.Event()
    page = visit(gr.Interface(lambda text: release.wait(60), gr.Textbox(label="text"), "text"))
    submit(page)
    other = page.context.new_page()
    other.goto(page.url)
    submit(other)
    expect(other.get_by_text("Waiting, you are next").first).to_be_visible()
    expect(stop(page)).to_be_hidden()
    stop(other).click()
    expect(other.get_by_text("Waiting")).to_be_hidden()
    release.set()
    expect(output(page)).to_have_value("True")


@pytest.mark.parametrize("kind", [gr.Markdown, gr.Chatbot])
def test_what_the_server_renders_is_shown_as_it_comes(visit: Visit, kind: Any) -> None:
    tap = Tap()

    def talk(text: str) -> Iterator[Any]:
        for said in tap(text):
            yield said if kind is gr.Markdown else [{"role": "assistant", "content": said}]

    page = visit(gr.Interface(talk, gr.Textbox(label="text"), kind(label="Output")))
    submit(page, "**a** ")
    tap.drops.release()
    expect(page.locator("strong")).to_have_text(["a"])
    tap.drops.release()
    expect(page.locator("strong")).to_have_text(["a", "a"])
    tap.drops.release(100)
    expect(page.get_by_text("That was all.")).to_be_visible()


def test_a_page_that_is_loaded_anew_comes_back_to_its_run(visit: Visit) -> None:
    tap = Tap()
    page = visit(demo(tap))
    submit(page)
    tap.drops.release()
    expect(output(page)).to_have_value("ab")
    page.reload()
    expect(page.get_by_label("text")).to_have_value("ab")
    expect(output(page)).to_have_value("ab")
    tap.drops.release()
    expect(output(page)).to_have_value("abab")
    press_stop(page)
    tap.drops.release()
    expect(page.get_by_text("Stopped", exact=True)).to_be_visible()
    page.reload()
    expect(output(page)).to_have_value("")


def test_a_run_that_ended_meanwhile_is_shown_to_a_page_loaded_anew(visit: Visit) -> None:
    began, release = threading.Event(), threading.Event()

    def slow(text: str) -> str:
        began.set()
        release.wait(60)
        return text.upper()

    page = visit(gr.Interface(slow, gr.Textbox(label="text"), "text"))
    submit(page)
    assert began.wait(60)

    def late(route: Route) -> None:
        release.set()
        route.continue_()

    page.route("**/runs/*", late)
    page.reload()
    expect(output(page)).to_have_value("AB")
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()


def test_a_run_that_the_server_has_forgotten_is_told(visit: Visit) -> None:
    page = visit(demo(Tap()))
    page.evaluate(
        "sessionStorage.setItem('minidemo-run ' + JSON.parse(config.textContent).endpoints[0].name, JSON.stringify("
        "{run: 'gone', session: 'abcdefgh', data: ['x']}))"
    )
    page.reload()
    expect(page.get_by_text("This result has expired.")).to_be_visible()
    expect(page.get_by_label("text")).to_have_value("x")
    page.evaluate(
        "sessionStorage.setItem('minidemo-run ' + JSON.parse(config.textContent).endpoints[0].name, '{\"data\": []}')"
    )
    page.reload()
    expect(page.get_by_label("text")).to_have_value("")


def test_a_lost_connection_is_found_again(visit: Visit) -> None:
    tap = Tap()
    page = visit(demo(tap))
    page.evaluate(
        """() => {
            const ask = window.fetch;
            let cut = false;
            window.fetch = async (url, options) => {
                const response = await ask(url, options);
                if (cut || !String(url).endsWith("predict")) return response;
                cut = true;
                const reader = response.body.getReader();
                const body = new ReadableStream({
                    async pull(controller) {
                        const { value } = await reader.read();
                        controller.enqueue(value);
                        window.cut = () => { controller.error(new TypeError("cut")); reader.cancel(); };
                    },
                });
                return new Response(body, { headers: response.headers });
            };
        }"""
    )
    submit(page)
    tap.drops.release()
    expect(output(page)).to_have_value("ab")
    page.evaluate("window.cut()")
    tap.drops.release()
    expect(output(page)).to_have_value("abab")
    press_stop(page)
    tap.drops.release()
    expect(page.get_by_text("Stopped", exact=True)).to_be_visible()


def test_progress_is_a_bar_with_words(visit: Visit) -> None:
    steps = threading.Semaphore(0)

    def work(text: str, progress: gr.Progress = gr.Progress()) -> str:  # noqa: B008  # as Gradio's users write it
        for _ in progress.tqdm(range(4), desc="Reading", unit="pages"):
            steps.acquire()
        progress(0.5, desc="Sorting")
        steps.acquire()
        return text

    page = visit(gr.Interface(work, gr.Textbox(label="text"), gr.Textbox(label="Output")))
    flag = page.get_by_role("button", name="Flag").bounding_box()
    submit(page)
    bar = page.get_by_role("progressbar")
    expect(page.get_by_text("Reading, 0/4 pages")).to_be_visible()
    steps.release()
    expect(page.get_by_text("Reading, 1/4 pages")).to_be_visible()
    expect(bar).to_have_js_property("value", 0.25)
    assert page.get_by_role("button", name="Flag").bounding_box() == flag
    assert violations(page) == []
    steps.release(3)
    expect(page.get_by_text("Sorting, 50%")).to_be_visible()
    expect(stop(page)).to_be_visible()
    steps.release()
    expect(output(page)).to_have_value("ab")
    expect(bar).to_be_hidden()


def test_a_function_speaks_to_its_visitor(visit: Visit) -> None:
    def speak(text: str) -> str:
        gr.Info("Half way", duration=None)
        gr.Warning("<b>Careful</b>", title="Mind", duration=60)
        gr.Success("Done")
        gr.Info("Nobody reads this", visible=False)
        return text

    page = visit(gr.Interface(speak, gr.Textbox(label="text"), gr.Textbox(label="Output")))
    submit(page)
    expect(output(page)).to_have_value("ab")
    messages = page.get_by_role("log")
    for text in ("Info Half way", "Mind <b>Careful</b>", "Success Done"):
        expect(messages.get_by_text(text)).to_be_visible()
    expect(messages.get_by_text("Nobody")).to_have_count(0)
    expect(page.get_by_label("text")).to_be_focused()
    assert violations(page) == []
    messages.get_by_role("button", name="Close").first.click()
    expect(messages.get_by_text("Half way")).to_have_count(0)
