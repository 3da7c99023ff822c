"""Gradio's names that mean nothing here, or something else."""

from collections.abc import Iterable, Mapping

from minidemo.errors import did_you_mean

IGNORED_OPTIONS = frozenset(
    {
        "_selectable",
        "allow_file_downloads",
        "api_name",
        "api_visibility",
        "apply_default_css",
        "autoscroll",
        "buttons",
        "crop_size",
        "css_template",
        "editable",
        "fit_columns",
        "head",
        "html_attributes",
        "html_template",
        "js_on_load",
        "latex_delimiters",
        "like_user_message",
        "load_fn",
        "mirror_webcam",
        "num_choices_shown",
        "preserved_by_key",
        "reasoning_tags",
        "render",
        "server_functions",
        "show_api",
        "show_fullscreen_button",
        "show_indices",
        "show_reset_button",
        "show_share_button",
        "sources",
        "stop_btn",
        "streaming",
        "submit_btn",
        "subtitles",
        "watermark",
        "webcam_constraints",
        "webcam_options",
    }
)
"""Arguments of components that are accepted without effect."""
IGNORED_INTERFACE_OPTIONS = frozenset({"_api_mode", "enable_queue", "interpretation", "layout"})
"""Arguments of `Interface` that are accepted without effect."""

REPLACED_ARGUMENTS: Mapping[str, str] = {
    "capture_session": "Leave it out.",
    "client_position_to_load_data": "Leave it out: everything is loaded at once.",
    "concurrency_count": "Write default_concurrency_limit=… in queue, or concurrency_limit=… in Interface.",
    "default": "Write value=… instead.",
    "file": "Write file_count=… or file_types=… instead.",
    "file_directories": "Write allowed_paths=[…] instead.",
    "interactive_plot": "Leave it out.",
    "invert_colors": "Leave it out, and write PIL.ImageOps.invert(image) in the function.",
    "keep_filename": "Leave it out: files keep their names.",
    "live_updates": "Leave it out: positions in the queue are always shown.",
    "numeric": "Leave it out: numbers are recognized.",
    "optional": "Leave it out, or write required=False for an input whose parameter has a type.",
    "password": "Write auth=(name, password) in launch.",
    "requires_permissions": "Leave it out.",
    "shape": "Leave it out, and write image.resize((width, height)) in the function.",
    "source": "Write sources=[…] instead.",
    "tool": "Leave it out, or use ImageEditor, ImageMask or Sketchpad instead of Image.",
    "verbose": "Leave it out.",
}
"""What to write instead of arguments that Gradio had, and has no more."""

_NO_BLOCKS = "There are no Blocks yet: Interface makes a page of one function, TabbedInterface of several."
_NO_CHAT = "There is no chat page yet: use an Interface with a Chatbot."
_NO_EVENTS = "There are no events yet: an Interface calls its function on Submit, or with live=True at each change."
_NO_HUB = "minidemo does not know Hugging Face: use auth=… or auth_dependency=… in launch."
_NO_PLOTS = "Use Plot, with a figure of matplotlib, plotly, bokeh or altair."
_SENTENCES: Mapping[str, tuple[str, ...]] = {
    _NO_BLOCKS: (
        *("Blocks", "Column", "Draggable", "Group", "Header", "Navbar", "Row", "Sidebar", "Step", "Tab", "TabItem"),
        *("Tabs", "Walkthrough", "render"),
    ),
    _NO_CHAT: ("ChatInterface", "MessageDict", "MultimodalTextbox", "load_chat"),
    _NO_EVENTS: (
        *("CopyData", "DeletedFileData", "DownloadData", "EditData", "EventData", "KeyUpData", "LikeData", "RetryData"),
        *("SelectData", "Timer", "UndoData", "api", "on"),
    ),
    _NO_HUB: ("LoginButton", "LogoutButton", "OAuthProfile", "OAuthToken"),
    _NO_PLOTS: ("BarPlot", "LinePlot", "ScatterPlot"),
    "Use the argument examples of Interface.": ("Dataset", "Examples"),
    "Use File, with file_count='multiple'.": ("FileExplorer",),
    "Use Gallery, or two Images.": ("ImageSlider",),
    "Use Chatbot, or Textbox.": ("Dialogue",),
    "Use Interface(deep_link=True).": ("DeepLinkButton",),
    "Use CSVLogger, and upload its folder.": ("HuggingFaceDatasetSaver",),
    "Use Markdown.": ("ParamViewer",),
    "The page speaks the visitor's language by itself.": ("I18n",),
    "Use the component itself, such as gr.Textbox.": ("inputs", "outputs"),
    "Use load with the address of an app that runs.": ("load_openapi",),
    "Use paths.": ("FileData",),
    "Use launch().": ("load_ipython_extension",),
    "Use create_app and a server of your own; docs/deploying.md tells more.": ("Server", "deploy"),
    "Use minidemo.__version__.": ("get_package_version",),
    "Leave it out.": ("DuplicateButton", "InputHTMLAttributes", "Workflow", "WorkflowCanvas"),
}
MISSING_NAMES: Mapping[str, str] = {name: sentence for sentence, names in _SENTENCES.items() for name in names}
"""What to use instead of Gradio's names that do not exist here."""


def argument_hint(word: str, known: Iterable[str]) -> str:
    """Return what to write instead of an unknown argument."""
    return REPLACED_ARGUMENTS.get(word) or did_you_mean(word, known)
