"""Values in the configuration of another app."""

from typing import Annotated, Any, TypeAlias

from pydantic import PlainValidator

from minidemo.components.base import Component, HeldValue


class IncomingValue:
    """A value that another app sent, which only a component's validation reads.

    It is no text, list or object, so no constructor can take it for a path or an address.
    """

    __slots__ = ("_json",)

    def __init__(self, json: Any = None) -> None:
        self._json = json

    @property
    def exists(self) -> bool:
        """True unless the app sent null, or nothing."""
        return self._json is not None

    @property
    def text(self) -> str | None:
        """The value if it is text, to show it as such."""
        return self._json if isinstance(self._json, str) else None

    @property
    def returned(self) -> Any:
        """The value to send back to the app that it came from."""
        return self._json

    def offer_to(self, component: Component) -> None:
        """Make it the initial value of a component, as if a visitor had sent it.

        Values that the component refuses are left out.
        """
        if not self.exists:
            return
        try:
            component.value = HeldValue(component.postprocess(component.preprocess(self._json)))
        except Exception:  # a remote page can contain anything
            return


Incoming: TypeAlias = Annotated[IncomingValue, PlainValidator(IncomingValue)]
"""The field of a model that holds a value."""
