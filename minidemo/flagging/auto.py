"""Auto: the runs that are stored without a click."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from minidemo.errors import ConfigurationError, did_you_mean
from minidemo.utils.checks import is_number


@dataclass(frozen=True, kw_only=True, slots=True)
class Auto:
    """The runs that `flagging_mode="auto"` stores.

    With both `errors` and `slower_than` a run must match one of them; with neither every run matches.

    Args:
        sample: The share of matching runs to store, drawn at random: 1, the default, is all, 0.1 one in ten.
        errors: True stores failed runs. False by default.
        slower_than: Stores runs that took longer than these seconds. None by default.
    """

    sample: float = 1.0
    errors: bool = False
    slower_than: float | None = None

    def __post_init__(self) -> None:
        """Check the arguments."""
        if not is_number(self.sample, least=0) or self.sample > 1:
            raise ConfigurationError(
                f"flagging_auto has sample={self.sample!r}; expected a share from 0 to 1, such as 0.1 for one in ten."
            )
        if not isinstance(self.errors, bool):
            raise ConfigurationError(f"flagging_auto has errors={self.errors!r}; expected True or False.")
        if self.slower_than is not None and not is_number(self.slower_than, least=0):
            raise ConfigurationError(
                f"flagging_auto has slower_than={self.slower_than!r}; expected a number of seconds, from 0."
            )

    @property
    def everything(self) -> bool:
        """True if every run is stored."""
        return self.sample == 1 and not self.errors and self.slower_than is None

    def concerns(self, *, failed: bool, seconds: float) -> bool:
        """Tell whether a run is a candidate for the sample."""
        slow = self.slower_than is not None and seconds > self.slower_than
        return slow or (self.errors and failed) or (self.slower_than is None and not self.errors)


def auto(wish: Auto | float | Mapping[str, Any] | None) -> Auto:
    """Return an `Auto` from itself, a dictionary, or a sample alone."""
    if wish is None:
        return Auto()
    if isinstance(wish, Auto):
        return wish
    if is_number(wish):
        return Auto(sample=wish)
    if not isinstance(wish, Mapping):
        raise ConfigurationError(
            f"flagging_auto is {wish!r}; expected a share from 0 to 1, or a dictionary such as "
            "{'errors': True, 'slower_than': 2}."
        )
    known = [field.name for field in fields(Auto)]
    for word in wish:
        if word not in known:
            raise ConfigurationError(f"flagging_auto has an unknown word {word!r}. {did_you_mean(str(word), known)}")
    return Auto(**wish)
