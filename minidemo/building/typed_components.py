"""Components whose argument is a member of an Enum, or a Path."""

from enum import Enum
from pathlib import Path
from typing import Any

from minidemo.components._choices import _Choices
from minidemo.components.base import Component, Held
from minidemo.components.checkboxgroup import CheckboxGroup
from minidemo.components.dropdown import Dropdown
from minidemo.components.file import File
from minidemo.components.radio import Radio

MAX_RADIO_CHOICES = 4
"""Number of choices up to which all are visible."""


def choice_of(choices: list[Any]) -> Component:
    """Return the component to select one of the choices."""
    return Radio(choices) if len(choices) <= MAX_RADIO_CHOICES else Dropdown(choices, value=None)


def member_of(kind: type[Enum]) -> Component:
    """Return the component to choose a member of an Enum."""
    choices = _choices(kind)
    component: _Members = (
        _MemberRadio(choices) if len(choices) <= MAX_RADIO_CHOICES else _MemberDropdown(choices, value=None)
    )
    component.kind = kind
    return component


def members_of(kind: type[Enum]) -> Component:
    """Return the component to choose several members of an Enum."""
    component = _MemberGroup(_choices(kind))
    component.kind = kind
    return component


def path_of(count: Any = "single") -> Component:
    """Return the component to upload files as `Path`."""
    return _PathFile(file_count=count)


class _Members(_Choices):
    """Hands on members of an Enum; their text or name is shown."""

    kind: type[Enum]

    def preprocess(self, value: Held) -> Any:
        names = super().preprocess(value)
        if isinstance(names, list):
            return [self.kind[name] for name in names]
        return None if names is None else self.kind[names]

    def _display_value(self, value: Any) -> Held:
        return super()._display_value(value.name if isinstance(value, self.kind) else value)


class _MemberRadio(_Members, Radio):
    @classmethod
    def name(cls) -> str:
        return Radio.name()


class _MemberDropdown(_Members, Dropdown):
    @classmethod
    def name(cls) -> str:
        return Dropdown.name()


class _MemberGroup(_Members, CheckboxGroup):
    @classmethod
    def name(cls) -> str:
        return CheckboxGroup.name()


class _PathFile(File):
    @classmethod
    def name(cls) -> str:
        return File.name()

    def preprocess(self, value: Held) -> Any:
        paths = super().preprocess(value)
        if isinstance(paths, list):
            return [Path(path) for path in paths]
        return None if paths is None else Path(paths)


def _choices(kind: type[Enum]) -> list[Any]:
    return [(member.value if isinstance(member.value, str) else member.name, member.name) for member in kind]
