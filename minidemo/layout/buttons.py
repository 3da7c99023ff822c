"""Buttons, and the line that reports the state of an endpoint."""

from collections.abc import Sequence
from dataclasses import dataclass

from minidemo.layout.node import Node


class Buttons(Node):
    """A line of buttons."""

    template = "layout/buttons.html"


@dataclass(frozen=True, kw_only=True, slots=True)
class ButtonAppearance:
    """Appearance of a button."""

    variant: str
    size: str
    picture: str | None
    visible: bool
    interactive: bool
    elem_classes: Sequence[str]


class ActionButton(Node):
    """A button that acts on an endpoint: `submit`, `stop` or `clear`.

    Without a text it has the translated text of `text_key`, by default of its action.
    """

    template = "layout/button.html"

    def __init__(
        self,
        action: str,
        *,
        endpoint: str,
        text: str | None = None,
        text_key: str | None = None,
        appearance: ButtonAppearance | None = None,
        elem_id: str | None = None,
    ) -> None:
        super().__init__()
        self.action = action
        self.endpoint = endpoint
        self.text = text
        self.text_key = text_key or action
        self.appearance = appearance
        self.elem_id = elem_id


class FlagButton(Node):
    """The button that flags the latest result of an endpoint.

    `options` are the reasons, as (label, value). The children are fields to fill in before the flag is saved. In the
    mode `auto` there is only the notice that results are saved.
    """

    template = "layout/flag_button.html"

    def __init__(
        self,
        children: Sequence[Node] = (),
        *,
        endpoint: str,
        options: Sequence[tuple[str, str]] = (),
        mode: str = "manual",
        notice: str | None = None,
    ) -> None:
        super().__init__(children)
        self.endpoint = endpoint
        self.options = tuple(options)
        self.mode = mode
        self.notice = notice


class LinkButton(Node):
    """The button that copies a link to an endpoint's latest result.

    Without a text it has a translated one.
    """

    template = "layout/link_button.html"
    script = "link"

    def __init__(self, *, endpoint: str, text: str | None = None) -> None:
        super().__init__()
        self.endpoint = endpoint
        self.text = text


class StatusLine(Node):
    """The line for an endpoint's errors that belong to no input.

    With `notes` it also shows the state of calls, for endpoints without outputs.
    """

    template = "layout/status.html"

    def __init__(self, *, endpoint: str, notes: bool) -> None:
        super().__init__()
        self.endpoint = endpoint
        self.notes = notes
