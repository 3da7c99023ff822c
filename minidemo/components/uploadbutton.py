"""UploadButton: a button to choose files with."""

from collections.abc import Sequence
from typing import Any, ClassVar

from minidemo.components._buttons import ButtonSize, IconPath, Variant, _LabelledButton
from minidemo.components._files import FileCount, FileType, _Files


class UploadButton(_LabelledButton, _Files):
    """A button that opens the file dialog; its label is the text on it.

    What was chosen is listed below it. The function gets and may return what a `File` takes and shows; `type`,
    `file_count` and `file_types` are those of `File`, `variant`, `size` and `icon` those of `Button`.
    """

    widget: ClassVar = "uploadbutton"
    text: ClassVar = "Upload a file"

    def __init__(
        self,
        label: str = text,
        value: object = None,
        *,
        variant: Variant = "secondary",
        size: ButtonSize = "lg",
        icon: IconPath = None,
        type: FileType = "filepath",
        file_count: FileCount = "single",
        file_types: Sequence[str] | str | None = None,
        **options: Any,
    ) -> None:
        super().__init__(value, file_count=file_count, file_types=file_types, type=type, label=label, **options)
        self.set_appearance(variant, size, icon)
