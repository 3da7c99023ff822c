"""docs/from-gradio.md lists, name by name, what scripts for Gradio find here."""

import re

import minidemo as gr
from minidemo.components.base import ComponentOptions
from minidemo.server.options import NO_EFFECT, NO_EFFECT_MOUNTED
from minidemo.utils.gradio_names import (
    IGNORED_INTERFACE_OPTIONS,
    IGNORED_OPTIONS,
    MISSING_NAMES,
    REPLACED_ARGUMENTS,
)
from tests.pages import DOCS

TEXT = (DOCS / "from-gradio.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## ([^\n]*)\n(.*?)(?=^## |\Z)", TEXT, re.DOTALL | re.MULTILINE))
GRADIO = frozenset(
    """
    Accordion AnnotatedImage Annotatedimage Audio BarPlot Blocks BrowserState Brush Button CSVLogger Cache
    ChatInterface ChatMessage Chatbot Checkbox CheckboxGroup Checkboxgroup ClearButton Code ColorPicker Column
    Component CopyData DataFrame Dataframe Dataset DateTime DeepLinkButton DeletedFileData Dialogue DownloadButton
    DownloadData Draggable Dropdown DuplicateButton EditData Eraser Error EventData Examples File FileData
    FileExplorer FileSize Files FlaggingCallback Gallery Group HTML Header Highlight HighlightedText Highlightedtext
    HuggingFaceDatasetSaver I18n Image ImageEditor ImageMask ImageSlider Info InputHTMLAttributes Interface JSON
    Json KeyUpData Label LayerOptions LikeData LinePlot List LoginButton LogoutButton Markdown Matrix MessageDict
    Mic Microphone Model3D MultimodalTextbox NO_RELOAD Navbar Number Numpy OAuthProfile OAuthToken Paint ParamViewer
    PlayableVideo Plot Progress Radio Request RetryData Row ScatterPlot SelectData Server Sidebar SimpleCSVLogger
    Sketchpad Slider State Step Success Tab TabItem TabbedInterface Tabs Text TextArea Textbox Theme Timer UndoData
    UploadButton Video Walkthrough Warning WaveformOptions Workflow WorkflowCanvas
    api cache components deploy get_audio get_file get_image get_model3d get_package_version get_video
    inputs load load_chat load_ipython_extension load_openapi mcp mount_gradio_app on outputs render
    set_static_paths skip themes update validate validators
    """.split()  # noqa: SIM905 - a list of so many names takes two pages
)
"""The names that Gradio 6.31 has at the top, and a few of earlier versions."""
AVAILABLE = {*gr.__all__, "components"}


def names(text: str) -> set[str]:
    """Return the names in code."""
    return set(re.findall(r"`(\w+)`", text))


def paragraphs(section: str) -> dict[str, str]:
    """Return the lists of a section by the words before them."""
    return dict(re.findall(r"^([^\n]*):\n(`.*?\.)$", SECTIONS[section], re.DOTALL | re.MULTILINE))


def rows(section: str) -> dict[str, str]:
    """Return the sentence of each name in the table of a section."""
    pairs = re.findall(r"^\| (`.*`) \| (.*) \|$", SECTIONS[section], re.MULTILINE)
    return {name: sentence for listed, sentence in pairs for name in names(listed)}


def test_every_name_that_works_is_listed() -> None:
    listed = SECTIONS["Names that work"].strip().partition("\n\n")[0]
    assert names(listed) == GRADIO & AVAILABLE


def test_every_name_that_does_not_exist_is_listed_with_its_sentence() -> None:
    assert rows("Names that do not exist") == MISSING_NAMES
    assert not MISSING_NAMES.keys() & AVAILABLE


def test_every_name_of_gradio_is_one_or_the_other() -> None:
    assert MISSING_NAMES.keys() & GRADIO == GRADIO - AVAILABLE


def test_everything_without_effect_is_listed() -> None:
    lists = paragraphs("Accepted without effect")
    common = {name for name in ComponentOptions.__annotations__ if f"{name}: Accepted without effect" in described()}
    assert names(lists["Arguments of all components"]) == IGNORED_OPTIONS | common
    assert names(lists["Arguments of `Interface`"]) == IGNORED_INTERFACE_OPTIONS | {
        "analytics_enabled",
        "allow_duplication",
    }
    assert names(lists["Arguments of `launch`, which says so where they would be missed"]) == set(NO_EFFECT)
    mounted = re.findall(r"^Of `mount_app` and .*$", SECTIONS["Accepted without effect"], re.MULTILINE)
    assert names(mounted[0]) - {"mount_app", "mount_gradio_app"} == NO_EFFECT_MOUNTED.keys() - NO_EFFECT.keys()


def described() -> str:
    """Return what the docstring says of the arguments of all components."""
    return ComponentOptions.__doc__ or ""


def test_every_argument_of_earlier_versions_is_listed_with_its_sentence() -> None:
    assert rows("Arguments of earlier versions") == REPLACED_ARGUMENTS


def test_every_variable_is_listed() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (DOCS.parent / "minidemo").rglob("*.py"))
    calls = set(re.findall(r'(?:setting|_switch|_number)\("([A-Z_]+)"\)', source))
    listed = SECTIONS["Environment variables"].partition("for: ")[2].partition(". ")[0]
    indirect = {"CACHE_EXAMPLES", "CACHE_MODE", "EXAMPLES_CACHE", "ALLOWED_PATHS", "BLOCKED_PATHS"}
    assert names(listed) == calls | indirect


def test_few_things_are_different_on_purpose() -> None:
    assert len(re.findall(r"^- ", SECTIONS["Deliberately different"], re.MULTILINE)) <= 30
