"""The built-in components: one a file, loaded when it is asked for."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from minidemo.utils.lazy_imports import lazily as _lazily

if TYPE_CHECKING:
    from minidemo.components.annotated_image import AnnotatedImage as AnnotatedImage
    from minidemo.components.audio import Audio as Audio
    from minidemo.components.base import Component as Component
    from minidemo.components.browserstate import BrowserState as BrowserState
    from minidemo.components.button import Button as Button
    from minidemo.components.chatbot import Chatbot as Chatbot
    from minidemo.components.checkbox import Checkbox as Checkbox
    from minidemo.components.checkboxgroup import CheckboxGroup as CheckboxGroup
    from minidemo.components.clearbutton import ClearButton as ClearButton
    from minidemo.components.code import Code as Code
    from minidemo.components.colorpicker import ColorPicker as ColorPicker
    from minidemo.components.dataframe import Dataframe as Dataframe
    from minidemo.components.datetime import DateTime as DateTime
    from minidemo.components.downloadbutton import DownloadButton as DownloadButton
    from minidemo.components.dropdown import Dropdown as Dropdown
    from minidemo.components.file import File as File
    from minidemo.components.gallery import Gallery as Gallery
    from minidemo.components.highlightedtext import HighlightedText as HighlightedText
    from minidemo.components.html import HTML as HTML
    from minidemo.components.image import Image as Image
    from minidemo.components.image_editor import ImageEditor as ImageEditor
    from minidemo.components.image_mask import ImageMask as ImageMask
    from minidemo.components.json import JSON as JSON
    from minidemo.components.label import Label as Label
    from minidemo.components.markdown import Markdown as Markdown
    from minidemo.components.model3d import Model3D as Model3D
    from minidemo.components.number import Number as Number
    from minidemo.components.paint import Paint as Paint
    from minidemo.components.plot import Plot as Plot
    from minidemo.components.radio import Radio as Radio
    from minidemo.components.sketchpad import Sketchpad as Sketchpad
    from minidemo.components.slider import Slider as Slider
    from minidemo.components.state import State as State
    from minidemo.components.textbox import Textbox as Textbox
    from minidemo.components.uploadbutton import UploadButton as UploadButton
    from minidemo.components.video import Video as Video

    Annotatedimage = AnnotatedImage
    Checkboxgroup = CheckboxGroup
    DataFrame = Dataframe
    Files = File
    Highlight = HighlightedText
    Highlightedtext = HighlightedText
    Json = JSON
    List = Dataframe
    Matrix = Dataframe
    Mic = Audio
    Microphone = Audio
    Numpy = Dataframe
    PlayableVideo = Video
    Text = Textbox
    TextArea = Textbox

COMPONENT_MODULES: Mapping[str, str] = {
    "AnnotatedImage": "minidemo.components.annotated_image",
    "Audio": "minidemo.components.audio",
    "BrowserState": "minidemo.components.browserstate",
    "Button": "minidemo.components.button",
    "Chatbot": "minidemo.components.chatbot",
    "Checkbox": "minidemo.components.checkbox",
    "CheckboxGroup": "minidemo.components.checkboxgroup",
    "ClearButton": "minidemo.components.clearbutton",
    "Code": "minidemo.components.code",
    "ColorPicker": "minidemo.components.colorpicker",
    "Dataframe": "minidemo.components.dataframe",
    "DateTime": "minidemo.components.datetime",
    "DownloadButton": "minidemo.components.downloadbutton",
    "Dropdown": "minidemo.components.dropdown",
    "File": "minidemo.components.file",
    "Gallery": "minidemo.components.gallery",
    "HighlightedText": "minidemo.components.highlightedtext",
    "HTML": "minidemo.components.html",
    "Image": "minidemo.components.image",
    "ImageEditor": "minidemo.components.image_editor",
    "ImageMask": "minidemo.components.image_mask",
    "JSON": "minidemo.components.json",
    "Label": "minidemo.components.label",
    "Markdown": "minidemo.components.markdown",
    "Model3D": "minidemo.components.model3d",
    "Number": "minidemo.components.number",
    "Paint": "minidemo.components.paint",
    "Plot": "minidemo.components.plot",
    "Radio": "minidemo.components.radio",
    "Sketchpad": "minidemo.components.sketchpad",
    "Slider": "minidemo.components.slider",
    "State": "minidemo.components.state",
    "Textbox": "minidemo.components.textbox",
    "UploadButton": "minidemo.components.uploadbutton",
    "Video": "minidemo.components.video",
}
"""The module of each component."""
COMPONENT_ALIASES: Mapping[str, str] = {
    "Annotatedimage": "AnnotatedImage",
    "Checkboxgroup": "CheckboxGroup",
    "DataFrame": "Dataframe",
    "Files": "File",
    "Highlight": "HighlightedText",
    "Highlightedtext": "HighlightedText",
    "Json": "JSON",
    "List": "Dataframe",
    "Matrix": "Dataframe",
    "Mic": "Audio",
    "Microphone": "Audio",
    "Numpy": "Dataframe",
    "PlayableVideo": "Video",
    "Text": "Textbox",
    "TextArea": "Textbox",
}
"""Gradio's other names of components; each has the arguments of the shortcut with its name."""
_HOMES = {
    **COMPONENT_MODULES,
    **dict.fromkeys(COMPONENT_ALIASES, "minidemo.components._aliases"),
    "Component": "minidemo.components.base",
}

if not TYPE_CHECKING:  # or type checkers would take any name for one of these
    __getattr__ = _lazily(__name__, _HOMES)
