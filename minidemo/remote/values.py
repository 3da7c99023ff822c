"""Values: from what a component hands to a function to what Gradio's protocol has, and back to what one returns."""

import base64
import binascii
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from minidemo.components._pictures import decode
from minidemo.content.media import Media
from minidemo.content.tree import map_tree
from minidemo.errors import InputError
from minidemo.remote.files import FILE_META, Files, is_file
from minidemo.remote.link import Garbled

PICTURES = {"image/png": "png", "image/webp": "webp", "image/jpeg": "jpg", "image/svg+xml": "svg"}
VIDEOS = (".mp4", ".mov", ".webm", ".mkv", ".ogg", ".ogv", ".avi")


def send_plain(value: Any, files: Files) -> Any:
    """Send what JSON can say as it is, but for files: a visitor uploads them, and names none."""
    if _names_file(value):
        raise InputError("Files cannot be named in JSON.")
    return _finite(value)


def send_file(value: Any, files: Files) -> Any:
    """Send a file by its path, or a list of them."""
    if isinstance(value, list):
        return [files.send(path) for path in value]
    return None if value is None else files.send(value)


def send_video(value: Any, files: Files) -> Any:
    """Send a video as Gradio 4 and 5 have it: with a place for subtitles."""
    return None if value is None else {"video": files.send(value), "subtitles": None}


def send_gallery(value: Any, files: Files) -> Any:
    """Send (path, caption) pairs."""
    if value is None:
        return None
    return [{_kind_of(path): files.send(path), "caption": caption} for path, caption in value]


def send_drawing(value: Any, files: Files) -> Any:
    """Send the parts of a drawing."""
    if value is None:
        return None
    layers = [files.send(path) for path in value["layers"]]
    ends = {key: send_file(value[key], files) for key in ("background", "composite")}
    return {**ends, "layers": layers}


def send_label(value: Any, files: Files) -> Any:
    """Send {label: confidence}, or a label alone."""
    if not isinstance(value, dict):
        return None if value is None else {"label": value}
    pairs = [{"label": label, "confidence": _finite(confidence)} for label, confidence in value.items()]
    return {"label": pairs[0]["label"], "confidences": pairs}


def send_pieces(value: Any, files: Files) -> Any:
    """Send (text, label) pairs."""
    if value is None:
        return None
    return [{"token": text, "class_or_confidence": _finite(label)} for text, label in value]


def send_message(value: Any, files: Files) -> Any:
    """Send text to a component that takes files with it."""
    return {"text": value or "", "files": []}


def show_plain(value: Any, files: Files) -> Any:
    """Show what JSON can say as it is."""
    return value


def show_text(value: Any, files: Files) -> Any:
    """Show text, and as JSON what is none."""
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def show_message(value: Any, files: Files) -> Any:
    """Show the text of a message."""
    return show_text(value.get("text") if isinstance(value, dict) else value, files)


def show_file(value: Any, files: Files) -> Any:
    """Show a file, or a list of them; a stream that is not whole yet is nothing to show."""
    if isinstance(value, list):
        return [files.fetch(each) for each in value]
    if value is None or (is_file(value) and value.get("is_stream") is True):
        return None
    return files.fetch(value)


def show_video(value: Any, files: Files) -> Any:
    """Show a video with its subtitles, if it has some."""
    if not isinstance(value, dict) or "video" not in value:
        return show_file(value, files)
    path, subtitles = show_file(value["video"], files), show_file(value.get("subtitles"), files)
    return (path, subtitles) if path and subtitles else path


def show_gallery(value: Any, files: Files) -> Any:
    """Show pictures and videos with their captions."""
    return None if value is None else [_item(each, files) for each in _listed(value)]


def show_drawing(value: Any, files: Files) -> Any:
    """Show the parts of a drawing."""
    if value is None:
        return None
    found = _mapping(value)
    layers = [files.fetch(layer) for layer in _listed(found.get("layers") or [])]
    parts = {key: show_file(found.get(key), files) for key in ("background", "composite")}
    return {**parts, "layers": layers} if layers or any(parts.values()) else None


def show_label(value: Any, files: Files) -> Any:
    """Show a label, or labels with their confidences."""
    if value is None:
        return None
    found = _mapping(value)
    pairs = [_mapping(pair) for pair in _listed(found.get("confidences") or [])]
    return {str(pair.get("label")): pair.get("confidence") for pair in pairs} or show_text(found.get("label"), files)


def show_pieces(value: Any, files: Files) -> Any:
    """Show texts with their labels."""
    if value is None:
        return None
    pieces = [_mapping(piece) for piece in _listed(value)]
    return [(piece.get("token"), piece.get("class_or_confidence")) for piece in pieces]


def show_table(value: Any, files: Files) -> Any:
    """Show a table."""
    return None if value is None else {"headers": None, "metadata": None, **_mapping(value)}


def show_plot(value: Any, files: Files) -> Any:
    """Show a figure; one of matplotlib is a picture."""
    if value is None:
        return None
    kind, plot = _mapping(value).get("type"), value.get("plot")
    return {"type": kind, "plot": _picture(plot, files) if kind == "matplotlib" else plot}


def show_regions(value: Any, files: Files) -> Any:
    """Show a picture and the regions on it."""
    if value is None:
        return None
    found = _mapping(value)
    regions = [_mapping(region) for region in _listed(found.get("annotations") or [])]
    shown = [(_mask(files.fetch(region.get("image"))), str(region.get("label"))) for region in regions]
    return files.fetch(found.get("image")), shown


def show_chat(value: Any, files: Files) -> Any:
    """Show a conversation: messages, or pairs of them, as Gradio 4 has it."""
    return None if value is None else [_said(each, files) for each in _listed(value)]


def _said(message: Any, files: Files) -> Any:
    if isinstance(message, list):
        return [_content(each, files) for each in message]
    found = _mapping(message)
    content = _content(found.get("content"), files)
    metadata = found.get("metadata")
    extra = {"metadata": metadata} if isinstance(metadata, dict) else {}
    return {"role": found.get("role"), "content": "" if content is None else content, **extra}


def _content(content: Any, files: Files) -> Any:
    if isinstance(content, list):
        return [_content(each, files) for each in content]
    if not isinstance(content, dict):
        return content
    if isinstance(content.get("text"), str):
        return content["text"]
    file = next((each for each in (content, content.get("file"), content.get("value")) if is_file(each)), None)
    return Path(files.fetch(file)) if file else json.dumps(content, ensure_ascii=False)


def _item(item: Any, files: Files) -> tuple[str, str | None]:
    found = _mapping(item)
    caption = found.get("caption")
    return files.fetch(found.get("image") or found.get("video")), caption if isinstance(caption, str) else None


def _kind_of(path: str) -> str:
    return "video" if Path(path).suffix.lower() in VIDEOS else "image"


def _picture(plot: Any, files: Files) -> Media:
    """Return the picture in a data URL, or in a file."""
    if is_file(plot):
        return Media.of_bytes(Path(files.fetch(plot)).read_bytes(), Path(plot["path"]).name)
    head, _, data = plot.partition(";base64,") if isinstance(plot, str) else ("", "", "")
    kind = head.removeprefix("data:")
    try:
        if kind in PICTURES:
            return Media.of_bytes(base64.b64decode(data, validate=True), f"plot.{PICTURES[kind]}", mime=kind)
    except binascii.Error:
        pass
    raise Garbled(f"it sent the figure {plot!r:.60}, which is no picture")


def _mask(path: str) -> Any:
    return decode(Media.of_path(Path(path)), "RGBA", "The mask").getchannel("A")


def _names_file(value: Any) -> bool:
    if isinstance(value, dict):
        meta = value.get("meta")
        marked = isinstance(meta, dict) and meta.get("_type") == FILE_META["_type"]
        return ("path" in value and marked) or any(map(_names_file, value.values()))
    return isinstance(value, list) and any(map(_names_file, value))


def _finite(value: Any) -> Any:
    """Put null in the place of NaN and the infinities, for which JSON has no word."""
    return map_tree(value, float, lambda number: number if math.isfinite(number) else None)


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Garbled(f"it sent {value!r:.60} where an object should be")
    return value


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Garbled(f"it sent {value!r:.60} where a list should be")
    return value
