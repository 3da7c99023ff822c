"""Files on the wire."""

from typing import Literal

from pydantic import Field

from minidemo.schemas.base import SESSION_PATTERN, Shape


class FileMeta(Shape):
    """Marks a JSON object as a file, and names its preview and its subtitles if there are any."""

    type: Literal["gradio.FileData"] = Field(default="gradio.FileData", alias="_type")
    preview: str | None = None
    subtitles: str | None = Field(default=None, exclude_if=lambda path: path is None)


class FileData(Shape):
    """A file on the wire: `path` is an id that this server made, never a place on a disk."""

    path: str
    url: str | None = None
    size: int | None = None
    orig_name: str | None = None
    mime_type: str | None = None
    is_stream: bool = False
    meta: FileMeta = Field(default_factory=FileMeta)


class UploadQuery(Shape):
    """Whose file is uploaded, and under what name."""

    name: str = Field(default="file", max_length=1000)
    session: str | None = Field(default=None, pattern=SESSION_PATTERN)
