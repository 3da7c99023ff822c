"""What a demo says of itself to the program around it."""

from collections.abc import Callable
from pathlib import Path

import pytest

import minidemo as gr
from tests.visitor import Visitor


def calculator(num1: float, operation: str, num2: float) -> float:
    """Calculate."""
    return num1 + num2


def nothing() -> None: ...


def demo() -> gr.Interface:
    return gr.Interface(calculator, ["number", gr.Radio(["add"]), "number"], "number")


def test_its_text_is_its_function_with_inputs_and_outputs() -> None:
    text = 'Interface "calculator": num1 (Number), operation (Radio), num2 (Number) -> Output (Number)'
    assert (str(demo()), repr(demo())) == (text, text)
    assert str(gr.Interface(nothing)) == 'Interface "nothing": nothing -> nothing'


def test_that_of_several_is_a_line_for_each() -> None:
    both = gr.TabbedInterface([demo(), gr.Interface(str.upper, "text", "text")])
    assert str(both).splitlines() == [str(demo()), 'Interface "upper": self (Textbox) -> Output (Textbox)']


def test_its_api_is_described_as_clients_read_it() -> None:
    info = demo().get_api_info()
    assert info["unnamed_endpoints"] == {}
    assert [each["parameter_name"] for each in info["named_endpoints"]["/calculator"]["parameters"]] == [
        "num1",
        "operation",
        "num2",
    ]
    assert demo().get_api_info(all_endpoints=True) == info


def test_its_configuration_is_that_of_its_server() -> None:
    config = demo().config
    assert Visitor(demo()).http.get("/config").json().items() >= config.items()
    assert demo().get_config_file() == config


def test_it_knows_its_components_and_its_backend(tmp_path: Path) -> None:
    more = gr.Slider()
    made = gr.Interface(max, "number", "number", additional_inputs=more, flagging_dir=tmp_path)
    assert (made.input_components[1:], len(made.output_components)) == ([more], 1)
    assert [made.flagging_callback.flag([1, 2, 2]), made.flagging_callback.flag([3, 1, 3])] == [0, 1]
    assert "3,1,3" in (tmp_path / "logs.csv").read_text()


@pytest.mark.parametrize("use", [lambda: demo().load(demo, None, "text"), lambda: gr.Interface.load("models/x")])
def test_its_method_to_load_says_what_to_use(use: Callable[[], object]) -> None:
    with pytest.raises(gr.ConfigurationError, match=r"use load\(url\).*a function as the value"):
        use()


def test_its_address_has_gradios_name() -> None:
    served = demo()
    assert (served.local_url, served.share_url) == (None, None)
    with served.running() as url:
        assert served.local_url == url


def test_it_can_be_opened_in_a_with_block() -> None:
    with demo() as opened:
        assert opened(1, "add", 2) == 3


def test_tabs_take_the_arguments_of_gradio() -> None:
    assert gr.TabbedInterface([demo()], ["a"], "Title", None, tabs_kwargs={"selected": 0}).title == "Title"
