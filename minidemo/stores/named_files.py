"""NamedFiles: the files that one value of a visitor names."""

from minidemo.content.media import Media
from minidemo.errors import InputError
from minidemo.i18n import Text
from minidemo.utils.sizes import size_text

MAX_FILES = 1_000
"""Files that one value may name."""


class NamedFiles:
    """Counts the files that one value names, also those that it names again.

    Args:
        max_bytes: The limit of all files together.
        field: The input, for messages.
    """

    def __init__(self, max_bytes: int, field: str | None) -> None:
        self.files: dict[str, Media] = {}
        """The files by id."""
        self.field = field
        self._max_bytes = max_bytes
        self._count = self._bytes = 0

    def count(self, media: Media) -> Media:
        """Return a file, or raise `InputError` for one too many."""
        self._count += 1
        self._bytes += media.disk or media.weight
        if self._count > MAX_FILES:
            raise InputError(Text("too_many_files", limit=f"{MAX_FILES:,}"), field=self.field)
        if self._bytes > self._max_bytes:
            raise InputError(Text("files_too_large", limit=size_text(self._max_bytes)), field=self.field)
        return media
