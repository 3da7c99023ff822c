"""The contract of a component: what it takes, gives, shows and stores."""

import copy
import inspect
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, TypeAlias, TypedDict

from minidemo.components._schema import Schema
from minidemo.components._summaries import summary
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, InputError, did_you_mean
from minidemo.layout.node import Node

Held: TypeAlias = Any
"""A value as JSON has it, with `Media` in the place of files."""

Cell: TypeAlias = str | int | float | Media | list[Media] | None
"""What one column of a flag holds: text, a number, files, or nothing."""


class ComponentOptions(TypedDict, total=False):
    """The keyword arguments that every component takes."""

    label: str | None
    info: str | None
    show_label: bool
    container: bool
    scale: int | None
    min_width: int
    interactive: bool | None
    visible: bool
    elem_id: str | None
    elem_classes: list[str] | str | None
    key: int | str | None
    flag: bool


IGNORED_OPTIONS = frozenset(
    {
        "api_name",
        "api_visibility",
        "autoscroll",
        "buttons",
        "crop_size",
        "html_attributes",
        "latex_delimiters",
        "mirror_webcam",
        "preserved_by_key",
        "render",
        "show_api",
        "show_fullscreen_button",
        "show_indices",
        "show_reset_button",
        "show_share_button",
        "stop_btn",
        "submit_btn",
        "watermark",
        "webcam_constraints",
        "webcam_options",
    }
)
"""Arguments of Gradio's that concern looks or an API which this page does not have: accepted, and without effect."""


class Component(Node):
    """One input or output of a function.

    A subclass has a template, `<name>.html`, and overrides those of `preprocess`, `postprocess`, `flag` and
    `read_from_flag` that differ from handing the value on. All four may be called from several threads at once: keep
    what belongs to one visitor out of `self`. Raise `InputError` for a value that does not fit, `OutputError` for one
    that cannot be shown. `widget` names the script, and the style sheet if there is one, that the template needs.

    A component of your own says in `folder` where its template, script and style sheet lie, mostly in
    `Path(__file__).parent`. Without one it looks like the component that it is derived from.
    """

    folder: ClassVar[Path | None] = None
    widget: ClassVar[str | None] = None
    shortcuts: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    """Other names for `Interface(inputs=...)`, each with the arguments that it stands for."""
    takes_files: ClassVar[bool] = False
    """Whether a JSON object with a `path` in this component's value names an uploaded file."""
    renders: ClassVar[bool] = False
    """Whether the server makes HTML of a value, by the template `<name>_value.html`: for the page, and with answers."""
    feedback: tuple[str, ...] = ()
    """The reasons to flag one item of a value that has several: it is stored `until` there."""
    seen: ClassVar[bool] = True
    """Whether there is something to see of it on the page."""
    stays: ClassVar[bool] = False
    """Whether the value stays on the server, kept for each page load, and never travels."""
    private: bool = False
    """Whether the value is of no concern to others, even if the visitor shows them the result."""
    streaming: bool = False
    """Whether the component, as an input, sends a value again and again while it is switched on."""
    visitor_writes: bool = True
    """Whether the visitor can put any text into the value, rather than choose among the author's."""

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
        self.visible: bool = options.get("visible", True)
        self.elem_id: str | None = options.get("elem_id")
        classes = options.get("elem_classes") or []
        self.elem_classes: list[str] = classes.split() if isinstance(classes, str) else list(classes)
        self.key: int | str | None = options.get("key")
        self.flagged: bool = options.get("flag", True)

    @classmethod
    def name(cls) -> str:
        """Return the name of the class in lower case: that of its template, and its first shortcut."""
        return cls.__name__.lower()

    @property
    def template(self) -> str:  # type: ignore[override]  # a class attribute of Node, derived here
        """The template that renders the component: its own, or that of the component that it is derived from."""
        kinds = [kind for kind in type(self).__mro__ if issubclass(kind, Component) and kind is not Component]
        owner = next((kind for kind in kinds if kind._has_template()), type(self))
        return f"{owner.name()}.html" if owner.folder else f"components/{owner.name()}.html"

    @property
    def value_template(self) -> str:
        """The template that renders a value of a component that `renders`."""
        return self.template.removesuffix(".html") + "_value.html"

    @property
    def title(self) -> str:
        """What to call the component in a message."""
        return self.label or type(self).__name__

    @property
    def has_value(self) -> bool:
        """Whether its author said with which value a fresh page starts."""
        return self.value is not None

    @property
    def refers_to(self) -> Sequence["Component"]:
        """Other components that it does something with; they must be on the page."""
        return ()

    def schema(self) -> Schema:
        """Return the JSON schema of a value on the wire; by default any will do."""
        return {}

    def example(self) -> Held:
        """Return a value that a visitor could send, as the API's documentation shows it."""
        return self.initial()

    def preprocess(self, value: Held) -> Any:
        """Check a value that came from the visitor, and turn it into the function's argument."""
        return value

    def postprocess(self, value: Any) -> Held:
        """Turn what the function returned into the value to show."""
        return value

    def flag(self, value: Held) -> Cell:
        """Return what a flag's column holds of the value."""
        return None if value is None else str(value)

    def read_from_flag(self, cell: Cell) -> Held:
        """Return the value of which `flag` made the cell; an empty cell is no value."""
        return None if cell == "" else cell

    def teaser(self, value: Held) -> str | Media:
        """Return what stands for a value in a list of examples: a few words, or a picture."""
        return summary(value)

    def check_example(self, value: Held) -> None:
        """Raise `InputError` for an example that could not be sent; what takes long may be left to `preprocess`."""
        self.preprocess(value)

    def correction(self) -> "Component | None":
        """Return the component to put this output right in, or None if it cannot be put right.

        What it holds is a value of this component; by default it is a copy of it that is open to edits.
        """
        duplicate = copy.copy(self)
        duplicate.value, duplicate.interactive, duplicate.elem_id, duplicate.info = None, True, None, None
        return duplicate

    def until(self, value: Held, item: int) -> Held:
        """Return a value up to one of its items that takes `feedback`, or raise `InputError` for one that does not."""
        if item >= len(value or ()):
            raise InputError(f"{self.title} has no item {item}.", field="about")
        return value[: item + 1]

    def check_as_input(self) -> None:
        """Raise `ConfigurationError` if the component cannot serve as an input."""

    def initial(self) -> Held:
        """Return the value that a fresh page shows; a callable is asked anew for each."""
        value = self.value() if callable(self.value) else self.value
        return None if value is None else self.postprocess(value)

    @classmethod
    def _has_template(cls) -> bool:
        return "folder" in vars(cls) or cls.__module__.startswith("minidemo.")

    def _check_options(self, options: Mapping[str, object]) -> None:
        for word in options.keys() - ComponentOptions.__annotations__.keys() - IGNORED_OPTIONS:
            hint = did_you_mean(word, self._argument_names())
            raise ConfigurationError(f"{type(self).__name__} got an unknown argument {word!r}. {hint}")

    @classmethod
    def _argument_names(cls) -> set[str]:
        """Return the names of all arguments; a constructor may hand those of its base on as `**options`."""
        kinds = [kind for kind in cls.__mro__ if issubclass(kind, Component)]
        names = {name for kind in kinds for name in inspect.signature(kind.__init__).parameters}
        return (names | set(ComponentOptions.__annotations__)) - {"self", "options"}
