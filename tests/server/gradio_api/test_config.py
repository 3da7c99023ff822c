"""GET /config and info: what a client is told before it calls."""

from typing import Any

import pytest

import minidemo as gr
from minidemo.server.gradio_api.python_types import python_type
from tests.visitor import Visitor


def described(demo: gr.Interface) -> Any:
    return Visitor(demo).http.get("/gradio_api/info", params={"serialize": False}).json()["named_endpoints"]


def configured(demo: Any, **options: Any) -> Any:
    return Visitor(demo, **options).http.get("/config").json()


def add(a: float, b: float = 3) -> None:
    """Add two numbers."""


def test_what_both_clients_need_is_there() -> None:
    config = configured(gr.Interface(add, ["number", "number"], "number"))
    assert config["protocol"] == "sse_v3"
    assert config["version"].split(".") > ["4", "29", "0"]
    assert config["api_prefix"] == "/gradio_api"
    assert config["run_history"] is False
    assert config["connect_heartbeat"] is False
    assert config["max_file_size"] == 100 * 2**20
    assert "root" not in config
    assert [component["type"] for component in config["components"]] == ["number"] * 3
    named, alias = config["dependencies"]
    assert named["api_name"] == "add"
    assert alias["api_name"] == "predict"
    assert alias["api_visibility"] == "undocumented"
    assert named["inputs"] == alias["inputs"] == [0, 1]
    assert named["queue"] is named["backend_fn"] is named["show_api"] is True


def test_what_a_component_of_the_authors_holds_may_be_anything() -> None:
    class Odd(gr.Number):
        language = object()

    config = configured(gr.Interface(add, [gr.Slider(1, 5), Odd(label="Odd")], "number"))
    assert config["components"][0]["props"]["maximum"] == 5
    assert config["components"][1]["props"]["label"] == "Odd"


def test_an_endpoint_that_is_called_predict_needs_no_other_name() -> None:
    config = configured(gr.Interface(add, ["number", "number"], "number", api_name="predict"))
    assert [dependency["api_name"] for dependency in config["dependencies"]] == ["predict"]


def test_what_is_private_is_not_even_named() -> None:
    demo = gr.Interface(add, ["number", "number"], "number", api_visibility="private")
    assert configured(demo)["dependencies"] == configured(demo)["components"] == []
    assert described(demo) == {}


def test_what_is_undocumented_can_be_called_but_is_not_described() -> None:
    demo = gr.Interface(add, ["number", "number"], "number", api_visibility="undocumented")
    assert configured(demo)["dependencies"][0]["api_visibility"] == "undocumented"
    assert described(demo) == {}


def test_a_state_is_no_parameter() -> None:
    demo = gr.Interface(lambda x, s: (x, s), ["text", gr.State(0)], ["text", gr.State()])
    config = configured(demo)
    states = [component for component in config["components"] if component["type"] == "state"]
    assert [state["skip_api"] for state in states] == [True]
    endpoint = described(demo)["/predict"]
    assert len(endpoint["parameters"]) == len(endpoint["returns"]) == 1


def test_where_any_object_may_come_out_clients_take_only_marked_ones_for_files() -> None:
    assert configured(gr.Interface(lambda x: x, "text", "json"))["protocol"] == "sse_v2.1"


def test_a_lambda_also_has_the_name_that_gradio_gives_it() -> None:
    tabs = gr.TabbedInterface([gr.Interface(lambda x, i=i: f"{x}{i}", "text", "text") for i in range(2)])
    for name, result in (("lambda", "a0"), ("lambda_1/", "a1"), ("predict", "a0"), ("predict_1", "a1")):
        answer = Visitor(tabs).http.post(f"/gradio_api/run/{name}", json={"data": ["a"]})
        assert answer.json()["data"] == [result]
    assert [each["api_name"] for each in configured(gr.Interface(add, None, api_name="lambda"))["dependencies"]] == [
        "lambda",
        "predict",
    ]


def test_a_number_without_decimals_is_an_integer() -> None:
    precise = [gr.Number(precision=0), gr.Slider(precision=0), gr.Number(precision=1)]
    parameters = described(gr.Interface(max, precise, "number", api_name="most"))["/most"]["parameters"]
    assert [each["python_type"]["type"] for each in parameters] == ["int", "int", "float"]


def test_the_description_of_an_endpoint() -> None:
    inputs: list[Any] = ["number", gr.Radio(["left", "right"], label="Way"), gr.Textbox("x"), gr.Image(), "json"]

    def turn(angle: float, way: str, name: str, picture: object, more: object = None) -> None:
        """Turn something."""

    endpoint = described(gr.Interface(turn, inputs, gr.File(label="The file")))["/turn"]
    assert endpoint["description"] == "Turn something."
    angle, way, name, picture, more = endpoint["parameters"]
    assert angle["parameter_name"] == angle["label"] == "angle"
    assert angle["python_type"] == {"type": "float", "description": ""}
    assert not angle["parameter_has_default"]
    assert way["label"] == "Way"
    assert way["python_type"]["type"] == "Literal['left', 'right']"
    assert (name["parameter_has_default"], name["parameter_default"]) == (True, "x")
    assert (picture["component"], picture["python_type"]["type"]) == ("Image", "filepath")
    assert picture["type"]["properties"]["meta"]["default"] == {"_type": "gradio.FileData"}
    assert picture["example_input"] is None
    assert (more["parameter_has_default"], more["parameter_default"]) == (True, None)
    assert more["type"] == {"type": {}, "description": "any valid json"}
    assert more["component"] == "Json"
    assert endpoint["returns"][0]["label"] == "The file"


def test_a_default_of_the_function_is_one_of_the_api() -> None:
    first, second = described(gr.Interface(add, ["number", "number"], "number"))["/add"]["parameters"]
    assert not first["parameter_has_default"]
    assert second["parameter_default"] == 3


def test_parameters_that_have_no_names_get_such_that_python_can_write() -> None:
    names = [
        each["parameter_name"] for each in described(gr.Interface(max, ["number"] * 2, "number"))["/max"]["parameters"]
    ]
    assert names == ["input_0", "input_1"]


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "array", "items": {"type": "string"}}, "list[str]"),
        ({"type": "array"}, "list"),
        ({"const": "x"}, "Literal['x']"),
        ({"anyOf": [{"type": "number"}, {"type": "null"}]}, "float | None"),
        ({"type": ["string", "boolean"]}, "str | bool"),
        ({"type": "object", "properties": {"label": {"type": "string"}}}, "dict(label: str)"),
        ({}, "str | float | bool | list | dict"),
    ],
)
def test_types_are_said_in_pythons_words(schema: dict[str, Any], words: str) -> None:
    assert python_type(schema) == words


def test_who_is_not_logged_in_is_told_so_in_the_authors_words() -> None:
    demo = gr.Interface(add, ["number", "number"], "number")
    response = Visitor(demo, auth=("ann", "pass"), auth_message="Ask Bob.").http.get("/config")
    assert response.status_code == 401
    assert response.json()["detail"]["auth_message"] == "Ask Bob."
    assert Visitor(demo, auth=("ann", "pass")).http.get("/gradio_api/info").status_code == 401
