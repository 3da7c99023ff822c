"""Chatbot, in a browser."""

from playwright.sync_api import Locator, Page, expect

import minidemo as gr
from tests.browser import hostile
from tests.browser.axe import barriers, violations
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import flagged, identity, submit
from tests.components.pictures import gradient
from tests.xss import XSS

TALK = [
    {"role": "user", "content": "Hello"},
    {"role": "assistant", "content": "# Hi\n\n```python\nprint(1)\n```"},
]


def log(page: Page, name: str = "Output") -> Locator:
    return page.get_by_role("log", name=name)


def grows() -> gr.Interface:
    """Return a demo that says one thing more each time."""
    said: list[dict[str, str]] = []

    def more(text: str) -> list[dict[str, str]]:
        said.append({"role": "user" if len(said) % 2 == 0 else "assistant", "content": text})
        return list(said)

    return gr.Interface(more, gr.Textbox(label="x"), gr.Chatbot(label="Output"))


def test_a_conversation_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.Chatbot([*TALK, {"role": "user", "content": gr.Image(gradient())}]), gr.Chatbot()))
    expect(log(page, "x").get_by_role("heading", name="Hi")).to_be_visible()
    submit(page)
    expect(log(page).get_by_role("article")).to_have_count(3)
    expect(log(page).get_by_role("img")).to_have_js_property("complete", True)
    for held in flagged(page):
        assert [message["role"] for message in held] == ["user", "assistant", "user"]
        assert held[1]["content"] == [{"type": "text", "text": TALK[1]["content"]}]


def test_what_is_there_stays_when_more_is_said(visit: Visit) -> None:
    page = visit(grows())
    for count, word in enumerate(("one", "two", "three"), 1):
        page.get_by_label("x", exact=True).fill(word)
        submit(page)
        expect(log(page).get_by_role("article")).to_have_count(count)
        if count == 1:
            page.evaluate("window.first = document.querySelector('.message')")
    assert page.evaluate("window.first === document.querySelector('.message')")
    expect(log(page)).to_contain_text("three")


def test_clear_and_undo(visit: Visit) -> None:
    page = visit(grows())
    for word in ("one", "two"):
        page.get_by_label("x", exact=True).fill(word)
        submit(page)
        expect(log(page)).to_contain_text(word)
    page.get_by_role("button", name="Clear").click()
    expect(log(page).get_by_role("article")).to_have_count(0)
    expect(log(page)).to_contain_text("The result will appear here.")
    page.get_by_role("button", name="Undo").click()
    expect(log(page).get_by_role("article")).to_have_count(2)


def test_code_messages_and_all_can_be_copied(visit: Visit) -> None:
    page = visit(identity(gr.Chatbot(TALK), gr.Chatbot()))
    submit(page)
    field = page.locator('[data-label="Output"]')
    answer = field.get_by_role("article").nth(1)
    code, message = answer.get_by_role("button", name="Copy").all()
    copies = {
        "print(1)": code,
        TALK[1]["content"]: message,
        f"You: Hello\n\nAssistant: {TALK[1]['content']}": field.get_by_role("button", name="Copy all"),
    }
    for text, button in copies.items():
        page.evaluate("navigator.clipboard.writeText('')")
        button.click()
        page.wait_for_function("async text => await navigator.clipboard.readText() === text", arg=text)
    expect(field.get_by_text("Copied.")).to_be_visible()


def test_without_a_clipboard_the_text_is_selected(visit: Visit) -> None:
    page = visit(identity(gr.Chatbot(TALK), gr.Chatbot()))
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    field = page.locator('[data-label="x"]')
    for button, text in (("Copy", "Hello"), ("Copy all", "print(1)")):
        field.get_by_role("button", name=button).first.click()
        page.wait_for_function("text => String(getSelection()).includes(text)", arg=text)


def feedback(page: Page, message: int, name: str) -> Locator:
    return log(page).get_by_role("article").nth(message).get_by_role("button", name=name, exact=True)


def stored() -> list[tuple[str | None, int]]:
    """Return the reason of each flag, and how many messages it holds."""
    return [(record.option, len(record.outputs[0])) for record in gr.FlagStore("flagged").records()]


def test_an_answer_is_liked_and_no_longer_and_disliked(visit: Visit) -> None:
    talk = [*TALK, *TALK]
    page = visit(identity(gr.Chatbot(talk), gr.Chatbot(talk)))
    expect(feedback(page, 1, "Like")).to_be_hidden()
    submit(page)
    expect(feedback(page, 0, "Like")).to_have_count(0)
    expect(page.locator('[data-label="x"]').get_by_role("button", name="Like")).to_have_count(0)
    expect(feedback(page, 1, "Like")).to_have_attribute("aria-pressed", "false")
    feedback(page, 1, "Like").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    expect(feedback(page, 1, "Like")).to_have_attribute("aria-pressed", "true")
    assert stored() == [("Like", 2)]
    feedback(page, 1, "Dislike").click()
    expect(feedback(page, 1, "Dislike")).to_have_attribute("aria-pressed", "true")
    expect(feedback(page, 1, "Like")).to_have_attribute("aria-pressed", "false")
    assert stored() == [("Dislike", 2)]
    feedback(page, 1, "Dislike").press("Enter")
    expect(page.get_by_text("Flag removed.")).to_be_visible()
    expect(feedback(page, 1, "Dislike")).to_be_focused()
    expect(feedback(page, 1, "Dislike")).to_have_attribute("aria-pressed", "false")
    feedback(page, 3, "Like").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert stored() == [("Like", 4)]
    assert violations(page) == []


def test_feedback_stays_while_more_is_said_and_comes_back_with_undo(visit: Visit) -> None:
    page = visit(grows())
    for count, word in enumerate(("one", "two", "three"), 1):
        page.get_by_label("x", exact=True).fill(word)
        submit(page)
        expect(log(page).get_by_role("article")).to_have_count(count)
        if count == 2:
            feedback(page, 1, "Like").click()
            expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    expect(feedback(page, 1, "Like")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("button", name="Undo").click()
    feedback(page, 1, "Dislike").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert stored() == [("Like", 2), ("Dislike", 2)]


def test_feedback_that_is_too_old_stays_and_other_feedback_joins_it(visit: Visit) -> None:
    page = visit(identity(gr.Chatbot(TALK), gr.Chatbot(feedback_options=["Right", "Wrong"])))
    submit(page)
    feedback(page, 1, "Right").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    late = {"error": {"message": "It is too late.", "field": None}, "run": None}
    page.route("**/flag/undo", lambda route: route.fulfill(status=409, json=late))
    feedback(page, 1, "Right").click()
    expect(page.get_by_text("It is too late.")).to_be_visible()
    expect(feedback(page, 1, "Right")).to_have_attribute("aria-pressed", "true")
    feedback(page, 1, "Wrong").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    expect(page.get_by_text("It is too late.")).to_be_hidden()
    expect(feedback(page, 1, "Right")).to_have_attribute("aria-pressed", "false")
    assert stored() == [("Right", 2), ("Wrong", 2)]


def test_feedback_that_cannot_be_saved_says_so(visit: Visit) -> None:
    page = visit(identity(gr.Chatbot(TALK), gr.Chatbot()))
    submit(page)
    page.route("**/flag", lambda route: route.abort())
    feedback(page, 1, "Like").click()
    expect(page.get_by_text("Can't reach the server.")).to_be_visible()
    expect(feedback(page, 1, "Like")).to_have_attribute("aria-pressed", "false")
    page.unroute("**/flag")
    feedback(page, 1, "Like").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()


def test_a_demo_that_takes_no_flags_takes_no_feedback(visit: Visit) -> None:
    page = visit(gr.Interface(lambda x: TALK, "text", gr.Chatbot(label="Output"), flagging_mode="never"))
    page.get_by_role("button", name="Submit").click()
    expect(log(page).get_by_role("article")).to_have_count(2)
    expect(page.get_by_role("button", name="Like")).to_have_count(0)


def test_it_can_be_read_by_everybody_and_nothing_jumps(visit: Visit) -> None:
    gradient().save("me.png")
    talk = [*TALK, {"role": "system", "content": "Be kind."}] * 10
    page = visit(identity(gr.Chatbot(talk, height=200), gr.Chatbot(avatar_images=("me.png", None))))
    flag = page.get_by_role("button", name="Flag")
    before = flag.bounding_box()
    submit(page)
    assert flag.bounding_box() == before
    expect(log(page).get_by_text("Be kind.").last).to_be_in_viewport()
    assert barriers(page) == []


def test_hostile_text_stays_text(visit: Visit) -> None:
    hostile.shown(
        visit, gr.Chatbot(), lambda text: [{"role": "user", "content": f"{text}\n", "metadata": {"title": text}}]
    )


def test_hostile_html_runs_nothing_where_html_is_on(visit: Visit) -> None:
    hostile.shown(visit, gr.Chatbot(sanitize_html=False), lambda text: [(f"{text}\n", "hm")])


def test_hostile_text_in_the_page_itself(visit: Visit) -> None:
    texts = [hostile.sendable(text) for text in XSS]
    talk = [{"role": "user", "content": text, "metadata": {"title": text}} for text in texts]
    hostile.served(visit, [gr.Chatbot(talk, label="\n".join(texts), placeholder="\n\n".join(texts), buttons=[])])
