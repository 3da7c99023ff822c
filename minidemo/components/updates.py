"""Updates: results that name properties of an output instead of its value."""

from typing import Any


class Update(dict[str, Any]):
    """Properties of an output by name, in place of its value."""


def update(**properties: Any) -> Update:
    """Return properties of an output, as the result of a function.

    Args:
        properties: `value` is shown. Others are accepted, and have no effect yet; the log names them once.
    """
    return Update(properties, __type__="update")


def skip() -> Update:
    """Return a result that leaves an output as it is."""
    return update()
