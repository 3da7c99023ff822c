"""ClearButton: a button that empties others."""

from collections.abc import Sequence
from typing import ClassVar, Literal, Unpack

from minidemo.components._buttons import ButtonSize, IconPath, Variant
from minidemo.components.base import Component, ComponentOptions
from minidemo.components.button import Button
from minidemo.errors import ConfigurationError


class ClearButton(Button):
    """A button that empties components, without a call of the function.

    The Clear button of the page restores the initial values instead. A button among the components gets its first text
    back.

    Args:
        components: Components to empty: one or a list. By default all inputs and outputs of the page.
        value: The text. By default "Clear".
        variant: As in `Button`. By default "secondary".
        size: As in `Button`. By default "lg".
        icon: As in `Button`.
        link: As in `Button`.
        link_target: As in `Button`.
    """

    widget: ClassVar = "clearbutton"

    def __init__(
        self,
        components: Component | Sequence[Component] | None = None,
        *,
        value: object = "Clear",
        variant: Variant = "secondary",
        size: ButtonSize = "lg",
        icon: IconPath = None,
        link: str | None = None,
        link_target: Literal["_self", "_blank", "_parent", "_top"] = "_self",
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, variant=variant, size=size, icon=icon, link=link, link_target=link_target, **options)
        self.components: list[Component] | None = None
        if components is not None:
            self.add(components)

    @property
    def refers_to(self) -> Sequence[Component]:
        """The components that it empties, if they were named."""
        return self.components or ()

    def add(self, components: Component | Sequence[Component]) -> "ClearButton":
        """Empty these as well, and return the button."""
        added = [components] if isinstance(components, Component) else list(components)
        for component in added:
            if not isinstance(component, Component):
                raise ConfigurationError(f"ClearButton got {component!r} among its components; expected components.")
        self.components = [*(self.components or ()), *added]
        return self
