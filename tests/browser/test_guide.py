"""The guide's two demos: what a visitor does, and what the folder of flags then holds."""

from pathlib import Path

import PIL.Image
from playwright.sync_api import Page, expect

import minidemo as gr
from tests.browser.conftest import Visit

CALCULATOR = """\
num1,operation,num2,Output
5,add,7,12
6,subtract,1.5,4.5
"""
SEPIA = """\
im,Output
im/0.png,Output/0.png
im/1.png,Output/1.png
"""


def calculator(num1: float, operation: str, num2: float) -> float:
    return num1 + num2 if operation == "add" else num1 - num2


def calculate(page: Page, num1: str, operation: str, num2: str, result: str) -> None:
    page.get_by_label("num1").fill(num1)
    page.get_by_label(operation, exact=True).check()
    page.get_by_label("num2").fill(num2)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_label("Output")).to_have_value(result)


def flag(page: Page) -> None:
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()


def test_the_calculator(visit: Visit) -> None:
    page = visit(gr.Interface(calculator, ["number", gr.Radio(["add", "subtract"]), "number"], "number"))
    assert not Path("flagged").exists()
    calculate(page, "5", "add", "7", "12")
    flag(page)
    calculate(page, "6", "subtract", "1.5", "4.5")
    flag(page)
    assert Path("flagged/logs.csv").read_bytes() == CALCULATOR.encode()
    assert tree() == ["logs.csv"]


def test_sepia(visit: Visit) -> None:
    received: list[PIL.Image.Image] = []
    returned: list[PIL.Image.Image] = []

    def sepia(im: PIL.Image.Image) -> PIL.Image.Image:
        received.append(im.copy())
        returned.append(im.convert("L"))
        return returned[-1]

    page = visit(gr.Interface(sepia, gr.Image(type="pil"), "image"))
    for row, size in enumerate([(40, 30), (31, 17)]):
        PIL.Image.effect_noise(size, 90).convert("RGB").save(f"{row}.png")
        page.get_by_label("im", exact=True).set_input_files(f"{row}.png")
        page.get_by_role("button", name="Submit").click()
        expect(page.get_by_role("button", name="Flag")).to_be_enabled()
        expect(page.locator("[data-picture]").last).to_have_js_property("naturalWidth", size[0])
        flag(page)
    assert Path("flagged/logs.csv").read_bytes() == SEPIA.encode()
    assert tree() == ["Output", "Output/0.png", "Output/1.png", "im", "im/0.png", "im/1.png", "logs.csv"]
    for row in range(2):
        assert same(Path(f"flagged/im/{row}.png"), received[row])
        assert same(Path(f"flagged/Output/{row}.png"), returned[row])


def tree() -> list[str]:
    """Return what `ls -R` shows: all but the dot folders."""
    names = [path.relative_to("flagged").as_posix() for path in Path("flagged").rglob("*")]
    return sorted(name for name in names if not name.startswith("."))


def same(path: Path, image: PIL.Image.Image) -> bool:
    with PIL.Image.open(path) as stored:
        return (stored.mode, stored.size, stored.tobytes()) == (image.mode, image.size, image.tobytes())
