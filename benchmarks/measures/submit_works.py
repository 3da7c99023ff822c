"""How long a visitor has to wait until Submit works."""

from playwright.sync_api import Browser

from benchmarks.bench import Bench
from benchmarks.browser import chromium, probe
from benchmarks.rows import Row

ROUNDS = 15


def measure(bench: Bench) -> list[Row]:
    """Open each page in turn, press Submit all the time, and note the press that first made it send a request."""
    samples = bench.empty_samples()
    with bench.servers() as servers, chromium() as browser:
        for server in servers.values():
            milliseconds(browser, server.url)
        for subject in bench.turns(ROUNDS):
            samples[subject.key].append(milliseconds(browser, servers[subject.key].url))
    return [Row(key="submit-works", title="Until Submit works", unit="ms", samples=samples)]


def milliseconds(browser: Browser, url: str) -> float:
    """Open the page with an empty cache."""
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(probe() + "window.probe.pressUntilItWorks();")
        page.goto(url)
        page.wait_for_function("window.probe.works")
        return float(page.evaluate("window.probe.works"))
