"""Settings of the cache, from arguments and the environment."""

from pathlib import Path
from typing import Literal, TypeVar

from minidemo.errors import ConfigurationError, did_you_mean
from minidemo.page.examples import ExamplesMode
from minidemo.utils.environment import place_of, setting

SWITCH, MODE, PLACE = "CACHE_EXAMPLES", "CACHE_MODE", "EXAMPLES_CACHE"
DEFAULT = Path(".minidemo", "examples")
_CACHE_VALUES: dict[str, Literal["lazy"] | bool] = {"true": True, "1": True, "false": False, "0": False, "lazy": "lazy"}
_MODES: dict[str, ExamplesMode] = {"eager": "eager", "lazy": "lazy"}

T = TypeVar("T")


def mode_of(cache: bool | Literal["lazy"] | None, mode: ExamplesMode | None) -> ExamplesMode | None:
    """Return when outputs are computed, None for never.

    Missing arguments are read from the environment.
    """
    if mode is not None and mode not in _MODES:
        raise ConfigurationError(f"cache_mode is {mode!r}. {did_you_mean(str(mode), _MODES)}")
    if cache not in (True, False, None, "lazy"):
        raise ConfigurationError(f"cache_examples is {cache!r}; expected True, False, 'lazy' or None.")
    if cache is None:
        cache = _read(SWITCH, _CACHE_VALUES) or False
    if not cache:
        return None
    return "lazy" if cache == "lazy" else mode or _read(MODE, _MODES) or "eager"


def cache_directory() -> Path:
    """Return the directory of the cache."""
    return Path(setting(PLACE) or DEFAULT).absolute()


def _read(name: str, choices: dict[str, T]) -> T | None:
    text = setting(name).lower()
    if text and text not in choices:
        raise ConfigurationError(
            f"The environment variable {place_of(name)} is {text!r}. {did_you_mean(text, choices)}"
        )
    return choices.get(text)
