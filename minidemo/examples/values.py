"""Values of examples, converted to values of inputs and checked."""

import json
from pathlib import Path
from typing import Any

from minidemo.components._pictures import preview_of
from minidemo.components.base import Component, Held
from minidemo.content.media import Media, files_of
from minidemo.content.tree import map_tree
from minidemo.endpoints.endpoint import Endpoint
from minidemo.errors import OutputError
from minidemo.examples.checks import checked
from minidemo.examples.raw import RawExample
from minidemo.flagging.tables import file_in


def held_value(endpoint: Endpoint, row: RawExample, place: int) -> Held:
    """Return the value of a row for an input.

    Raises `ConfigurationError` if it does not fit.
    """
    with checked(endpoint, row.place, endpoint.input_names[place]):
        return convert_value(endpoint.inputs[place], row, row.values[place])


def convert_value(component: Component, row: RawExample, value: Any) -> Held:
    """Return a value as a component holds it.

    Raises the component's error if it does not fit. Files at addresses are checked when they are downloaded.
    """
    held = _as_uploads(_parse(component, row, value))
    if held is not None and not any(media.url for media in files_of(held)):
        component.check_example(map_tree(held, Media, Media.duplicate))
    return held


def _parse(component: Component, row: RawExample, value: Any) -> Held:
    if row.kind == "held":
        return value
    if row.kind == "python":
        held = component.postprocess(value)
        # The author's own file needs no check.
        return held.finish(held) if isinstance(held, Media) and held.finish and not component.takes_files else held
    cell = _with_files(component, row.folder, value)
    parsed = component.read_from_flag(cell)
    if parsed is None and cell not in ("", None):
        raise OutputError(f"There is no file {value!r} in {row.folder}.")
    return parsed


def _with_files(component: Component, folder: Path | None, cell: Any) -> Any:
    """Return a cell with its files; paths are relative to the log."""
    if folder is None or not component.takes_files or not isinstance(cell, str) or not cell:
        return cell
    names = json.loads(cell) if cell.startswith("[") else [cell]
    files = [file_in(folder, name) if isinstance(name, str) else None for name in names]
    if not all(files):
        return cell
    return files if cell.startswith("[") else files[0]


def _as_uploads(value: Held) -> Held:
    """Return a value whose files are treated as uploads.

    Functions get copies of them without changes.
    """
    return map_tree(value, Media, _as_upload)


def _as_upload(media: Media) -> Media:
    if media.path is None:
        media.uploaded = media.uploaded or media.url is not None
        return media
    if not media.path.is_file():
        raise OutputError(f"There is no file {str(media.path)!r}; relative paths are seen from {Path.cwd()}.")
    file = media.duplicate()
    file.uploaded = True
    file.preview = file.preview or preview_of(file)
    if file.subtitles is not None and file.subtitles.finish is not None:
        file.subtitles = file.subtitles.finish(file.subtitles)
    return file
