"""The Clear, Stop and Submit buttons of an author."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from minidemo.components.button import Button as ButtonComponent
from minidemo.errors import ConfigurationError
from minidemo.layout.buttons import ActionButton, ButtonAppearance

ButtonArgument: TypeAlias = str | ButtonComponent | None
"""The text of a button, a button, or empty for none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ButtonOptions:
    """The author's Submit, Stop and Clear buttons.

    Gradio's default texts are translated to the visitor's language.
    """

    submit: ButtonArgument = "Submit"
    stop: ButtonArgument = "Stop"
    clear: ButtonArgument = "Clear"

    def __post_init__(self) -> None:
        """Raise `ConfigurationError` for values that are no button."""
        for action in ("submit", "stop", "clear"):
            argument = getattr(self, action)
            if not isinstance(argument, str | ButtonComponent | None):
                raise ConfigurationError(
                    f"{action}_btn is {argument!r}; expected text, a Button, or None for no button."
                )


def buttons_of(options: ButtonOptions, endpoint: str, *, generates: bool) -> Iterator[ActionButton]:
    """Yield the buttons of an endpoint.

    Submit is named Generate if the endpoint has no inputs.
    """
    for action in ("clear", "stop", "submit"):
        argument = getattr(options, action)
        text_key = "generate" if generates and action == "submit" else action
        if isinstance(argument, ButtonComponent):
            text = None if argument.value is None else str(argument.initial())
            yield ActionButton(
                action,
                endpoint=endpoint,
                text=text,
                text_key=text_key,
                appearance=_appearance(argument),
                elem_id=argument.elem_id,
            )
        elif argument:
            text = None if argument == action.capitalize() else argument
            yield ActionButton(action, endpoint=endpoint, text=text, text_key=text_key)


def link_of(argument: object) -> bool | str:
    """Return whether results have links, or the text of the link button."""
    if argument is not None and not isinstance(argument, bool | str):
        raise ConfigurationError(f"deep_link is {argument!r}; expected True, False, or the text of the button.")
    return argument or False


def _appearance(button: ButtonComponent) -> ButtonAppearance:
    return ButtonAppearance(
        variant=button.variant,
        size=button.size,
        picture=button.picture,
        visible=button.visible,
        interactive=button.interactive is not False,
        elem_classes=button.elem_classes,
    )
