"""Buttons: Clear, Stop and Submit, as an author wants them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from minidemo.components.button import Button as Model
from minidemo.errors import ConfigurationError
from minidemo.layout.buttons import Button, Look

Wish: TypeAlias = str | Model | None
"""The text on a button, or a button to look like; an empty one is none at all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wishes:
    """What is to become of each button; the words that Gradio writes on them are said in the visitor's language."""

    submit: Wish = "Submit"
    stop: Wish = "Stop"
    clear: Wish = "Clear"

    def __post_init__(self) -> None:
        """Refuse what is no button."""
        for action in ("submit", "stop", "clear"):
            wish = getattr(self, action)
            if not isinstance(wish, str | Model | None):
                raise ConfigurationError(f"{action}_btn is {wish!r}; expected text, a Button, or None for no button.")


def buttons_of(wishes: Wishes, endpoint: str, *, generates: bool) -> Iterator[Button]:
    """Yield the buttons of an endpoint; one without inputs `generates` rather than submits."""
    for action in ("clear", "stop", "submit"):
        wish = getattr(wishes, action)
        word = "generate" if generates and action == "submit" else action
        if isinstance(wish, Model):
            text = None if wish.value is None else str(wish.initial())
            yield Button(action, endpoint=endpoint, text=text, word=word, look=_look(wish), elem_id=wish.elem_id)
        elif wish:
            text = None if wish == action.capitalize() else wish
            yield Button(action, endpoint=endpoint, text=text, word=word)


def link_of(wish: object) -> bool | str:
    """Return whether there is a button that copies a link to a result, or what is written on it."""
    if wish is not None and not isinstance(wish, bool | str):
        raise ConfigurationError(f"deep_link is {wish!r}; expected True, False, or the text of the button.")
    return wish or False


def _look(model: Model) -> Look:
    return Look(
        variant=model.variant,
        size=model.size,
        picture=model.picture,
        visible=model.visible,
        interactive=model.interactive is not False,
        elem_classes=model.elem_classes,
    )
