"""What `import minidemo` offers is a list, and a change to it is a decision."""

import minidemo

NAMES = [
    "HTML",
    "JSON",
    "Audio",
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
    "Error",
    "File",
    "FlagRecord",
    "FlagStore",
    "FlaggingCallback",
    "HighlightedText",
    "Image",
    "InputError",
    "Interface",
    "JSONLLogger",
    "Label",
    "Markdown",
    "Model3D",
    "Number",
    "OutputError",
    "Plot",
    "Radio",
    "SimpleCSVLogger",
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
