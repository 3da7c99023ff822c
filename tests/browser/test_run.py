"""A page that is being written takes in edits, and keeps what was typed."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.running import running, write

DEMO = """
import minidemo as gr

def greet({first}, times):
    return f"{{{first}}} " * int(times)

demo = gr.Interface(greet, ["text", gr.Slider(1, 5, step=1, label="{label}")], "text", title="{title}")
demo.launch()
"""


def test_edits_appear_and_what_was_typed_stays(browser: Browser, tmp_path: Path) -> None:
    script = tmp_path / "app.py"
    write(script, DEMO.format(first="name", label="Times", title="First"))
    with running(script) as served, browser.new_context() as context:
        page = context.new_page()
        page.goto(served.url)
        page.get_by_label("Times").first.fill("3")
        page.get_by_label("name").fill("Ann")
        write(script, DEMO.format(first="name", label="How often", title="Second"))
        expect(page.get_by_role("heading", name="Second")).to_be_visible()
        expect(page.get_by_label("name")).to_have_value("Ann")
        expect(page.get_by_label("name")).to_be_focused()
        expect(page.get_by_label("How often").first).to_have_value("3")
        page.get_by_role("button", name="Submit").click()
        expect(page.get_by_label("Output")).to_have_value("Ann Ann Ann ")


def test_a_mistake_is_shown_until_it_is_mended(browser: Browser, tmp_path: Path) -> None:
    script = tmp_path / "app.py"
    right = DEMO.format(first="name", label="Times", title="Right")
    write(script, right)
    with running(script) as served, browser.new_context() as context:
        page = context.new_page()
        page.goto(served.url)
        page.get_by_label("name").fill("Ann")
        write(script, right + "\nif True\n")
        alert = page.get_by_role("alert").filter(has_text="Your script has an error.")
        expect(alert).to_be_visible()
        expect(alert).to_contain_text("SyntaxError: expected ':'")
        page.get_by_role("button", name="Submit").click()
        expect(page.get_by_label("Output")).to_have_value("Ann ")
        write(script, right)
        expect(alert).to_be_hidden()
        expect(page.get_by_label("name")).to_have_value("Ann")


def test_edited_styles_appear_too(browser: Browser, tmp_path: Path) -> None:
    script, styles = tmp_path / "app.py", tmp_path / "app.css"
    write(styles, "h1 { color: rgb(1, 2, 3) }")
    write(
        script,
        "import minidemo as gr\ngr.Interface(str.upper, 'text', 'text', title='Upper').launch(css_paths='app.css')\n",
    )
    with running(script) as served, browser.new_context() as context:
        page = context.new_page()
        page.goto(served.url)
        expect(page.get_by_role("heading", name="Upper")).to_have_css("color", "rgb(1, 2, 3)")
        write(styles, "h1 { color: rgb(4, 5, 6) }")
        expect(page.get_by_role("heading", name="Upper")).to_have_css("color", "rgb(4, 5, 6)")
