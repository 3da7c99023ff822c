"""How long it takes from a click on Submit until the result is shown."""

from playwright.sync_api import Browser, Page

from benchmarks.bench import Bench
from benchmarks.browser import chromium, probe
from benchmarks.rows import Row

ROUNDS = 100
WARM_UP = 5


def measure(bench: Bench) -> list[Row]:
    """Keep one page of each subject open and click on them in turn; each time the sum is another."""
    samples = bench.empty_samples()
    with bench.servers() as servers, chromium() as browser:
        pages = {key: opened(browser, server.url) for key, server in servers.items()}
        for number, subject in enumerate((*bench.subjects * WARM_UP, *bench.turns(ROUNDS))):
            call = "([shown, first]) => window.probe.clickToResult(shown, first, 7)"
            samples[subject.key].append(float(pages[subject.key].evaluate(call, [subject.output, number])))
    warm = {key: values[WARM_UP:] for key, values in samples.items()}
    return [Row(key="click", title="Click to result", unit="ms", samples=warm)]


def opened(browser: Browser, url: str) -> Page:
    """Open the page and wait until Submit works."""
    page = browser.new_context().new_page()
    page.add_init_script(probe() + "window.probe.pressUntilItWorks();")
    page.goto(url)
    page.wait_for_function("window.probe.works")
    page.wait_for_timeout(1000)
    return page
