"""What `import minidemo` offers is a list, and a change to it is a decision."""

import minidemo

NAMES = [
    "HTML",
    "JSON",
    "AnnotatedImage",
    "Audio",
    "Brush",
    "Button",
    "CSVLogger",
    "Checkbox",
    "CheckboxGroup",
    "ClassicCSVLogger",
    "ClearButton",
    "Code",
    "ColorPicker",
    "Component",
    "ConfigurationError",
    "DateTime",
    "DownloadButton",
    "Dropdown",
    "Eraser",
    "Error",
    "File",
    "FlagRecord",
    "FlagStore",
    "FlaggingCallback",
    "HighlightedText",
    "Image",
    "ImageEditor",
    "ImageMask",
    "InputError",
    "Interface",
    "JSONLLogger",
    "Label",
    "LayerOptions",
    "Markdown",
    "Model3D",
    "Number",
    "OutputError",
    "Paint",
    "Plot",
    "Radio",
    "SimpleCSVLogger",
    "Sketchpad",
    "Slider",
    "Textbox",
    "UploadButton",
    "Video",
    "WaveformOptions",
    "create_app",
]


def test_the_public_names_are_these() -> None:
    assert minidemo.__all__ == NAMES
    assert all(hasattr(minidemo, name) for name in NAMES)
