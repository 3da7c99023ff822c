"""Wrap a Python function in an Interface, run the script, open the browser."""

from typing import TYPE_CHECKING

from minidemo import components as _components
from minidemo.components.base import Component as Component
from minidemo.context.alerts import Info as Info
from minidemo.context.alerts import Success as Success
from minidemo.context.alerts import Warning as Warning
from minidemo.context.progress import Progress as Progress
from minidemo.context.request import Request as Request
from minidemo.context.validation import validate as validate
from minidemo.errors import ConfigurationError as ConfigurationError
from minidemo.errors import Error as Error
from minidemo.errors import InputError as InputError
from minidemo.errors import OutputError as OutputError
from minidemo.flagging.backends.csv_logger import CSVLogger as CSVLogger
from minidemo.flagging.base import FlaggingCallback as FlaggingCallback
from minidemo.flagging.base import FlagRecord as FlagRecord
from minidemo.interfaces.interface import Interface as Interface
from minidemo.interfaces.served import close_all as close_all
from minidemo.layout.containers import Accordion as Accordion
from minidemo.utils.gradio_names import MISSING_NAMES as _MISSING_NAMES
from minidemo.utils.lazy_imports import lazily as _lazily
from minidemo.utils.sizes import FileSize as FileSize

if TYPE_CHECKING:
    from minidemo import themes as themes
    from minidemo.components import HTML as HTML
    from minidemo.components import JSON as JSON
    from minidemo.components import AnnotatedImage as AnnotatedImage
    from minidemo.components import Annotatedimage as Annotatedimage
    from minidemo.components import Audio as Audio
    from minidemo.components import BrowserState as BrowserState
    from minidemo.components import Button as Button
    from minidemo.components import Chatbot as Chatbot
    from minidemo.components import Checkbox as Checkbox
    from minidemo.components import CheckboxGroup as CheckboxGroup
    from minidemo.components import Checkboxgroup as Checkboxgroup
    from minidemo.components import ClearButton as ClearButton
    from minidemo.components import Code as Code
    from minidemo.components import ColorPicker as ColorPicker
    from minidemo.components import DataFrame as DataFrame
    from minidemo.components import Dataframe as Dataframe
    from minidemo.components import DateTime as DateTime
    from minidemo.components import DownloadButton as DownloadButton
    from minidemo.components import Dropdown as Dropdown
    from minidemo.components import File as File
    from minidemo.components import Files as Files
    from minidemo.components import Gallery as Gallery
    from minidemo.components import Highlight as Highlight
    from minidemo.components import HighlightedText as HighlightedText
    from minidemo.components import Highlightedtext as Highlightedtext
    from minidemo.components import Image as Image
    from minidemo.components import ImageEditor as ImageEditor
    from minidemo.components import ImageMask as ImageMask
    from minidemo.components import Json as Json
    from minidemo.components import Label as Label
    from minidemo.components import List as List
    from minidemo.components import Markdown as Markdown
    from minidemo.components import Matrix as Matrix
    from minidemo.components import Mic as Mic
    from minidemo.components import Microphone as Microphone
    from minidemo.components import Model3D as Model3D
    from minidemo.components import Number as Number
    from minidemo.components import Numpy as Numpy
    from minidemo.components import Paint as Paint
    from minidemo.components import PlayableVideo as PlayableVideo
    from minidemo.components import Plot as Plot
    from minidemo.components import Radio as Radio
    from minidemo.components import Sketchpad as Sketchpad
    from minidemo.components import Slider as Slider
    from minidemo.components import State as State
    from minidemo.components import Text as Text
    from minidemo.components import TextArea as TextArea
    from minidemo.components import Textbox as Textbox
    from minidemo.components import UploadButton as UploadButton
    from minidemo.components import Video as Video
    from minidemo.components._messages import ChatMessage as ChatMessage
    from minidemo.components._tools import Brush as Brush
    from minidemo.components._tools import Eraser as Eraser
    from minidemo.components._tools import LayerOptions as LayerOptions
    from minidemo.components._watermark import WatermarkOptions as WatermarkOptions
    from minidemo.components._waveform import WaveformOptions as WaveformOptions
    from minidemo.components._webcam import WebcamOptions as WebcamOptions
    from minidemo.components.updates import skip as skip
    from minidemo.components.updates import update as update
    from minidemo.context import validators as validators
    from minidemo.context.cached_function import cache as cache
    from minidemo.context.caching import Cache as Cache
    from minidemo.endpoints import mcp as mcp
    from minidemo.flagging.backends.classic_csv_logger import ClassicCSVLogger as ClassicCSVLogger
    from minidemo.flagging.backends.jsonl_logger import JSONLLogger as JSONLLogger
    from minidemo.flagging.backends.simple_csv_logger import SimpleCSVLogger as SimpleCSVLogger
    from minidemo.flagging.store import FlagStore as FlagStore
    from minidemo.interfaces.load import load as load
    from minidemo.interfaces.tabbed import TabbedInterface as TabbedInterface
    from minidemo.media import get_audio as get_audio
    from minidemo.media import get_file as get_file
    from minidemo.media import get_image as get_image
    from minidemo.media import get_model3d as get_model3d
    from minidemo.media import get_video as get_video
    from minidemo.server.app import create_app as create_app
    from minidemo.server.mount import mount_app as mount_app
    from minidemo.server.mount import mount_gradio_app as mount_gradio_app
    from minidemo.server.static_paths import set_static_paths as set_static_paths
    from minidemo.themes import Theme as Theme

_HOMES = {
    **_components.COMPONENT_MODULES,
    **dict.fromkeys(_components.COMPONENT_ALIASES, "minidemo.components"),
    "themes": "minidemo.themes",
    "ChatMessage": "minidemo.components._messages",
    "get_audio": "minidemo.media",
    "get_file": "minidemo.media",
    "get_image": "minidemo.media",
    "get_model3d": "minidemo.media",
    "get_video": "minidemo.media",
    "Cache": "minidemo.context.caching",
    "cache": "minidemo.context.cached_function",
    "skip": "minidemo.components.updates",
    "update": "minidemo.components.updates",
    "mount_gradio_app": "minidemo.server.mount",
    "set_static_paths": "minidemo.server.static_paths",
    "mcp": "minidemo.endpoints.mcp",
    "validators": "minidemo.context.validators",
    "Brush": "minidemo.components._tools",
    "Eraser": "minidemo.components._tools",
    "LayerOptions": "minidemo.components._tools",
    "WatermarkOptions": "minidemo.components._watermark",
    "WaveformOptions": "minidemo.components._waveform",
    "WebcamOptions": "minidemo.components._webcam",
    "ClassicCSVLogger": "minidemo.flagging.backends.classic_csv_logger",
    "JSONLLogger": "minidemo.flagging.backends.jsonl_logger",
    "SimpleCSVLogger": "minidemo.flagging.backends.simple_csv_logger",
    "FlagStore": "minidemo.flagging.store",
    "create_app": "minidemo.server.app",
    "load": "minidemo.interfaces.load",
    "mount_app": "minidemo.server.mount",
    "TabbedInterface": "minidemo.interfaces.tabbed",
    "Theme": "minidemo.themes",
}

if not TYPE_CHECKING:  # or type checkers would take any name for one of these
    __getattr__ = _lazily(__name__, _HOMES, _MISSING_NAMES)

__version__ = "0.1.0"
NO_RELOAD = True
"""Gradio's switch for code that runs once; always True."""

__all__ = [
    "HTML",
    "JSON",
    "NO_RELOAD",
    "Accordion",
    "AnnotatedImage",
    "Annotatedimage",
    "Audio",
    "BrowserState",
    "Brush",
    "Button",
    "CSVLogger",
    "Cache",
    "ChatMessage",
    "Chatbot",
    "Checkbox",
    "CheckboxGroup",
    "Checkboxgroup",
    "ClassicCSVLogger",
    "ClearButton",
    "Code",
    "ColorPicker",
    "Component",
    "ConfigurationError",
    "DataFrame",
    "Dataframe",
    "DateTime",
    "DownloadButton",
    "Dropdown",
    "Eraser",
    "Error",
    "File",
    "FileSize",
    "Files",
    "FlagRecord",
    "FlagStore",
    "FlaggingCallback",
    "Gallery",
    "Highlight",
    "HighlightedText",
    "Highlightedtext",
    "Image",
    "ImageEditor",
    "ImageMask",
    "Info",
    "InputError",
    "Interface",
    "JSONLLogger",
    "Json",
    "Label",
    "LayerOptions",
    "List",
    "Markdown",
    "Matrix",
    "Mic",
    "Microphone",
    "Model3D",
    "Number",
    "Numpy",
    "OutputError",
    "Paint",
    "PlayableVideo",
    "Plot",
    "Progress",
    "Radio",
    "Request",
    "SimpleCSVLogger",
    "Sketchpad",
    "Slider",
    "State",
    "Success",
    "TabbedInterface",
    "Text",
    "TextArea",
    "Textbox",
    "Theme",
    "UploadButton",
    "Video",
    "Warning",
    "WatermarkOptions",
    "WaveformOptions",
    "WebcamOptions",
    "cache",
    "close_all",
    "create_app",
    "get_audio",
    "get_file",
    "get_image",
    "get_model3d",
    "get_video",
    "load",
    "mcp",
    "mount_app",
    "mount_gradio_app",
    "set_static_paths",
    "skip",
    "themes",
    "update",
    "validate",
    "validators",
]


def __dir__() -> list[str]:
    """Return the public names, also those that no script has used yet."""
    return [*__all__, "__version__"]
