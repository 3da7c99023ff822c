"""Functions with types: `Interface(fn)` is enough."""

import datetime
import enum
import functools
import subprocess
import sys
from collections import namedtuple
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, NewType, Optional, TypedDict, TypeVar

import numpy
import pandas
import PIL.Image
import polars
import pytest
from matplotlib.figure import Figure
from typing_extensions import TypeAliasType

import minidemo as gr
from tests.components.pictures import encoded, gradient
from tests.visitor import Visitor


class Operation(enum.Enum):
    PLUS = "plus"
    MINUS = "minus"


class Size(enum.IntEnum):
    SMALL = 1
    MEDIUM = 2
    LARGE = 3
    HUGE = 4
    ENORMOUS = 5


class Options(TypedDict):
    depth: int


class Sides(NamedTuple):
    long: float
    short: float


Untyped = namedtuple("Untyped", "a b")
Metres = NewType("Metres", float)
Flavour = TypeAliasType("Flavour", Literal["sweet", "sour"])


def taking(hint: Any, default: Any = ...) -> gr.Interface:
    """Build a demo of a function with one parameter of a type."""

    def fn(x: Any = default) -> None: ...

    if default is ...:
        fn.__defaults__ = None
    fn.__annotations__["x"] = hint
    return gr.Interface(fn)


def giving(hint: Any, result: Any = None) -> gr.Interface:
    """Build a demo of a function that returns something of a type."""

    def fn() -> Any:
        return result

    fn.__annotations__["return"] = hint
    return gr.Interface(fn, flagging_mode="never")


def only(demo: gr.Interface) -> Any:
    [component] = demo.page.components
    return component


def kinds(demo: gr.Interface) -> list[str]:
    return [component.name() for component in demo.page.components]


def calculator(num1: float, operation: Literal["add", "subtract"], num2: float = 1) -> float:
    """Add or subtract."""
    return num1 + num2 if operation == "add" else num1 - num2


def test_a_typed_function_is_enough() -> None:
    demo = gr.Interface(calculator)
    assert kinds(demo) == ["number", "radio", "number", "number"]
    assert [component.label for component in demo.page.components] == ["num1", "operation", "num2", "Output"]
    assert Visitor(demo).result(5, "add", 7) == [12]
    assert Visitor(demo).result(5, "subtract", 7) == [-2]


@pytest.mark.parametrize(
    ("hint", "kind", "more"),
    [
        (int, "number", {"precision": 0}),
        (float, "number", {"precision": None}),
        (int | float, "number", {"precision": None}),
        (Metres, "number", {"precision": None}),
        (bool, "checkbox", {"value": False}),
        (str, "textbox", {}),
        (Literal["a", "b", "c", "d"], "radio", {}),
        (Literal["a", "b", "c", "d", "e"], "dropdown", {"value": None}),
        (Flavour, "radio", {}),
        (Operation, "radio", {}),
        (Size, "dropdown", {"value": None}),
        (list[Literal["a", "b"]], "checkboxgroup", {}),
        (list[Operation], "checkboxgroup", {}),
        (datetime.datetime, "datetime", {"type": "datetime"}),
        (PIL.Image.Image, "image", {"type": "pil"}),
        (numpy.ndarray, "image", {"type": "numpy"}),
        (numpy.typing.NDArray[numpy.uint8], "image", {"type": "numpy"}),
        (pandas.DataFrame, "dataframe", {"type": "pandas"}),
        (polars.DataFrame, "dataframe", {"type": "polars"}),
        (dict, "json", {}),
        (dict[str, int], "json", {}),
        (Options, "json", {}),
        (list, "json", {}),
        (list[float], "json", {}),
        (Mapping[str, int], "json", {}),
        (Sequence[int], "json", {}),
        (Path, "file", {"file_count": "single"}),
        (list[Path], "file", {"file_count": "multiple"}),
    ],
    ids=str,
)
def test_each_type_has_its_component(hint: Any, kind: str, more: dict[str, Any]) -> None:
    component = only(taking(hint))
    assert component.name() == kind
    assert {name: getattr(component, name) for name in more} == more
    assert Visitor(taking(hint)).http.get("/").status_code == 200


@pytest.mark.parametrize("hint", [Optional[int], int | None, Annotated[int | None, "how many"]])  # noqa: UP045
def test_what_is_optional_may_be_left_empty(hint: Any) -> None:
    assert Visitor(taking(hint)).predict(None).status_code == 200


def test_what_is_not_optional_may_not() -> None:
    response = Visitor(taking(int)).predict(None)
    assert response.status_code == 422
    assert response.json()["error"] == {"message": "x must not be empty.", "field": "x"}
    assert Visitor(taking(int, None)).predict(None).status_code == 200
    assert Visitor(taking(Literal["a", None])).predict(None).status_code == 200
    assert Visitor(taking(int, 3)).predict(None).status_code == 422


@pytest.mark.parametrize(
    ("hint", "default"),
    [
        (int, 3),
        (bool, True),
        (str, "Ada"),
        (Literal["a", "b"], "b"),
        (list[Literal["a", "b"]], ["b"]),
        (dict, {"a": 1}),
        (datetime.datetime, datetime.datetime(2026, 1, 31, 12)),
        pytest.param(Annotated[int, gr.Slider(1, 5)], 4, id="Annotated"),
    ],
    ids=str,
)
def test_defaults_are_what_a_fresh_page_shows(hint: Any, default: Any) -> None:
    assert only(taking(hint, default)).value == default


def test_a_default_tells_the_type_where_another_is_told() -> None:
    def fn(a: int, b: Any = 3, c: Any = "x") -> None: ...

    del fn.__annotations__["b"], fn.__annotations__["c"]
    demo = gr.Interface(fn)
    assert kinds(demo) == ["number", "number", "textbox"]
    assert [component.value for component in demo.page.components] == [None, 3, "x"]


class TestEnums:
    def test_the_function_gets_a_member_and_may_return_one(self) -> None:
        def fn(operation: Operation, size: Size = Size.LARGE) -> tuple[Size, Operation]:
            assert isinstance(operation, Operation)
            return size, operation

        demo = gr.Interface(fn)
        assert Visitor(demo).result("MINUS", "HUGE") == ["HUGE", "MINUS"]
        assert Visitor(demo).predict("plus", "HUGE").status_code == 422
        assert Visitor(demo).predict(None, "HUGE").status_code == 422
        html = Visitor(demo).http.get("/").text
        assert ">plus<" in html, "members are shown by their text"
        assert "MEDIUM" in html, "or by their names"
        assert demo.page.initial(demo.page.components[1]) == "LARGE"

    def test_several_members(self) -> None:
        def fn(operations: list[Operation]) -> list[Operation]:
            return [*reversed(operations)]

        assert Visitor(gr.Interface(fn)).result(["MINUS", "PLUS"]) == [["PLUS", "MINUS"]]

    def test_flags_store_the_names(self) -> None:
        def fn(operation: Operation) -> None: ...

        visitor = Visitor(gr.Interface(fn))
        visitor.flag(visitor.predict("MINUS").json()["run"])
        assert Path("flagged/logs.csv").read_text() == "operation\nMINUS\n"


def test_files_come_as_paths() -> None:
    def fn(one: Path, several: list[Path], none: Path | None = None) -> str:
        return f"{one.name} {[path.name for path in several]} {none}"

    visitor = Visitor(gr.Interface(fn))
    a, b = (visitor.upload(b"text", name, "text/plain").json() for name in ("a.txt", "b.txt"))
    assert visitor.result(a, [a, b], None) == ["a.txt ['a.txt', 'b.txt'] None"]


def test_pictures_come_as_they_are_wanted() -> None:
    def fn(im: PIL.Image.Image, array: numpy.ndarray[Any, Any]) -> tuple[str, str]:
        return im.mode, type(array).__name__

    visitor = Visitor(gr.Interface(fn))
    picture = visitor.upload(encoded(gradient())).json()
    assert visitor.result(picture, picture) == ["RGB", "ndarray"]


class TestAnnotated:
    def test_it_names_the_component(self) -> None:
        def fn(x: Annotated[int, gr.Slider(1, 5, step=1)], y: Annotated[str, "a text", gr.Code]) -> None: ...

        assert kinds(gr.Interface(fn)) == ["slider", "code"]

    def test_each_demo_has_its_own(self) -> None:
        slider = gr.Slider(1, 5)

        def fn(x: Annotated[int, slider]) -> Annotated[int, gr.Textbox(label="Seen")]:
            return x + 1

        one, other = gr.Interface(fn), gr.Interface(fn)
        assert one.page.components[0] is not other.page.components[0]
        assert slider.label is None
        assert one.page.components[1].label == "Seen"
        assert Visitor(other).result(2) == ["3"]

    def test_its_value_goes_before_the_default(self) -> None:
        assert only(taking(Annotated[int, gr.Number(7)], 3)).value == 7

    def test_what_else_is_said_of_a_type_is_no_component(self) -> None:
        assert kinds(taking(Annotated[int, "how many", int])) == ["number"]


class TestResults:
    @pytest.mark.parametrize(
        ("hint", "components"),
        [
            (None, []),
            (str, ["textbox"]),
            (str | None, ["textbox"]),
            (Figure, ["plot"]),
            (tuple[int, str], ["number", "textbox"]),
            (Iterator[str], ["textbox"]),
            (Generator[tuple[int, str], None, None], ["number", "textbox"]),
            (AsyncIterator[bool], ["checkbox"]),
            (Sides, ["number", "number"]),
        ],
        ids=str,
    )
    def test_each_type_has_its_outputs(self, hint: Any, components: list[str]) -> None:
        assert kinds(giving(hint)) == components

    def test_the_fields_of_a_named_tuple_name_the_outputs(self) -> None:
        demo = giving(Sides, Sides(3, 4))
        assert [component.label for component in demo.page.components] == ["long", "short"]
        assert list(demo.page.endpoint(None).output_names) == ["long", "short"]
        assert Visitor(demo).result() == [3, 4]

    def test_an_async_generator_streams(self) -> None:
        async def count(to: int) -> AsyncIterator[int]:
            for i in range(to):
                yield i + 1

        assert Visitor(gr.Interface(count)).result(3) == [3]


def words(x: str) -> str:
    return x


class Greeter:
    def __call__(self, name: str, times: int = 2) -> str:
        return name * times

    def method(self, name: str) -> str:
        return name


@pytest.mark.parametrize(
    ("fn", "components", "data", "result"),
    [
        (Greeter(), ["textbox", "number", "textbox"], ["a", 3], "aaa"),
        (Greeter().method, ["textbox", "textbox"], ["a"], "a"),
        (functools.partial(calculator, num2=1), ["number", "radio", "number"], [1, "add"], 2),
    ],
)
def test_any_callable_will_do(fn: Callable[..., Any], components: list[str], data: list[Any], result: object) -> None:
    demo = gr.Interface(fn)
    assert kinds(demo) == components
    assert Visitor(demo).result(*data) == [result]


def test_what_a_function_gets_by_itself_is_no_input() -> None:
    def fn(x: int, request: gr.Request, progress: gr.Progress) -> None: ...

    assert kinds(gr.Interface(fn)) == ["number"]


class TestWhoNamesWhat:
    def test_outputs_alone(self) -> None:
        demo = gr.Interface(words, outputs="code")
        assert kinds(demo) == ["textbox", "code"]
        assert Visitor(demo).result("a") == ["a"]

    def test_inputs_alone_make_a_demo_that_only_takes(self) -> None:
        assert kinds(gr.Interface(words, "code")) == ["code"]

    def test_additional_inputs_take_the_last_parameters(self) -> None:
        demo = gr.Interface(calculator, additional_inputs=gr.Slider(0, 9))
        assert kinds(demo) == ["number", "radio", "slider", "number"]
        assert Visitor(demo).result(1, "add", 2) == [3]
        assert demo.page.components[2].value == 1, "the default of the parameter"
        assert Visitor(demo).predict(None, "add", 2).status_code == 422

    def test_a_function_without_types_whose_parameters_may_be_left_out_only_gives(self) -> None:
        demo = gr.Interface(lambda x=3: x, None, "number")
        assert Visitor(demo).result() == [3]

    def test_a_function_without_parameters_only_gives(self) -> None:
        assert kinds(giving(int)) == ["number"]


@pytest.mark.parametrize(
    ("fn", "options", "said"),
    [
        (
            lambda a, b: a,
            {},
            'Interface "demo": nothing says what the parameter a is. Write its type, such as a: str, or name the '
            "inputs: inputs=...",
        ),
        (
            lambda: 1,
            {},
            'Interface "demo": nothing says what the function returns. Write its type, such as -> str (or -> None, if '
            "nothing is to be shown), or name the outputs: outputs=...",
        ),
        (lambda a, b=1: a, {"outputs": "text"}, "nothing says what the parameter a is"),
    ],
)
def test_a_function_without_types_is_asked_for_them(fn: Any, options: dict[str, Any], said: str) -> None:
    with pytest.raises(gr.ConfigurationError) as error:
        gr.Interface(fn, **options)
    assert said in str(error.value)


@pytest.mark.parametrize(
    "hint", [complex, int | str, Callable, list[int] | str, tuple, tuple[int, ...], Any, TypeVar("T"), Untyped], ids=str
)
def test_a_type_without_a_component_is_named(hint: Any) -> None:
    for build in (taking, giving):
        with pytest.raises(gr.ConfigurationError, match=r'^Interface "fn": there is no component for the type '):
            build(hint)


def test_no_optional_package_is_imported() -> None:
    code = (
        "import sys, minidemo\n"
        "def fn(a: int, b: dict) -> str: ...\n"
        "minidemo.Interface(fn)\n"
        "print(sorted({'numpy', 'pandas', 'polars', 'matplotlib', 'plotly'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_an_unused_parameter_gets_none() -> None:
    def ignores(_):  # type: ignore[no-untyped-def]
        return str(_)

    demo = gr.Interface(ignores, None, "text")
    assert demo() == "None"
    assert Visitor(demo).result() == ["None"]
    page = Visitor(demo).http.get("/").text
    assert ">Generate<" in page
    assert gr.Interface(ignores, "text", "text")("typed") == "typed"


SCRIPT = """
from __future__ import annotations
from dataclasses import dataclass
from functools import wraps
from typing import NamedTuple
import minidemo as gr

def asks(x, request: gr.Request, y: OnlyForTypeCheckers = 5): return f"{x} {request is not None}"
def typed(x: str, y: OnlyForTypeCheckers = 5) -> str: return x * y
def unknown(x: str, y: OnlyForTypeCheckers = None) -> str: return x
def returns(x: str) -> OnlyForTypeCheckers: return x
def broken(x: str, y: 1 / 0 = 5) -> str: return x * y

@wraps(typed)
def wrapped(*arguments): return typed(*arguments)

class Pair(NamedTuple):
    a: str
    b: OnlyForTypeCheckers

def pair(x: str) -> Pair: return Pair(x, x)

@dataclass
class Base:
    x: str

@dataclass
class Made(Base):
    y: OnlyForTypeCheckers = 2
"""


@pytest.fixture
def scripted() -> dict[str, Any]:
    """Return the names of a script with types that are there for type checkers only."""
    names: dict[str, Any] = {}
    exec(SCRIPT, names)
    return names


def test_a_type_that_cannot_be_found_hides_no_other(scripted: dict[str, Any]) -> None:
    assert Visitor(gr.Interface(scripted["asks"], "text", "text")).result("a") == ["a True"]
    for name in ("typed", "broken", "wrapped"):
        demo = gr.Interface(scripted[name])
        assert kinds(demo) == ["textbox", "number", "textbox"]
        assert Visitor(demo).result("a", 2) == ["aa"]
    assert kinds(gr.Interface(scripted["Made"], outputs="text")) == ["textbox", "number", "textbox"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("unknown", "the type OnlyForTypeCheckers of the parameter y cannot be found .*, or name the inputs: inputs="),
        ("returns", "the type OnlyForTypeCheckers of the result cannot be found .*, or name the outputs: outputs="),
        ("pair", "there is no component for the type object of what the function returns"),
    ],
)
def test_a_type_that_cannot_be_found_is_named(scripted: dict[str, Any], name: str, message: str) -> None:
    with pytest.raises(gr.ConfigurationError, match=message):
        gr.Interface(scripted[name])
