"""What `import minidemo` offers is a list, and a change to it is a decision."""

import minidemo

NAMES = [
    "JSON",
    "CSVLogger",
    "Checkbox",
    "Component",
    "ConfigurationError",
    "Dropdown",
    "Error",
    "FlagRecord",
    "FlaggingCallback",
    "Image",
    "InputError",
    "Interface",
    "Label",
    "Number",
    "OutputError",
    "Radio",
    "Slider",
    "Textbox",
    "create_app",
]


def test_the_public_names_are_these() -> None:
    assert minidemo.__all__ == NAMES
    assert all(hasattr(minidemo, name) for name in NAMES)
