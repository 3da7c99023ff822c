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


def test_floats_above_1_go_to_255() -> None:
    assert values(numpy.array([[0.0, 1.2, 254.6, 300.0]])) == [[0, 1, 255, 255]]
    assert values(numpy.array([[0.4, 1.5]])) == [[0, 2]]


def test_what_is_not_a_number_is_black() -> None:
    array = numpy.array([[numpy.nan, 0.2, 1.0]])
    assert values(array) == [[0, 51, 255]]
    assert numpy.isnan(array[0, 0])
    assert values(numpy.array([[numpy.nan, 51.0, numpy.inf, -numpy.inf]])) == [[0, 51, 255, 0]]


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


@pytest.mark.parametrize("dtype", ["int16", "int32", "int64"])
def test_integers_outside_a_byte_are_cut_off(dtype: str) -> None:
    assert values(numpy.array([[-1, 0, 255, 256, 30_000]], dtype)) == [[0, 0, 255, 255, 255]]


def test_integers_of_eight_bits_and_a_sign_are_cut_off_at_0() -> None:
    assert values(numpy.array([[-128, -1, 0, 127]], "int8")) == [[0, 0, 0, 127]]


def test_unsigned_integers_are_cut_off_at_255() -> None:
    assert values(numpy.array([[0, 255, 256, 2**64 - 1]], "uint64")) == [[0, 255, 255, 255]]


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
