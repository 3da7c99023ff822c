"""Our components for Gradio's, with the conversion of their values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from minidemo.remote import values
from minidemo.remote.files import Files


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """Our component for one of Gradio's, its options and its converters."""

    component: str
    option_names: tuple[str, ...] = ()
    fixed_options: Mapping[str, Any] = field(default_factory=dict)
    send: Callable[[Any, Files], Any] = values.send_plain
    show: Callable[[Any, Files], Any] = values.show_plain
    files: bool = False
    """True if the initial value is a file, which is not copied."""
    output_only: bool = False


def _kind(component: str, option_names: str = "", **more: Any) -> Kind:
    return Kind(component=component, option_names=tuple(option_names.split()), **more)


_PATH = {"type": "filepath"}
_FILE: dict[str, Any] = {"send": values.send_file, "show": values.show_file, "files": True}
_DRAWING: dict[str, Any] = {
    "fixed_options": {**_PATH, "image_mode": None},
    "send": values.send_drawing,
    "show": values.show_drawing,
    "files": True,
}
_SIZE = "height width"

KINDS: Mapping[str, Kind] = {
    "annotatedimage": _kind("AnnotatedImage", "show_legend", show=values.show_regions, files=True, output_only=True),
    "audio": _kind("Audio", "sources min_length max_length", fixed_options=_PATH, **_FILE),
    "chatbot": _kind("Chatbot", "height layout render_markdown", show=values.show_chat, files=True, output_only=True),
    "checkbox": _kind("Checkbox"),
    "checkboxgroup": _kind("CheckboxGroup", "choices"),
    "code": _kind("Code", "language lines max_lines wrap_lines", show=values.show_text),
    "colorpicker": _kind("ColorPicker"),
    "dataframe": _kind("Dataframe", "headers datatype wrap", fixed_options={"type": "array"}, show=values.show_table),
    "datetime": _kind("DateTime", "include_time timezone", fixed_options={"type": "string"}),
    "downloadbutton": _kind("DownloadButton", **_FILE),
    "dropdown": _kind("Dropdown", "choices multiselect allow_custom_value max_choices filterable"),
    "file": _kind("File", "file_count file_types", fixed_options=_PATH, **_FILE),
    "gallery": _kind(
        "Gallery",
        "columns rows object_fit",
        fixed_options=_PATH,
        send=values.send_gallery,
        show=values.show_gallery,
        files=True,
    ),
    "highlightedtext": _kind(
        "HighlightedText", "color_map show_legend rtl", send=values.send_pieces, show=values.show_pieces
    ),
    "html": _kind("HTML", show=values.show_text),
    "image": _kind("Image", f"sources {_SIZE}", fixed_options={**_PATH, "image_mode": None}, **_FILE),
    "imageeditor": _kind("ImageEditor", _SIZE, **_DRAWING),
    "imagemask": _kind("ImageMask", _SIZE, **_DRAWING),
    "json": _kind("JSON", "open"),
    "label": _kind("Label", "color show_heading", send=values.send_label, show=values.show_label),
    "markdown": _kind("Markdown", "rtl line_breaks", show=values.show_text),
    "model3d": _kind("Model3D", "display_mode clear_color", **_FILE),
    "multimodaltextbox": _kind(
        "Textbox", "lines max_lines placeholder", send=values.send_message, show=values.show_message
    ),
    "number": _kind("Number", "minimum maximum step precision placeholder"),
    "paint": _kind("Paint", _SIZE, **_DRAWING),
    "plot": _kind("Plot", show=values.show_plot, files=True, output_only=True),
    "radio": _kind("Radio", "choices"),
    "sketchpad": _kind("Sketchpad", _SIZE, **_DRAWING),
    "slider": _kind("Slider", "minimum maximum step"),
    "textbox": _kind("Textbox", "lines max_lines placeholder type max_length rtl text_align", show=values.show_text),
    "uploadbutton": _kind("UploadButton", "file_count file_types", fixed_options=_PATH, **_FILE),
    "video": _kind("Video", f"min_length max_length include_audio {_SIZE}", **{**_FILE, "show": values.show_video}),
}
"""Kinds by Gradio's component name; all others are shown as JSON."""
JSON = KINDS["json"]
