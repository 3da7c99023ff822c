"""Checks of the values of examples."""

from collections.abc import Iterator
from contextlib import contextmanager

from minidemo.endpoints.endpoint import Endpoint
from minidemo.errors import ConfigurationError, InputError, OutputError


@contextmanager
def checked(endpoint: Endpoint, place: str, name: str) -> Iterator[None]:
    """Raise `ConfigurationError` for errors of a value, with its place and its input's name."""
    try:
        yield
    except (InputError, OutputError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"{endpoint.title}: {place} does not fit the input {name!r}. {_sentence(error)} "
            "Change the value, or leave the example out."
        ) from error


def _sentence(error: Exception) -> str:
    text = str(error) if isinstance(error, InputError | OutputError) else f"{type(error).__name__}: {error}"
    return text if text.endswith(".") else f"{text}."
