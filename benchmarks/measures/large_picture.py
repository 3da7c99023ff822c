"""How long a photo of 12 megapixels takes through a filter, and what that costs the server."""

import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import sleep

from PIL import Image
from playwright.sync_api import Browser

from benchmarks.bench import Bench
from benchmarks.browser import chromium, probe
from benchmarks.processes import forget_peak, memory, peak
from benchmarks.rows import Row
from benchmarks.servers import serving

ROUNDS = 5
SIZE = (4000, 3000)
TONES = (0.393, 0.769, 0.189, 0, 0.349, 0.686, 0.168, 0, 0.272, 0.534, 0.131, 0)


def measure(bench: Bench) -> list[Row]:
    """Give a fresh server one photo each time, as what was shown is kept to be flagged; do the bare work beside it."""
    shown, ratios, megabytes = bench.empty_samples(), bench.empty_samples(), bench.empty_samples()
    with TemporaryDirectory(prefix="minidemo-bench-") as folder, chromium() as browser:
        photo = Path(folder) / "photo.jpg"
        take(photo)
        for subject in bench.turns(ROUNDS):
            if not subject.script("sepia").exists():
                continue
            with serving(subject, Path(folder) / subject.key, app="sepia") as server:
                sleep(1)
                idle = memory(server.pid)
                forget_peak(server.pid)
                bare = median(filtered(photo) for _ in range(3))
                took = milliseconds(browser, server.url, photo)
                shown[subject.key].append(took)
                ratios[subject.key].append(took / bare)
                megabytes[subject.key].append(peak(server.pid) - idle)
    return [
        Row(key="picture", title="A photo of 12 megapixels through a filter", unit="ms", samples=shown),
        Row(key="picture-ratio", title="The same / decoding and filtering it in a script", unit="x", samples=ratios),
        Row(key="picture-memory", title="Memory for it at the peak, above idle", unit="MB", samples=megabytes),
    ]


def take(photo: Path) -> None:
    """Make a photo: light that falls off, and the noise of a sensor."""
    light = Image.linear_gradient("L").resize(SIZE)
    glow = Image.radial_gradient("L").resize(SIZE)
    bands = (light, glow, light.transpose(Image.Transpose.ROTATE_180))
    noisy = [Image.blend(band, Image.effect_noise(SIZE, 60), 0.3) for band in bands]
    Image.merge("RGB", noisy).save(photo, quality=90)


def filtered(photo: Path) -> float:
    """Do in this process what the demo does, and return the milliseconds."""
    started = time.perf_counter()
    with Image.open(photo) as image:
        image.convert("RGB", TONES)
    return (time.perf_counter() - started) * 1000


def milliseconds(browser: Browser, url: str, photo: Path) -> float:
    """Upload the photo, and time from a click on Submit until the result is decoded and ready to be painted."""
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(probe())
        page.goto(url)
        with page.expect_response(lambda response: "upload" in response.url):
            page.set_input_files("input[type=file]", photo)
        page.wait_for_timeout(2000)  # until the page has drawn the photo itself
        return float(page.evaluate("() => window.probe.clickToPicture()"))
