"""Slider: a number between two bounds."""

import math
import random
import sys
import warnings
from typing import ClassVar, Unpack

from minidemo.components import _numbers, _schema
from minidemo.components._numeric import _Numeric, bound
from minidemo.components._schema import Schema
from minidemo.components.base import ComponentOptions, Held
from minidemo.errors import ConfigurationError
from minidemo.utils.checks import is_number


class Slider(_Numeric):
    """A number between two bounds.

    The handle moves in steps. Any number between the bounds can be entered beside it.

    Args:
        minimum: Smallest number. By default 0.
        maximum: Largest number. By default 100.
        value: The initial number. By default `minimum`.
        step: Step of the handle. By default the power of ten near a hundredth of the range.
        precision: Decimal places to round to; 0 gives an int. By default the number is not rounded.
        randomize: Whether each page load starts with a random number instead of `value`. By default False.
    """

    widget: ClassVar = "slider"
    always_sends = True

    def __init__(
        self,
        minimum: float = 0,
        maximum: float = 100,
        value: object = None,
        *,
        step: float | None = None,
        precision: int | None = None,
        randomize: bool = False,
        **options: Unpack[ComponentOptions],
    ) -> None:
        minimum, maximum = bound("Slider got minimum", minimum), bound("Slider got maximum", maximum)
        if not -math.inf < minimum <= maximum < math.inf:
            raise ConfigurationError(
                f"Slider got minimum={minimum} and maximum={maximum}; expected finite numbers, the smaller first."
            )
        step = step if step is None or isinstance(step, bool | str) else bound("Slider got step", step)
        if step is not None and not is_number(step):
            raise ConfigurationError(f"Slider got step={step!r}; expected a number above 0.")
        usual = _usual_step(maximum - minimum)
        if step is not None and step <= 0:
            warnings.warn(f"Slider got step={step}; expected a number above 0. It moves by {usual}.", stacklevel=3)
            step = None
        if isinstance(value, int | float) and not minimum <= value <= maximum:
            nearest = maximum if value > maximum else minimum
            range_text = f"which is not from {minimum} to {maximum}"
            warnings.warn(f"Slider got value={value}, {range_text}. It starts at {nearest}.", stacklevel=3)
            value = nearest
        super().__init__(self._random if randomize else minimum if value is None else value, **options)
        self._has_explicit_value = randomize or value is not None
        self.precision = precision
        self.minimum = minimum
        self.maximum = maximum
        self.step: int | float = step or usual

    @property
    def has_value(self) -> bool:
        """True if the author gave a start value."""
        return self._has_explicit_value

    def schema(self) -> Schema:
        """Return the JSON schema of a number between the bounds."""
        return _schema.number(self.minimum, self.maximum, self.precision)

    def example(self) -> Held:
        """Return the lower bound."""
        return self.minimum

    def preprocess(self, value: Held) -> int | float | None:
        """Check that the number is between the bounds, and round it."""
        if value is None:
            return None
        number = self._round(_numbers.parse(value, self.title))
        _numbers.check_bounds(number, self.title, self.minimum, self.maximum)
        return number

    def _random(self) -> int | float:
        """Return the number of a random step."""
        count = math.floor((self.maximum - self.minimum) / self.step + 1e-9)
        number = self.minimum + random.randint(0, count) * self.step
        return number if isinstance(number, int) else float(f"{number:.12g}")


def _usual_step(span: int | float) -> int | float:
    """Return the power of ten near a hundredth of a range; 1 for none."""
    if not span:
        return 1
    power = math.floor(math.log10(min(span, sys.float_info.max)) - 2)
    return 10**power if power >= 0 else 10.0**power
