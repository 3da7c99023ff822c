"""Slider: a number between two bounds."""

import math
import sys
from typing import ClassVar, Unpack

from minidemo.components import _numbers, _schema
from minidemo.components._numeric import _Numeric, bound
from minidemo.components._schema import Schema
from minidemo.components.base import ComponentOptions, Held
from minidemo.errors import ConfigurationError, InputError
from minidemo.utils.checks import is_number


class Slider(_Numeric):
    """A number between two bounds, in steps.

    Args:
        minimum: Smallest number. By default 0.
        maximum: Largest number. By default 100.
        value: The initial number. By default `minimum`.
        step: Distance between numbers. By default the power of ten near a hundredth of the range.
    """

    widget: ClassVar = "slider"

    def __init__(
        self,
        minimum: float = 0,
        maximum: float = 100,
        value: object = None,
        *,
        step: float | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        minimum, maximum = bound("Slider got minimum", minimum), bound("Slider got maximum", maximum)
        if not -math.inf < minimum <= maximum < math.inf:
            raise ConfigurationError(
                f"Slider got minimum={minimum} and maximum={maximum}; expected finite numbers, the smaller first."
            )
        step = step if step is None or isinstance(step, bool | str) else bound("Slider got step", step)
        if step is not None and not is_number(step, above=0):
            raise ConfigurationError(f"Slider got step={step!r}; expected a number above 0.")
        if isinstance(value, int | float) and not minimum <= value <= maximum:
            raise ConfigurationError(f"Slider got value={value}, which is not from {minimum} to {maximum}.")
        super().__init__(minimum if value is None else value, **options)
        self._has_explicit_value = value is not None
        self.minimum = minimum
        self.maximum = maximum
        self.step = step or _usual_step(maximum - minimum)

    @property
    def has_value(self) -> bool:
        """True if the author gave a start value."""
        return self._has_explicit_value

    def schema(self) -> Schema:
        """Return the JSON schema of a number between the bounds."""
        return _schema.number(self.minimum, self.maximum)

    def example(self) -> Held:
        """Return the lower bound."""
        return self.minimum

    def preprocess(self, value: Held) -> int | float | None:
        """Check that the number is between the bounds and on a step."""
        if value is None:
            return None
        number = _numbers.parse(value, self.title)
        _numbers.check_bounds(number, self.title, self.minimum, self.maximum)
        steps = (number - self.minimum) / float(self.step)
        if number != self.maximum and abs(steps - round(steps)) > 1e-6 * max(1, abs(steps)):
            raise InputError(f"{self.title} must go in steps of {self.step} from {_numbers.to_cell(self.minimum)}.")
        return number


def _usual_step(span: int | float) -> int | float | str:
    """Return the power of ten near a hundredth of a range; 1 for none."""
    return _numbers.to_cell(10.0 ** math.floor(math.log10(min(span, sys.float_info.max)) - 2)) if span else 1
