"""DownloadButton: a button to download a file with."""

from typing import Any, ClassVar

from minidemo.components._buttons import ButtonSize, IconPath, Variant, _LabelledButton
from minidemo.components._files import _Files
from minidemo.components.base import Component
from minidemo.components.file import File


class DownloadButton(_LabelledButton, _Files):
    """A button that downloads a file.

    The function may return the path of another file. Without a file the button is disabled. An input hands on the path
    of its file.

    Args:
        label: The text on the button. By default "Download".
        value: The path of the file.
        variant: As in `Button`. By default "secondary".
        size: As in `Button`. By default "lg".
        icon: As in `Button`.
    """

    widget: ClassVar = "downloadbutton"
    text: ClassVar = "Download"

    def __init__(
        self,
        label: str = text,
        value: object = None,
        *,
        variant: Variant = "secondary",
        size: ButtonSize = "lg",
        icon: IconPath = None,
        **options: Any,
    ) -> None:
        super().__init__(value, label=label, **options)
        self.set_appearance(variant, size, icon)

    def correction(self) -> Component:
        """Return a place for another file."""
        return File(label=self.label, show_label=self.show_label, interactive=True, elem_classes=self.elem_classes)
