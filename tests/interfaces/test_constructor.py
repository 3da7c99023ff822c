"""The constructor of Interface: what surrounds the function, and what is said of it in the API."""

import functools
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response

import minidemo as gr
from minidemo.flagging.policy import FlaggingOptions
from minidemo.layout.buttons import ActionButton
from tests.components.pictures import encoded, gradient
from tests.visitor import Visitor

POLICY = "flagging_"


def add(a: float, b: float = 1) -> float:
    """Add two numbers."""
    return a + b


def build(**options: Any) -> gr.Interface:
    return gr.Interface(add, **{"inputs": ["number", "number"], "outputs": "number", **options})


@pytest.mark.parametrize(
    "make",
    [
        lambda: build(inputs="nmber"),
        lambda: build(outputs=["number", 5]),
        lambda: gr.Slider(min=1),  # type: ignore[call-arg]
        lambda: gr.Image(type="PIL"),  # type: ignore[arg-type]
        lambda: gr.TextArea(lnes=1),  # type: ignore[call-arg]
        lambda: build().launch(port=80),  # type: ignore[call-arg]
        lambda: build().queue(max_size=-1),
        lambda: gr.create_app(build().page, max_file_size="big"),
        lambda: gr.mount_app(FastAPI(), build(), "/"),
    ],
)
def test_the_traceback_of_a_mistake_stops_at_the_authors_line(make: Callable[[], object]) -> None:
    with pytest.raises(gr.ConfigurationError) as caught:
        make()
    ours = [entry for entry in caught.traceback if Path(entry.path).is_relative_to(Path(gr.__file__).parent)]
    assert len(ours) == 1


def page(**options: Any) -> str:
    return Visitor(build(**options)).http.get("/").text


def documented(**options: Any) -> dict[str, Any]:
    """Return what the API's documentation shows as calls."""
    document = Visitor(build(**options)).http.get("/openapi.json").json()
    content = document["paths"]["/predict"]["post"]["requestBody"]["content"]["application/json"]
    examples: dict[str, Any] = content["examples"]
    return examples


def buttons(demo: gr.Interface) -> dict[str, str | None]:
    return {node.action: node.text for node in demo.page.layout.walk() if isinstance(node, ActionButton)}


def test_an_unknown_argument_is_answered_with_a_known_one() -> None:
    with pytest.raises(gr.ConfigurationError) as error:
        build(tilte="Sums")
    assert str(error.value).startswith("Interface got an unknown argument 'tilte'. Did you mean 'title'")


def test_arguments_without_effect_are_accepted() -> None:
    assert Visitor(build(analytics_enabled=False, allow_duplication=True)).result(1, 2) == [3]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"api_name": "two words"}, "api_name is 'two words'; expected letters, digits, _ and -"),
        (
            {"api_visibility": "secret"},
            "api_visibility is 'secret'; expected one of 'public', 'undocumented', 'private'.",
        ),
        ({"api_description": 5}, "api_description is 5; expected text, or False for none."),
        ({"show_progress": "some"}, "show_progress is 'some'; expected one of 'full', 'minimal', 'hidden'."),
        ({"submit_btn": 5}, "submit_btn is 5; expected text, a Button, or None for no button."),
        ({"title": 5}, "title is 5; expected text."),
        ({"fill_width": "yes"}, "fill_width is 'yes'; expected True or False."),
        ({"description": 5}, "description is 5; expected Markdown, or the Path of a file."),
        ({"article": Path("missing.md")}, "article names the file 'missing.md', which cannot be read: "),
        (
            {"inputs": "number", "additional_inputs": "number", "additional_inputs_accordion": 5},
            "additional_inputs_accordion is 5; expected a label, or an Accordion.",
        ),
    ],
)
def test_mistakes_show_while_the_demo_is_built(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(gr.ConfigurationError) as error:
        gr.Interface(add, **{"inputs": ["number", "number"], "outputs": "number"} | arguments)
    assert said in str(error.value)


class TestButtons:
    def test_they_bear_our_words_by_default(self) -> None:
        assert buttons(build()) == {"clear": None, "stop": None, "submit": None}
        assert buttons(build(submit_btn="Submit")) == {"clear": None, "stop": None, "submit": None}

    def test_they_can_be_named(self) -> None:
        html = page(submit_btn="Go", stop_btn="Halt", clear_btn="Away with it")
        assert [word in html for word in ("Go", "Halt", "Away with it")] == [True] * 3

    @pytest.mark.parametrize("nothing", [None, ""])
    def test_they_can_be_left_out(self, nothing: str | None) -> None:
        assert buttons(build(submit_btn=nothing, stop_btn=nothing, clear_btn=nothing)) == {}
        assert buttons(build(clear_btn=nothing)) == {"stop": None, "submit": None}

    def test_a_button_lends_its_looks(self) -> None:
        encoded_icon = encoded(gradient(2, 2))
        Path("go.png").write_bytes(encoded_icon)
        wish = gr.Button("Go", variant="stop", size="sm", icon="go.png", elem_id="go", elem_classes="big")
        html = page(submit_btn=wish)
        assert re.search(
            r'<button type="button" id="go" class="button stop size-sm big" [^>]*>\s*<img [^>]*>Go</button>', html
        )
        assert "widgets/button.css" in html

    def test_a_button_can_be_hidden_or_switched_off(self) -> None:
        html = page(clear_btn=gr.Button("Clear", visible=False), submit_btn=gr.Button(None, interactive=False))
        assert re.search(r'data-action="clear" [^>]*hidden>Clear<', html)
        assert re.search(r'data-action="submit" [^>]*disabled>Submit<', html)


class TestAdditionalInputs:
    def test_they_come_last_in_a_closed_accordion(self) -> None:
        demo = gr.Interface(add, "number", "number", additional_inputs=gr.Slider(0, 9, value=2))
        assert Visitor(demo).result(1, 2) == [3]
        html = Visitor(demo).http.get("/").text
        inside = html.split("<details")[1].split("</details>")[0]
        assert "<summary>Additional inputs</summary>" in inside
        assert 'data-label="b"' in inside
        assert " open" not in inside.split("\n")[0]

    def test_the_accordion_can_be_named(self) -> None:
        demo = gr.Interface(add, "number", "number", additional_inputs="number", additional_inputs_accordion="More")
        assert "<summary>More</summary>" in Visitor(demo).http.get("/").text

    def test_the_accordion_can_be_chosen(self) -> None:
        more = gr.Accordion("More", open=True, visible=False, elem_id="more", elem_classes=["quiet"])
        demo = gr.Interface(add, "number", "number", additional_inputs="number", additional_inputs_accordion=more)
        html = Visitor(demo).http.get("/").text
        assert '<details class="accordion quiet" id="more" open hidden>' in html

    def test_all_inputs_may_be_additional(self) -> None:
        demo = gr.Interface(add, None, "number", additional_inputs=["number", "number"])
        assert Visitor(demo).result(1, 2) == [3]


class TestApi:
    def test_the_endpoint_is_called_like_the_function(self) -> None:
        assert documented() == {
            "add": {"summary": "add", "description": "Add two numbers.", "value": {"endpoint": "add", "data": [3, 3]}}
        }

    def test_name_and_description_can_be_chosen(self) -> None:
        shown = documented(api_name="/sum", api_description="Sums.")
        assert shown["sum"]["description"] == "Sums."
        assert Visitor(build(api_name="sum")).predict(1, 2, endpoint="sum").json()["data"] == [3]

    def test_the_description_can_be_left_out(self) -> None:
        assert "description" not in documented(api_description=False)["add"]

    @pytest.mark.parametrize(
        ("fn", "name"),
        [(lambda a: a, "predict"), (functools.partial(add, b=2), "add"), (abs, "abs"), ("a{}".format, "format")],
    )
    def test_any_callable_has_a_name(self, fn: Any, name: str) -> None:
        assert [*gr.Interface(fn, "number", "text").page.endpoints] == [name]

    def test_an_undocumented_endpoint_can_be_called(self) -> None:
        assert documented(api_visibility="undocumented") == {}
        assert Visitor(build(api_visibility="undocumented")).result(1, 2) == [3]

    @pytest.mark.parametrize("private", [{"api_visibility": "private"}, {"api_name": False}])
    def test_a_private_endpoint_is_for_its_page_alone(self, private: dict[str, Any]) -> None:
        assert documented(**private) == {}
        visitor = Visitor(build(**private))

        def call(**headers: str) -> Response:
            return visitor.http.post("/predict", json={"data": [1, 2]}, headers=headers)

        assert call().status_code == 404
        assert call().json()["error"]["message"] == "This demo can only be used in its page."
        assert call(origin="http://testserver").json()["data"] == [3]


class TestPage:
    def test_description_and_article_are_markdown_or_a_file_of_it(self) -> None:
        Path("about.md").write_text("What *it* does.", encoding="utf-8")
        html = page(description=Path("about.md"), article="By **me**.")
        assert "What <em>it</em> does." in html
        assert "By <strong>me</strong>." in html

    def test_it_may_fill_the_width(self) -> None:
        assert '<main class="page">' in page()
        assert '<main class="page wide">' in page(fill_width=True)

    @pytest.mark.parametrize("showing", ["full", "minimal", "hidden"])
    def test_its_scripts_know_how_much_of_a_run_to_show(self, showing: Any) -> None:
        assert f'"progress":"{showing}"' in page(show_progress=showing)


def test_by_default_one_call_runs_at_once() -> None:
    assert build().page.endpoint(None).concurrency_limit == 1
    assert build(concurrency_limit="default").page.endpoint(None).concurrency_limit == 1
    assert build(concurrency_limit=None).page.endpoint(None).concurrency_limit is None


def test_the_policy_of_flags_knows_every_argument_that_concerns_them() -> None:
    names = inspect.signature(gr.Interface).parameters
    about = {name.removeprefix(POLICY) for name in names if name.startswith(POLICY)}
    assert about | {"allow"} == set(FlaggingOptions.__annotations__)
