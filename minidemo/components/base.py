"""The contract of a component: its argument, result, template and storage."""

import copy
import inspect
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Self, TypeAlias, TypedDict

from minidemo.components._schema import Schema
from minidemo.components._summaries import summary
from minidemo.components.updates import Update, update
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, InputError, without_inner_frames
from minidemo.layout.node import Node
from minidemo.utils.awaiting import finished
from minidemo.utils.gradio_names import IGNORED_OPTIONS, argument_hint

Held: TypeAlias = Any
"""A value as JSON, with `Media` in place of files."""

Cell: TypeAlias = str | int | float | Media | list[Media] | None
"""The content of a flag's column: text, a number, files, or None."""


@dataclass(frozen=True, slots=True)
class HeldValue:
    """An initial value in its held form, which is shown without conversion."""

    content: Held


class ComponentOptions(TypedDict, total=False):
    """The keyword arguments of every component.

    Args:
        label: The name on the page, and the header in a flag's log. By default the name of the parameter.
        info: A hint below the label.
        show_label: Whether the label is visible. By default True.
        container: Whether there is a border. By default True.
        scale: Share of the width of a row. By default the natural width.
        min_width: Accepted without effect.
        interactive: Whether the visitor can change the value. By default inputs can be changed.
        required: Whether an input must not be left empty. By default, whether its parameter has a type without None.
        visible: Whether it is on the page. By default True.
        elem_id: Its id in the HTML.
        elem_classes: Its classes in the HTML.
        key: Accepted without effect.
        flag: Whether flags store the value. By default True.
        inputs: One or several components, whose initial values a function as `value` gets. By default none.
        every: Accepted without effect: a function as `value` is called for each page.
    """

    label: str | None
    info: str | None
    show_label: bool
    container: bool
    scale: int | None
    min_width: int
    interactive: bool | None
    required: bool | None
    visible: bool
    elem_id: str | None
    elem_classes: list[str] | str | None
    key: int | str | None
    flag: bool
    inputs: "Component | Collection[Component] | None"
    every: object


class Component(Node):
    """One input or output of a function.

    A subclass has a template, `<name>.html`, and overrides `preprocess`, `postprocess`, `flag` and `read_from_flag`
    unless the default suffices, which returns the value unchanged. All four may be called from several threads at once:
    never store a visitor's data in `self`. Raise `InputError` for a visitor's value that does not fit, `OutputError`
    for a result that cannot be shown. `widget` names the script and the optional style sheet of the template.

    A component outside of minidemo sets `folder` to the directory of its template, script and style sheet, usually
    `Path(__file__).parent`. Without `folder` it has the template of its base class.
    """

    folder: ClassVar[Path | None] = None
    widget: ClassVar[str | None] = None
    shortcuts: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    """Other names for `Interface(inputs=...)`, each with its arguments."""
    takes_files: ClassVar[bool] = False
    """True if an object with a `path` in the value is a file."""
    renders: ClassVar[bool] = False
    """True if the server renders values with the template `<name>_value.html`."""
    feedback: tuple[str, ...] = ()
    """Reasons to flag one item; `until` returns the stored part."""
    seen: ClassVar[bool] = True
    """True if the component is visible on the page."""
    stays: ClassVar[bool] = False
    """True if the value stays on the server, for each page load."""
    private: bool = False
    """True if shared results hide the value."""
    streaming: bool = False
    """True if an input sends values continuously while switched on."""
    always_sends: bool = False
    """True if the page never sends None: an empty field is empty text, an empty list or False."""
    visitor_writes: bool = True
    """True if the visitor can enter any text."""
    _argument_names: tuple[int, tuple[str, ...]] = (0, ())

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "__init__" in vars(cls) and cls.__module__.startswith("minidemo."):
            setattr(cls, "__init__", without_inner_frames(cls.__init__))  # noqa: B010  # mypy refuses an assignment

    def __new__(cls, *positional: Any, **named: Any) -> Self:
        """Make a component that knows the names of its arguments."""
        component = super().__new__(cls)
        component._argument_names = len(positional), tuple(named)
        return component

    @without_inner_frames
    def __init__(self, value: object = None, **options: Any) -> None:
        super().__init__()
        self._check_options(options)
        self.value = value
        self.label: str | None = options.get("label")
        self.info: str | None = options.get("info")
        self.show_label: bool = options.get("show_label", True)
        self.container: bool = options.get("container", True)
        self.scale: int | None = options.get("scale")
        self.min_width: int = options.get("min_width", 160)
        self.interactive: bool | None = options.get("interactive")
        self.required: bool | None = options.get("required")
        self.visible: bool = options.get("visible", True)
        self.elem_id: str | None = options.get("elem_id")
        classes = options.get("elem_classes") or []
        self.elem_classes: list[str] = classes.split() if isinstance(classes, str) else list(classes)
        self.key: int | str | None = options.get("key")
        self.flagged: bool = options.get("flag", True)
        given = options.get("inputs") or ()
        self.value_inputs: tuple[Component, ...] = (given,) if isinstance(given, Component) else tuple(given)

    @classmethod
    def name(cls) -> str:
        """Return the class's name in lower case, which names its template.

        It is also the first shortcut.
        """
        return cls.__name__.lower()

    @property
    def template(self) -> str:  # type: ignore[override]  # a class attribute of Node, derived here
        """The template of the component, or of its base class."""
        kinds = [kind for kind in type(self).__mro__ if issubclass(kind, Component) and kind is not Component]
        owner = next((kind for kind in kinds if kind._has_template()), type(self))
        return f"{owner.name()}.html" if owner.folder else f"components/{owner.name()}.html"

    @property
    def value_template(self) -> str:
        """The template that renders a value of a component that `renders`."""
        return self.template.removesuffix(".html") + "_value.html"

    @property
    def title(self) -> str:
        """The component's name in messages."""
        return self.label or type(self).__name__

    @property
    def has_value(self) -> bool:
        """True if the author gave an initial value."""
        return self.value is not None

    @property
    def arguments(self) -> frozenset[str]:
        """The names of the arguments that the author gave."""
        count, named = self._argument_names
        parameters = list(inspect.signature(type(self).__init__).parameters)[1 : count + 1]
        return frozenset((*parameters, *named))

    @property
    def refers_to(self) -> Sequence["Component"]:
        """Other components that it acts on; they must be on the page."""
        return ()

    @classmethod
    def update(cls, *value: Any, **properties: Any) -> Update:
        """Return `update(…)`, as functions of early scripts for Gradio do it.

        Args:
            value: The value, if it has no name.
            properties: The value or other properties by name.
        """
        return update(**dict(zip(("value",), value, strict=False)), **properties)

    def schema(self) -> Schema:
        """Return the JSON schema of a value on the wire.

        The default allows any value.
        """
        return {}

    def example(self) -> Held:
        """Return a valid value, as an example in the API's documentation."""
        return None if callable(self.value) else self.initial()

    def is_empty(self, value: Held) -> bool:
        """Return True for None, and with `required=True` for the value of an empty field."""
        return value is None or bool(self.required and self.always_sends and (value is False or value in ("", [])))

    def preprocess(self, value: Held) -> Any:
        """Check a visitor's value, and return the function's argument."""
        return value

    def postprocess(self, value: Any) -> Held:
        """Convert the function's result to the value to show."""
        return value

    def flag(self, value: Held) -> Cell:
        """Return the content of the flag's column."""
        return None if value is None else str(value)

    def read_from_flag(self, cell: Cell) -> Held:
        """Return the value of a flag's column; an empty cell is None."""
        return None if cell == "" else cell

    def teaser(self, value: Held) -> str | Media:
        """Return a short form for lists of examples: text, or a picture."""
        return summary(value)

    def check_example(self, value: Held) -> None:
        """Raise `InputError` for an example that could not be sent.

        Slow checks may be left to `preprocess`.
        """
        self.preprocess(value)

    def correction(self) -> "Component | None":
        """Return the component to correct this output in, or None.

        Its value is a value of this component. The default is an editable copy.
        """
        duplicate = copy.copy(self)
        duplicate.value, duplicate.interactive, duplicate.elem_id, duplicate.info = None, True, None, None
        return duplicate

    def until(self, value: Held, item: int) -> Held:
        """Return the value up to an item that takes `feedback`.

        Raises `InputError` for other items.
        """
        if item >= len(value or ()):
            raise InputError(f"{self.title} has no item {item}.", field="about")
        return value[: item + 1]

    def clean_up(self) -> None:
        """Free what functions have left behind; called for an output after each call, also a failed one."""

    def check_as_input(self) -> None:
        """Raise `ConfigurationError` if the component cannot serve as an input."""

    def initial(self) -> Held:
        """Return the value of a fresh page; functions, also async ones, are called each time."""
        value = self.value
        if isinstance(value, HeldValue):
            return value.content
        if callable(value):
            value = finished(value(*(each.preprocess(each.initial()) for each in self.value_inputs)))
        return None if value is None else self.convert_initial(value)

    def convert_initial(self, value: Any) -> Held:
        """Convert the author's initial value; by default like a result."""
        return self.postprocess(value)

    @classmethod
    def _has_template(cls) -> bool:
        return "folder" in vars(cls) or cls.__module__.startswith("minidemo.")

    def _check_options(self, options: Mapping[str, object]) -> None:
        for word in options.keys() - ComponentOptions.__annotations__.keys() - IGNORED_OPTIONS:
            hint = argument_hint(word, self._parameter_names())
            raise ConfigurationError(f"{type(self).__name__} got an unknown argument {word!r}. {hint}")

    @classmethod
    def _parameter_names(cls) -> set[str]:
        """Return the names of all arguments, including base classes."""
        kinds = [kind for kind in cls.__mro__ if issubclass(kind, Component)]
        names = {name for kind in kinds for name in inspect.signature(kind.__init__).parameters}
        return (names | set(ComponentOptions.__annotations__)) - {"self", "options"}
