"""DownloadButton: a button to download a file with."""

from typing import Any, ClassVar

from minidemo.components._buttons import ButtonSize, IconPath, Variant, _LabelledButton
from minidemo.components._files import _Files
from minidemo.components.base import Component
from minidemo.components.file import File


class DownloadButton(_LabelledButton, _Files):
    """A button that downloads a file; its label is the text on it.

    The value is the path of the file, which the function may return. Without one nobody can press the button. As an
    input it hands on the path of the file that it offers. `variant`, `size` and `icon` are those of `Button`.
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
