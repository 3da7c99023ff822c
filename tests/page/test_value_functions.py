"""Functions that compute initial values: plain or async, and no page is lost if one fails."""

from functools import partial
from typing import Any

import pytest

import minidemo as gr
from tests import plain
from tests.components.examples import EXAMPLES
from tests.exceptions import EXCEPTIONS, fail, failing
from tests.visitor import Visitor

KINDS = [kind for kind in EXAMPLES if kind not in (gr.Button, gr.State)]


def test_a_page_without_the_values_whose_functions_fail(caplog: pytest.LogCaptureFixture) -> None:
    components = [EXAMPLES[kind][0].make(value=failing, label=kind.__name__) for kind in KINDS]
    visitor = Visitor(gr.Interface(lambda: None, None, components, flagging_mode="never"))
    assert visitor.http.get("/").status_code == 200
    for kind in KINDS:
        assert f"{kind.__name__} has no initial value: its function failed" in caplog.text
    assert caplog.text.count("Panic: index out of bounds") == len(KINDS)


def test_each_exception_costs_the_value_only() -> None:
    inputs = [gr.Textbox(partial(fail, name)) for name in EXCEPTIONS]
    demo = gr.Interface(lambda *texts: "".join(texts).upper(), inputs, "text")
    with demo.running(mcp_server=True) as url:
        for address in ("", "?view=api", "openapi.json", "gradio_api/info"):
            assert plain.get(f"{url}{address}").status_code == 200, address
        assert plain.post(f"{url}predict", json={"data": ["a"] * len(inputs)}).json()["data"] == ["A" * len(inputs)]


@pytest.mark.parametrize("path", ["missing.png", "no picture.png"])
def test_a_file_that_cannot_be_shown(path: str) -> None:
    with open("no picture.png", "w") as file:
        file.write("text")
    visitor = Visitor(gr.Interface(lambda image: 1, gr.Image(lambda: path), "number"))
    assert visitor.http.get("/").status_code == 200


def test_an_example_without_a_value_for_an_input_whose_function_fails() -> None:
    demo = gr.Interface(
        lambda a, b: f"{a} {b}", ["text", gr.Textbox(failing)], "text", examples=[["x"]], cache_examples=True
    )
    assert Visitor(demo).show(0).json()["data"] == ["x None"]


def test_ctrl_c_ends_the_program() -> None:
    demo = gr.Interface(str.upper, gr.Textbox(lambda: fail("interrupt")), "text")
    with pytest.raises(KeyboardInterrupt):
        demo.page.initial(demo.page.components[0])


def test_a_function_may_be_async() -> None:
    async def noon() -> str:
        return "12:00"

    async def table() -> list[list[int]]:
        return [[1, 2]]

    async def words() -> list[str]:
        return ["first"]

    demo = gr.Interface(
        lambda text, table, words: words[0],
        [gr.Textbox(noon), gr.Dataframe(table, headers=["a", "b"]), gr.State(words)],
        "text",
    )
    visitor = Visitor(demo)
    assert ">12:00</textarea>" in "".join(visitor.http.get("/").text.split())
    assert demo.page.initial(demo.page.components[1])["data"] == [[1, 2]]
    assert visitor.result("a", None) == ["first"]


class Model:
    def __call__(self, text: str) -> None: ...


@pytest.mark.parametrize(
    ("make", "name"), [(gr.Textbox, "Textbox"), (gr.State, "State"), (gr.Dataframe, "Dataframe"), (gr.Number, "Number")]
)
@pytest.mark.parametrize("function", [Model(), lambda text: text, str.upper])
def test_a_function_that_wants_an_argument_is_refused(make: Any, name: str, function: Any) -> None:
    with pytest.raises(gr.ConfigurationError, match=f"{name} got value=.*missing a required.*Give a function without"):
        gr.Interface(lambda x: x, make(function), "text")


@pytest.mark.parametrize("function", [dict, lambda x="": x, list])
def test_a_function_that_wants_none_is_taken(function: Any) -> None:
    gr.Interface(lambda x: x, gr.State(function), "text")
