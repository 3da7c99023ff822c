"""Conversion of values between our components and Gradio's protocol."""

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
from minidemo.remote.link import InvalidResponse

PICTURES = {"image/png": "png", "image/webp": "webp", "image/jpeg": "jpg", "image/svg+xml": "svg"}
VIDEOS = (".mp4", ".mov", ".webm", ".mkv", ".ogg", ".ogv", ".avi")


def send_plain(value: Any, files: Files) -> Any:
    """Send JSON unchanged, except for files, which visitors must upload."""
    if _names_file(value):
        raise InputError("Files cannot be named in JSON.")
    return _finite(value)


def send_file(value: Any, files: Files) -> Any:
    """Send a file or a list of files, given as paths."""
    if isinstance(value, list):
        return [files.send(path) for path in value]
    return None if value is None else files.send(value)


def send_video(value: Any, files: Files) -> Any:
    """Send a video with empty subtitles, as in Gradio 4 and 5."""
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
    """Send {label: confidence}, or a single label."""
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
    """Send text to a component that also takes files."""
    return {"text": value or "", "files": []}


def show_plain(value: Any, files: Files) -> Any:
    """Show JSON unchanged."""
    return value


def show_text(value: Any, files: Files) -> Any:
    """Show text, or other values as JSON."""
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def show_message(value: Any, files: Files) -> Any:
    """Show the text of a message."""
    return show_text(value.get("text") if isinstance(value, dict) else value, files)


def show_file(value: Any, files: Files) -> Any:
    """Show a file or a list of files, but no incomplete stream."""
    if isinstance(value, list):
        return [files.fetch(each) for each in value]
    if value is None or (is_file(value) and value.get("is_stream") is True):
        return None
    return files.fetch(value)


def show_video(value: Any, files: Files) -> Any:
    """Show a video with its subtitles, if any."""
    if not isinstance(value, dict) or "video" not in value:
        return show_file(value, files)
    path, subtitles = show_file(value["video"], files), show_file(value.get("subtitles"), files)
    return (path, subtitles) if path and subtitles else path


def show_gallery(value: Any, files: Files) -> Any:
    """Show pictures and videos with their captions."""
    return None if value is None else [_item(each, files) for each in _check_list(value)]


def show_drawing(value: Any, files: Files) -> Any:
    """Show the parts of a drawing."""
    if value is None:
        return None
    fields = _check_mapping(value)
    layers = [files.fetch(layer) for layer in _check_list(fields.get("layers") or [])]
    parts = {key: show_file(fields.get(key), files) for key in ("background", "composite")}
    return {**parts, "layers": layers} if layers or any(parts.values()) else None


def show_label(value: Any, files: Files) -> Any:
    """Show a label, or labels with their confidences."""
    if value is None:
        return None
    fields = _check_mapping(value)
    pairs = [_check_mapping(pair) for pair in _check_list(fields.get("confidences") or [])]
    return {str(pair.get("label")): pair.get("confidence") for pair in pairs} or show_text(fields.get("label"), files)


def show_pieces(value: Any, files: Files) -> Any:
    """Show texts with their labels."""
    if value is None:
        return None
    pieces = [_check_mapping(piece) for piece in _check_list(value)]
    return [(piece.get("token"), piece.get("class_or_confidence")) for piece in pieces]


def show_table(value: Any, files: Files) -> Any:
    """Show a table."""
    return None if value is None else {"headers": None, "metadata": None, **_check_mapping(value)}


def show_plot(value: Any, files: Files) -> Any:
    """Show a figure; matplotlib's are pictures."""
    if value is None:
        return None
    kind, plot = _check_mapping(value).get("type"), value.get("plot")
    return {"type": kind, "plot": _picture(plot, files) if kind == "matplotlib" else plot}


def show_regions(value: Any, files: Files) -> Any:
    """Show a picture and the regions on it."""
    if value is None:
        return None
    fields = _check_mapping(value)
    regions = [_check_mapping(region) for region in _check_list(fields.get("annotations") or [])]
    sections = [(_mask(files.fetch(region.get("image"))), str(region.get("label"))) for region in regions]
    return files.fetch(fields.get("image")), sections


def show_chat(value: Any, files: Files) -> Any:
    """Show messages, or the message pairs of Gradio 4."""
    return None if value is None else [_message(each, files) for each in _check_list(value)]


def _message(message: Any, files: Files) -> Any:
    if isinstance(message, list):
        return [_content(each, files) for each in message]
    fields = _check_mapping(message)
    content = _content(fields.get("content"), files)
    metadata = fields.get("metadata")
    extra = {"metadata": metadata} if isinstance(metadata, dict) else {}
    return {"role": fields.get("role"), "content": "" if content is None else content, **extra}


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
    fields = _check_mapping(item)
    caption = fields.get("caption")
    return files.fetch(fields.get("image") or fields.get("video")), caption if isinstance(caption, str) else None


def _kind_of(path: str) -> str:
    return "video" if Path(path).suffix.lower() in VIDEOS else "image"


def _picture(plot: Any, files: Files) -> Media:
    """Return the picture in a data URL or a file."""
    if is_file(plot):
        return Media.of_bytes(Path(files.fetch(plot)).read_bytes(), Path(plot["path"]).name)
    head, _, data = plot.partition(";base64,") if isinstance(plot, str) else ("", "", "")
    kind = head.removeprefix("data:")
    try:
        if kind in PICTURES:
            return Media.of_bytes(base64.b64decode(data, validate=True), f"plot.{PICTURES[kind]}", mime=kind)
    except binascii.Error:
        pass
    raise InvalidResponse(f"it sent the figure {plot!r:.60}, which is no picture")


def _mask(path: str) -> Any:
    return decode(Media.of_path(Path(path)), "RGBA", "The mask").getchannel("A")


def _names_file(value: Any) -> bool:
    if isinstance(value, dict):
        meta = value.get("meta")
        is_file_data = isinstance(meta, dict) and meta.get("_type") == FILE_META["_type"]
        return ("path" in value and is_file_data) or any(map(_names_file, value.values()))
    return isinstance(value, list) and any(map(_names_file, value))


def _finite(value: Any) -> Any:
    """Replace NaN and infinity by None, since JSON lacks them."""
    return map_tree(value, float, lambda number: number if math.isfinite(number) else None)


def _check_mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InvalidResponse(f"it sent {value!r:.60} where an object should be")
    return value


def _check_list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise InvalidResponse(f"it sent {value!r:.60} where a list should be")
    return value
