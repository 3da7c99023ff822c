"""What every component promises, whatever it is: nothing is lost, nothing wrong gets in, None is no value."""

import csv
import io
import itertools
import json
import re
from decimal import Decimal
from typing import Any

import jsonschema
import numpy
import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minidemo as gr
from minidemo import ConfigurationError, InputError
from minidemo.components.base import ComponentOptions
from minidemo.content.media import Media
from minidemo.stores.files import FileStore
from tests.components.examples import EXAMPLES, Example
from tests.components.pictures import PICTURES, opened, pixels

CASES = [pytest.param(example, id=example.name) for examples in EXAMPLES.values() for example in examples]
TEXTS = (gr.Button, gr.Code, gr.HTML, gr.Markdown, gr.Textbox)
"""The components for which an empty text is a value."""


def brief(value: Any) -> str:
    """Return a value as text; Python writes no number of over 4300 digits."""
    return "a long number" if isinstance(value, int) and value.bit_length() > 14_000 else f"{value!r:.30}"


WRONG = [
    pytest.param(example, value, id=f"{example.name} {brief(value)}")
    for examples in EXAMPLES.values()
    for example in examples
    for value in example.wrong
]


@pytest.mark.parametrize("example", CASES)
@given(data=st.data())
def test_what_the_function_hands_back_is_what_the_visitor_sent(example: Example, data: st.DataObject) -> None:
    component, wire = example.make(), data.draw(example.wire)
    shown = component.postprocess(component.preprocess(wire))
    assert exactly(shown) == exactly(wire)
    assert exactly(component.postprocess(component.preprocess(shown))) == exactly(wire)


@pytest.mark.parametrize("example", CASES)
@given(data=st.data())
def test_a_flag_keeps_what_was_sent_and_what_was_shown(example: Example, data: st.DataObject) -> None:
    component, wire = example.make(), data.draw(example.wire)
    shown = component.postprocess(component.preprocess(wire))
    for held in (wire, shown):
        assert exactly(component.read_from_flag(component.flag(held))) == exactly(wire)
        assert exactly(component.read_from_flag(through_csv(component.flag(held)))) == exactly(wire)


@pytest.mark.parametrize("example", CASES)
@given(data=st.data())
def test_what_the_function_does_to_its_values_changes_none_of_ours(example: Example, data: st.DataObject) -> None:
    component, wire = example.make(), data.draw(example.wire)
    sent = exactly(wire)
    value = component.preprocess(wire)
    shown = component.postprocess(value)
    spoil(value)
    assert exactly(wire) == exactly(shown) == sent


@pytest.mark.parametrize("example", CASES)
def test_the_api_describes_what_is_sent_and_shown_in_json(example: Example) -> None:
    component, files = example.make(), FileStore()
    schema = component.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(files.publish(component.example(), None))

    @given(example.wire)
    def check(wire: Any) -> None:
        shown = component.postprocess(component.preprocess(wire))
        said = without_files(shown)
        assert json.loads(json.dumps(said, allow_nan=False)) == said
        for held in (wire, shown):
            if not is_named_number(held):
                validator.validate(files.publish(held, None))

    check()


@pytest.mark.parametrize("example", CASES)
def test_the_example_of_the_api_can_be_sent(example: Example) -> None:
    component = example.make()
    sent = component.example()
    assert (sent is None) is component.stays
    component.preprocess(sent)


@pytest.mark.parametrize("example", CASES)
def test_none_is_no_value(example: Example) -> None:
    component = example.make(value=None)
    nothing = component.preprocess(None)
    assert nothing == ([] if example.name in ("CheckboxGroup", "Dropdown of several") else None)
    assert component.postprocess(None) == nothing
    assert component.flag(None) is None
    assert component.read_from_flag(None) == nothing
    assert component.read_from_flag("") == ("" if isinstance(component, TEXTS) else nothing)


@pytest.mark.parametrize("example", CASES)
def test_what_is_shown_for_none_is_no_value_in_a_flag(example: Example) -> None:
    component = example.make()
    shown = component.postprocess(None)
    assert component.read_from_flag(component.flag(shown)) == shown


@pytest.mark.parametrize(("example", "value"), WRONG)
def test_a_wrong_value_is_refused_by_the_label_or_the_name_of_the_component(example: Example, value: Any) -> None:
    with pytest.raises(InputError, match=r"(?s)^How much\? .*\.$"):
        example.make(label="How much?").preprocess(value)
    component = example.make()
    with pytest.raises(InputError, match=f"^{type(component).__name__} "):
        component.preprocess(value)


@pytest.mark.parametrize("example", CASES)
def test_an_unknown_argument_is_refused_with_the_nearest_known_one(example: Example) -> None:
    name = type(example.make()).__name__
    for word, near in (("lable", "label"), ("valeu", "value"), ("elem_clases", "elem_classes")):
        with pytest.raises(ConfigurationError, match=f"^{name} got an unknown argument '{word}'. Did you .*'{near}'"):
            example.make(**{word: "x"})


@pytest.mark.parametrize("example", CASES)
def test_an_argument_like_no_other_is_refused_with_all_that_are_known(example: Example) -> None:
    with pytest.raises(ConfigurationError, match=r"'qqq'\. Known are: .*visible") as caught:
        example.make(qqq=1)
    assert not {"options", "self"} & set(re.findall(r"\w+", str(caught.value)))


@pytest.mark.parametrize("example", CASES)
def test_the_arguments_of_all_components_are_kept(example: Example) -> None:
    given_values = {
        "label": "A label",
        "info": "What it is for",
        "show_label": False,
        "container": False,
        "scale": 2,
        "min_width": 99,
        "interactive": False,
        "required": True,
        "visible": False,
        "elem_id": "one",
        "elem_classes": ["big", "red"],
        "key": "k",
    }
    component = example.make(**given_values, flag=False)
    assert {name: getattr(component, name) for name in given_values} == given_values
    assert not component.flagged
    assert given_values.keys() | {"flag", "every", "inputs"} == ComponentOptions.__annotations__.keys()


@pytest.mark.parametrize("example", CASES)
def test_without_arguments_a_component_is_seen_and_flagged(example: Example) -> None:
    component = example.make()
    assert component.flagged is example.flagged
    assert example.make(flag=True).flagged is not component.stays
    assert component.visible is component.seen
    assert component.show_label
    assert component.container
    assert component.interactive is None
    assert component.min_width == 160
    assert component.elem_classes == []


@pytest.mark.parametrize("example", CASES)
@given(data=st.data())
def test_an_initial_value_is_one_that_the_function_could_return(example: Example, data: st.DataObject) -> None:
    wire = data.draw(example.wire)
    value = example.make().preprocess(wire)
    assert exactly(example.make(value=value).initial()) == exactly(wire)


@pytest.mark.parametrize("example", CASES)
@given(data=st.data())
def test_a_callable_is_asked_for_each_page_anew(example: Example, data: st.DataObject) -> None:
    wires = [data.draw(example.wire), data.draw(example.wire)]
    plain = example.make()
    values = itertools.cycle([plain.preprocess(wire) for wire in wires] + [None])
    component = example.make(value=lambda: next(values))
    fresh = [component.initial() for _ in range(4)]
    assert [exactly(value) for value in fresh] == [exactly(value) for value in (*wires, None, wires[0])]


def exactly(value: Any) -> Any:
    """Return all in which two values can differ: the type, each bit of a number, each pixel of a picture."""
    if isinstance(value, Media):
        kept = value.lossless or value
        return pixels(opened(kept)) if kept.mime in PICTURES else (kept.suffix, kept.read())
    if isinstance(value, list):
        return [exactly(item) for item in value]
    if isinstance(value, dict):
        return {key: exactly(item) for key, item in value.items()}
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(Decimal(value))
    return repr(value)


def without_files(value: Any) -> Any:
    """Return a held value with nothing in the place of its files."""
    if isinstance(value, list):
        return [without_files(item) for item in value]
    if isinstance(value, dict):
        return {key: without_files(item) for key, item in value.items()}
    return None if isinstance(value, Media) else value


def is_named_number(value: Any) -> bool:
    """Tell whether a value is a number for which JSON has no word, and so no schema either."""
    return value in ("NaN", "Infinity", "-Infinity")


def spoil(value: Any) -> None:
    """Do to a value what a careless function might do."""
    if isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            spoil(item)
        value.clear()
    elif isinstance(value, numpy.ndarray):
        value.fill(255)
    elif isinstance(value, PIL.Image.Image):
        value.paste("red", (0, 0, *value.size))


def through_csv(cell: Any) -> Any:
    """Return the cell as it comes out of a CSV file: text, but for files, which lie beside it."""
    if isinstance(cell, Media) or (isinstance(cell, list) and cell):
        return cell
    file = io.StringIO(newline="")
    csv.writer(file).writerow([cell])
    file.seek(0)
    ((text,),) = csv.reader(file)
    return text
