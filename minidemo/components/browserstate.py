"""BrowserState: a value stored in the visitor's browser."""

from typing import Any, ClassVar, Unpack

from minidemo.components.base import ComponentOptions, Held
from minidemo.components.json import JSON


class BrowserState(JSON):
    """A value in the visitor's browser, kept after page and server end.

    It is invisible, and any value of JSON. Visitors can change their own, as it comes from the browser. It is stored in
    flags only with `flag=True`.

    Args:
        default_value: The value of a new visitor.
        storage_key: Name of the value in the browser. Demos at one address with the same key share it. By default
            the page's path and the component's id.
        secret: Accepted without effect.
    """

    widget: ClassVar = "browserstate"
    seen: ClassVar = False
    private = True

    def __init__(
        self,
        default_value: object = None,
        *,
        storage_key: str | None = None,
        secret: str | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        options.setdefault("flag", False)
        super().__init__(default_value, **options | {"visible": False})
        self.storage_key = storage_key
        self.secret = secret

    def preprocess(self, value: Held) -> Any:
        """Hand on the value, or the default to a program without one."""
        return super().preprocess(self.initial() if value is None else value)

    def postprocess(self, value: Any) -> Held:
        """Keep what JSON can say of the value; a text stays one."""
        return value if isinstance(value, str) else super().postprocess(value)

    def correction(self) -> None:
        """Return None: the value is invisible."""
