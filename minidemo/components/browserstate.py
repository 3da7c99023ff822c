"""BrowserState: what a demo remembers in the visitor's browser."""

from typing import Any, ClassVar, Unpack

from minidemo.components.base import ComponentOptions, Held
from minidemo.components.json import JSON


class BrowserState(JSON):
    """A value that is kept in the visitor's browser until it is changed: it outlives the page and the server.

    It is seen by nobody, and anything that JSON can say; `default_value` is what a visitor begins with. Demos at one
    address that give the same `storage_key` share it. As it comes from the browser, visitors can change their own:
    `secret` is accepted, and without effect. It is not stored with a flag, unless `flag=True`.
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

    def postprocess(self, value: Any) -> Held:
        """Keep what JSON can say of the value; a text stays one."""
        return value if isinstance(value, str) else super().postprocess(value)

    def correction(self) -> None:
        """Return nothing: nobody sees it."""
