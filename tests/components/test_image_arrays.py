"""Image: arrays of NumPy and its like, as pictures."""

from typing import Any

import numpy
import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from minidemo import Image, OutputError
from tests.components.pictures import opened


class Tensor:
    """Stands for an array of another library."""

    def __init__(self, array: Any) -> None:
        self.array = array

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        return self.array


class Pixels:
    """Stands for an array of yet another library."""

    def __init__(self, array: Any) -> None:
        self.__array_interface__ = array.__array_interface__


def shown(returned: Any) -> PIL.Image.Image:
    return opened(Image().postprocess(returned))


def not_shown(returned: Any) -> str:
    with pytest.raises(OutputError) as caught:
        Image(label="Result").postprocess(returned)
    return str(caught.value)


def values(array: Any) -> Any:
    return numpy.array(shown(array)).tolist()


@given(arrays(numpy.uint8, array_shapes(min_dims=2, max_dims=2, max_side=9) | st.sampled_from([(3, 2, 3), (2, 5, 4)])))
def test_an_array_of_bytes_is_shown_to_the_pixel(array: Any) -> None:
    assert values(array) == array.tolist()


@pytest.mark.parametrize(
    ("shape", "mode"), [((3, 4), "L"), ((3, 4, 1), "L"), ((3, 4, 3), "RGB"), ((3, 4, 4), "RGBA"), ((1, 1), "L")]
)
def test_an_array_is_a_picture_of_one_three_or_four_channels(shape: tuple[int, ...], mode: str) -> None:
    image = shown(numpy.zeros(shape, "uint8"))
    assert (image.mode, image.height, image.width) == (mode, *shape[:2])


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_floats_go_from_0_to_1(dtype: str) -> None:
    array = numpy.array([[0, 0.2, 0.5, 1], [-0.5, 0.001, 0.003, 0.998]], dtype)
    assert values(array) == [[0, 51, 128, 255], [0, 0, 1, 254]]


def test_floats_a_little_outside_are_cut_off() -> None:
    assert values(numpy.linspace(0, 1.0000001, 6).reshape(2, 3)) == [[0, 51, 102], [153, 204, 255]]
    assert values(numpy.array([[-1, 0.2, 2]])) == [[0, 51, 255]]


@pytest.mark.parametrize(
    ("array", "message"),
    [
        ([[0.0, 255.0]], "Result shows floats in 0..1, but got 0..255. Return array / 255."),
        ([[0.0, 16383.3]], "Result shows floats in 0..1, but got 0..16383.3. Return array / 16383.3."),
        ([[-2.1, 2.6]], "Result shows floats in 0..1, but got -2.1..2.6. Return array.clip(0, 1)."),
        ([[0.2, numpy.inf]], "Result shows floats in 0..1, but got 0.2..inf."),
        ([[-numpy.inf, numpy.nan]], "Result shows floats in 0..1, but got -inf..0."),
    ],
)
def test_floats_of_another_range_are_told_to_the_author(array: Any, message: str) -> None:
    assert not_shown(numpy.array(array)) == message


def test_what_is_not_a_number_is_black() -> None:
    array = numpy.array([[numpy.nan, 0.2, 1.0]])
    assert values(array) == [[0, 51, 255]]
    assert numpy.isnan(array[0, 0])


@pytest.mark.parametrize("dtype", ["uint8", "float32", "int64", "bool"])
@pytest.mark.parametrize("shape", [(5, 6), (5, 6, 1), (5, 6, 3), (5, 6, 4)])
def test_a_picture_is_not_changed_by_what_the_function_does_later(shape: tuple[int, ...], dtype: str) -> None:
    array = numpy.ones(shape, dtype)
    media = Image().postprocess(array)
    assert (array == 1).all()
    before = opened(Image().postprocess(array)).tobytes()
    array.fill(0)
    assert opened(media).tobytes() == before


def test_truth_is_white() -> None:
    assert values(numpy.array([[True, False]])) == [[255, 0]]


@pytest.mark.parametrize("dtype", ["uint16", ">u2"])
@pytest.mark.parametrize("shape", [(6, 8), (6, 8, 1)])
def test_a_grey_of_16_bits_keeps_them(shape: tuple[int, ...], dtype: str) -> None:
    array = (numpy.linspace(0, 1, 48).reshape(shape) * 65535).astype(dtype)
    assert (shown(array).mode, values(array)) == ("I;16", array.reshape(6, 8).tolist())
    assert numpy.array(opened(Image().flag(Image().postprocess(array)))).tolist() == array.reshape(6, 8).tolist()


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (
            numpy.array([[-1, 0, 300]], "int16"),
            "Result shows integers in 0..255, but got int16 in -1..300. Return array.clip(0, 255).",
        ),
        (
            numpy.full((2, 2, 3), 65535, "uint16"),
            "Result shows integers in 0..255, but got uint16 in 65535..65535. "
            "Return (array / 65535 * 255).astype('uint8').",
        ),
        (
            numpy.array([[0, 2**64 - 1]], "uint64"),
            "Result shows integers in 0..255, but got uint64 in 0..18446744073709551615. "
            "Return (array / 18446744073709551615 * 255).astype('uint8').",
        ),
    ],
)
def test_integers_of_another_range_are_told_to_the_author(array: Any, message: str) -> None:
    assert not_shown(array) == message


DTYPES = [
    "bool",
    *(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)),
    "float16",
    "float32",
    "float64",
]


@given(st.sampled_from(DTYPES), st.sampled_from([(2, 3), (2, 3, 1), (2, 3, 3), (2, 3, 4)]), st.data())
def test_one_value_never_changes_how_others_are_shown(dtype: str, shape: tuple[int, ...], data: st.DataObject) -> None:
    """The brightness of a value depends on the dtype alone; a value that has none is an error that names it."""
    array = data.draw(arrays(dtype, shape))
    top = {"b": 1, "f": 1}.get(array.dtype.kind, 65535 if dtype == "uint16" and array.size == 6 else 255)
    tolerance = 1 if array.dtype.kind == "f" else 0
    finite = numpy.where(array == array, array, 0)
    low, high = finite.min().item(), finite.max().item()
    if -tolerance <= low and high <= top + tolerance:
        scale = 1 if top > 255 else 255 / top
        expected = (finite.clip(0, top).astype("float64") * scale).round()
        assert abs(numpy.array(shown(array)).reshape(shape) - expected).max() <= 1
    else:
        assert f"{low:g}..{high:g}" in not_shown(array) or f"{low}..{high}" in not_shown(array)


def test_an_array_of_another_library_is_shown() -> None:
    array = numpy.array([[1, 2]])
    assert values(Tensor(array)) == [[1, 2]]
    assert values(Pixels(array)) == [[1, 2]]


@pytest.mark.parametrize("shape", [(3,), (), (3, 4, 2), (3, 4, 5), (1, 3, 4, 3), (4, 4, 0)])
def test_an_array_of_another_shape_cannot_be_shown(shape: tuple[int, ...]) -> None:
    with pytest.raises(OutputError) as caught:
        Image(label="Result").postprocess(numpy.zeros(shape))
    assert str(caught.value) == f"Result shows arrays of H x W, H x W x 3 or H x W x 4, but got shape {shape}."


@pytest.mark.parametrize("shape", [(0, 4), (4, 0, 3)])
def test_an_empty_array_cannot_be_shown(shape: tuple[int, ...]) -> None:
    with pytest.raises(OutputError) as caught:
        Image(label="Result").postprocess(numpy.zeros(shape))
    assert str(caught.value) == f"Result got an empty array of shape {shape}."


@pytest.mark.parametrize("dtype", ["complex128", "U1", "object"])
def test_an_array_of_anything_else_cannot_be_shown(dtype: str) -> None:
    array = numpy.zeros((2, 2), dtype)
    with pytest.raises(OutputError) as caught:
        Image(label="Result").postprocess(array)
    assert str(caught.value) == f"Result shows arrays of numbers, but got dtype {array.dtype}."
