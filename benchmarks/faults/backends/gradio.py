"""Gradio's CSVLogger."""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import gradio  # type: ignore[import-not-found,unused-ignore]  # only in an environment of its own
import PIL.Image
from gradio_client.utils import (  # type: ignore[import-not-found,unused-ignore]
    strip_invalid_filename_characters,
)

PIL.Image.preinit()  # and what else would be imported later, by each worker
gradio.CSVLogger()
KINDS = {
    "text": gradio.Textbox,
    "number": gradio.Number,
    "image": gradio.Image,
    "file": gradio.File,
    "files": gradio.File,
}


class Store:
    """A CSVLogger in a folder; what it copies from lies beside that, as uploads do."""

    def __init__(self, columns: Sequence[Sequence[str]], folder: Path, options: Mapping[str, Any]) -> None:
        self.components = [
            KINDS[kind](label=label, **({"file_count": "multiple"} if kind == "files" else {}))
            for kind, label in columns
        ]
        self.kinds = [kind for kind, _ in columns]
        self.sent = folder.with_name("sent")
        self.logger = gradio.CSVLogger(**options)
        self.logger.setup(self.components, folder)

    def flag(self, values: Sequence[Any], option: str | None = None, username: str | None = None) -> int:
        """Store a flag as its button would."""
        self.sent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.sent) as place:  # nobody else's uploads lie there
            pairs = zip(self.kinds, values, strict=True)
            payload = [_payload(kind, value, Path(place) / str(i)) for i, (kind, value) in enumerate(pairs)]
            row: int = self.logger.flag(payload, option, username)
        return row - 1


def _payload(kind: str, value: Any, place: Path) -> Any:
    place.mkdir()
    if kind == "image":
        value.save(place / "picture.png")
        return _file(place / "picture.png")
    if kind == "file":
        upload = _inside(place, value[1])
        shutil.copyfile(value[0], upload)
        return _file(upload) | {"orig_name": value[1]}
    return [_note(place / f"{i}.txt", text) for i, text in enumerate(value)] if kind == "files" else value


def _inside(place: Path, name: str) -> Path:
    """Return where an upload lies, under the name that Gradio's server gives it; never outside of its place."""
    path = place / (strip_invalid_filename_characters(Path(name).name) or "file")
    if path.resolve().parent != place.resolve():
        raise ValueError(f"{name!r} leads elsewhere")
    return path


def _note(path: Path, text: str) -> dict[str, Any]:
    path.write_text(text, encoding="utf-8")
    return _file(path)


def _file(path: Path) -> dict[str, Any]:
    return {"path": str(path), "orig_name": path.name, "meta": {"_type": "gradio.FileData"}}
