"""A demo can be called like its function: `demo(...)` gives what the API would give."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pandas
import PIL.Image
import pytest

import minidemo as gr
from minidemo.errors import MinidemoError


def calculator(num1: float, operation: str, num2: float) -> float:
    if operation == "add":
        return num1 + num2
    return num1 / num2


def demo(**options: Any) -> gr.Interface:
    return gr.Interface(calculator, ["number", gr.Radio(["add", "divide"]), "number"], "number", **options)


def test_one_output_is_a_value() -> None:
    assert demo()(5, "add", 7) == 12


def test_several_outputs_are_a_list() -> None:
    assert gr.Interface(lambda x: (x, x * 2), "number", ["number", "text"])(2) == [2, "4"]


def test_without_outputs_there_is_none() -> None:
    assert gr.Interface(str.upper, "text", None)("a") is None


def test_values_go_through_pre_and_postprocessing() -> None:
    demo = gr.Interface(lambda i: {"a": 1, "b": 3}, gr.Radio(["x", "y"], type="index"), "label")
    assert demo("y")["label"] == "b"


def test_what_the_function_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        demo()(5, "divide", 0)


@pytest.mark.parametrize("data", [("five", "add", 7), (5, "subtract", 7), (5, "add")])
def test_what_does_not_fit_is_refused(data: tuple[Any, ...]) -> None:
    with pytest.raises(gr.InputError):
        demo()(*data)


def test_async_functions_can_be_called_with_and_without_an_event_loop() -> None:
    async def double(x: float) -> float:
        await asyncio.sleep(0)
        return x * 2

    async def outside() -> object:
        return gr.Interface(double, "number", "number")(4)

    assert gr.Interface(double, "number", "number")(3) == 6
    assert asyncio.run(outside()) == 8


def test_a_generator_gives_its_last_value() -> None:
    def count(to: int) -> Iterator[int]:
        yield from range(to)

    async def count_async(to: int) -> AsyncIterator[int]:
        for i in range(to):
            yield i

    assert gr.Interface(count)(3) == 2
    assert gr.Interface(count_async)(4) == 3
    assert gr.Interface(count)(0) is None


def test_files_are_paths() -> None:
    red().save("red.png")
    demo = gr.Interface(lambda im: im.rotate(90, expand=True), gr.Image(type="pil"), "image")
    for given in ("red.png", Path("red.png"), red()):
        assert size(demo(given)) == (2, 3)


def test_files_may_come_in_lists() -> None:
    for name in ("a.txt", "b.txt"):
        Path(name).write_text(name)
    demo = gr.Interface(lambda paths: list(reversed(paths)), gr.File(file_count="multiple"), gr.File())
    assert [Path(path).read_text() for path in demo(["a.txt", "b.txt"])] == ["b.txt", "a.txt"]


def test_files_may_be_a_part_of_a_value() -> None:
    red().save("red.png")
    demo = gr.Interface(lambda: [("red.png", "A caption")], None, "gallery")
    [item] = demo()
    assert size(item["image"]) == (3, 2)
    assert item["caption"] == "A caption"


def red() -> PIL.Image.Image:
    return PIL.Image.new("RGB", (3, 2), "red")


def size(path: str) -> tuple[int, int]:
    with PIL.Image.open(path) as image:
        return image.size


def test_tables_may_be_given_as_they_are() -> None:
    table = pandas.DataFrame({"a": [1, 2]})
    assert gr.Interface(lambda frame: int(frame["a"].sum()), "dataframe", "number")(table) == 3


def test_a_function_can_be_named() -> None:
    assert demo()(1, "add", 2, api_name="/calculator") == 3
    with pytest.raises(MinidemoError, match="Did you mean 'calculator'"):
        demo()(1, "add", 2, api_name="calculate")


def test_functions_of_lists_and_validators_are_asked_as_on_a_page() -> None:
    demo = gr.Interface(
        lambda xs: [[x * 2 for x in xs]],
        "number",
        "number",
        batch=True,
        validator=lambda x: gr.validate(x < 9, "Too large."),
    )
    assert demo(2) == 4
    with pytest.raises(gr.InputError, match="Too large"):
        demo(10)
