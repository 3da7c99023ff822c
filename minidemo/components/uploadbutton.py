"""UploadButton: a button to choose files with."""

from collections.abc import Sequence
from typing import Any, ClassVar

from minidemo.components._buttons import ButtonSize, IconPath, Variant, _LabelledButton
from minidemo.components._files import FileCount, FileType, _Files


class UploadButton(_LabelledButton, _Files):
    """A button that opens the file dialog.

    Chosen files are listed below it. The function gets and returns the same as with `File`.

    Args:
        label: The text on the button. By default "Upload a file".
        value: Path of the initial file, or a list of paths.
        variant: As in `Button`. By default "secondary".
        size: As in `Button`. By default "lg".
        icon: As in `Button`.
        type: As in `File`. By default "filepath".
        file_count: As in `File`. By default "single".
        file_types: As in `File`. By default any file.
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
