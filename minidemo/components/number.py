"""Number: a number of any size."""

from typing import Unpack

from minidemo.components import _numbers, _schema
from minidemo.components._numeric import _Numeric, bound
from minidemo.components._schema import Schema
from minidemo.components.base import ComponentOptions, Held
from minidemo.errors import ConfigurationError


class Number(_Numeric):
    """A number; `5` is an int and `1.5` a float.

    Args:
        value: The initial number.
        minimum: Smallest number. By default there is none.
        maximum: Largest number. By default there is none.
        step: Step of the browser's control. By default 1.
        precision: Decimal places to round to; 0 gives an int. By default the number is not rounded.
        placeholder: Text to show without a number.
    """

    def __init__(
        self,
        value: object = None,
        *,
        minimum: float | None = None,
        maximum: float | None = None,
        step: float = 1,
        precision: int | None = None,
        placeholder: str | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        minimum = None if minimum is None else bound("Number got minimum", minimum)
        maximum = None if maximum is None else bound("Number got maximum", maximum)
        if minimum is not None and maximum is not None and minimum > maximum:
            raise ConfigurationError(f"Number got minimum={minimum}, which is above maximum={maximum}.")
        self.minimum = minimum
        self.maximum = maximum
        self.step = step
        self.precision = precision
        self.placeholder = placeholder

    def schema(self) -> Schema:
        """Return the JSON schema of a number between the bounds."""
        return _schema.number(self.minimum, self.maximum, self.precision)

    def example(self) -> Held:
        """Return 3, or the bound that is nearest to it."""
        least = 3 if self.minimum is None else max(3, self.minimum)
        return least if self.maximum is None else min(least, self.maximum)

    def preprocess(self, value: Held) -> int | float | None:
        """Check the bounds and round."""
        if value is None or value == "":
            return None
        number = self._round(_numbers.parse(value, self.title))
        _numbers.check_bounds(number, self.title, self.minimum, self.maximum)
        return number
