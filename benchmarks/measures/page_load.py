"""What comes over the wire when the page is opened, and when something is first seen of it."""

from playwright.sync_api import Browser, BrowserContext

from benchmarks.bench import Bench
from benchmarks.browser import chromium
from benchmarks.network import Traffic, watch
from benchmarks.rows import Row

ROUNDS = 15
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
QUIET = 1000

Visit = tuple[Traffic, float]


def measure(bench: Bench) -> list[Row]:
    """Open each page in turn with an empty cache, and a second time with what the first visit left in it."""
    visits: dict[str, list[tuple[Visit, Visit]]] = {subject.key: [] for subject in bench.subjects}
    with bench.servers() as servers, chromium() as browser:
        for server in servers.values():
            two_visits(browser, server.url)
        for subject in bench.turns(ROUNDS):
            visits[subject.key].append(two_visits(browser, servers[subject.key].url))
    first = {key: [pair[0] for pair in pairs] for key, pairs in visits.items()}
    second = {key: [pair[1] for pair in pairs] for key, pairs in visits.items()}
    return [*rows("page", "First visit", first), *rows("revisit", "Next visit", second)]


def rows(key: str, title: str, visits: dict[str, list[Visit]]) -> list[Row]:
    """Name what was seen."""
    weight = {name: [traffic.received / 1000 for traffic, _ in seen] for name, seen in visits.items()}
    count = {name: [float(traffic.requests) for traffic, _ in seen] for name, seen in visits.items()}
    hosts = {name: [float(len(traffic.other_hosts)) for traffic, _ in seen] for name, seen in visits.items()}
    paint = {name: [milliseconds for _, milliseconds in seen] for name, seen in visits.items()}
    return [
        Row(key=f"{key}-weight", title=f"{title}: page weight over the wire", unit="kB", samples=weight),
        Row(key=f"{key}-requests", title=f"{title}: requests", unit="", samples=count),
        Row(key=f"{key}-hosts", title=f"{title}: other hosts asked", unit="", samples=hosts),
        Row(key=f"{key}-paint", title=f"{title}: first paint", unit="ms", samples=paint),
    ]


def two_visits(browser: Browser, url: str) -> tuple[Visit, Visit]:
    """Visit the page twice as one visitor."""
    with browser.new_context() as context:
        return visit(context, url), visit(context, url)


def visit(context: BrowserContext, url: str) -> Visit:
    """Open the page and wait until nothing was asked for during a second."""
    page = context.new_page()
    traffic = watch(page, url)
    page.goto(url)
    seen = -1
    while seen != traffic.requests:
        seen = traffic.requests
        page.wait_for_timeout(QUIET)
    paint = float(page.evaluate(PAINT))
    page.close()
    return traffic, paint
