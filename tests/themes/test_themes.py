"""Themes: every one can be read by everybody, light and dark, and an author's own is made so."""

import copy
import itertools
import re
import types
from collections.abc import Mapping
from typing import Any, ClassVar

import pytest

import minidemo as gr
from minidemo import themes
from minidemo.themes import HUES, THEMES, Theme
from tests.thoroughness import NIGHTLY
from tests.visitor import Visitor

LEAST = {"text": 4.5, "muted": 4.5, "accent": 4.5, "accent-strong": 4.5, "danger": 4.5, "border": 3}
"""The contrast that WCAG asks for, of text and of the borders of controls, with all that they stand on."""
GROUNDS = ("page", "panel", "well")


def demo(theme: Any = None, **options: Any) -> gr.Interface:
    return gr.Interface(lambda x: x, "number", "number", theme=theme, **options)


def sheet(made: gr.Interface) -> str | None:
    """Return the style sheet of the theme that a page loads, if it loads one."""
    visitor = Visitor(made)
    found = re.search(r'href="(static/\w+/theme\.css)"', visitor.http.get("/").text)
    return visitor.http.get(f"/{found[1]}").text if found else None


def colours(css: str) -> list[dict[str, str]]:
    """Return the colours of a style sheet, of light and of dark pages."""
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", css)
    return [{name: pair[i] for name, *pair in pairs} for i in (0, 1)]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours such as `#rrggbb`, from 1 to 21, as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def readable(theme: Theme) -> None:
    for seen in colours(theme.css):
        for name, ground in itertools.product(LEAST, GROUNDS):
            assert contrast(seen[name], seen[ground]) >= LEAST[name], (name, ground, seen[name], seen[ground])
        for ground in ("accent", "accent-strong"):
            assert contrast(seen["on-accent"], seen[ground]) >= 4.5
        for name, ground in (("text", "tint"), ("accent", "tint"), ("text", "danger-tint"), ("danger", "danger-tint")):
            assert contrast(seen[name], seen[ground]) >= 4.5


@pytest.mark.parametrize("name", [name for name in THEMES if name != "default"])
def test_a_theme_can_be_read_light_and_dark(name: str) -> None:
    readable(THEMES[name]())


PRIMARY = [*HUES, "#000000", "#ffffff", "#ffff00", "#0000ff", "#ff00ff", "#f60"]
NEUTRAL = ["slate", "stone", "neutral", "#336633"]
PAIRS = [(a, b) for i, a in enumerate(PRIMARY) for j, b in enumerate(NEUTRAL) if NIGHTLY or (i + j) % 2]


@pytest.mark.parametrize(("primary", "neutral"), PAIRS)
def test_any_two_colours_make_a_theme_that_can_be_read(primary: str, neutral: str) -> None:
    readable(Theme(primary=primary, neutral=neutral))


def test_the_default_theme_costs_no_request() -> None:
    for wish in (None, "default", "Default", themes.Default, themes.Default(), Theme()):
        assert sheet(demo(wish)) is None


@pytest.mark.parametrize(
    "wish", ["soft", "Soft", "gradio/soft", themes.Soft, themes.Soft(), themes.Soft(secondary_hue="red")]
)
def test_a_theme_is_named_or_given(wish: object) -> None:
    assert sheet(demo(wish)) == themes.Soft().css


def test_a_theme_is_kept_for_good_under_an_address_of_its_own() -> None:
    pages = [Visitor(demo(theme)).http.get("/").text for theme in ("soft", "glass")]
    addresses = [re.findall(r"static/\w+/theme\.css", page) for page in pages]
    assert addresses[0] != addresses[1]
    response = Visitor(demo("soft")).http.get(f"/{addresses[0][0]}")
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-type"].startswith("text/css")


def test_the_page_of_an_error_has_the_theme_too() -> None:
    html = Visitor(demo("soft")).http.get("/a/b", headers={"Accept": "text/html"}).text
    assert re.search(r'href="\.\./static/\w+/theme\.css"', html)


def test_a_theme_of_wishes() -> None:
    css = Theme(primary="teal", radius="lg", font="Inter, system-ui", mono=["Fira Code", "monospace"], size="lg").css
    assert "--radius: 0.75rem;" in css
    assert '--font: "Inter", system-ui;' in css
    assert '--mono: "Fira Code", monospace;' in css
    assert "--text-m: 1.125rem;" in css
    assert "--space-1" not in css


@pytest.mark.parametrize(
    ("wish", "line"),
    [
        ({"radius": 3}, "--radius: 3px;"),
        ({"radius": "1em"}, "--radius: 1em;"),
        ({"radius_size": "none"}, "--radius: 0;"),
        ({"radius_size": types.SimpleNamespace(name="radius_lg")}, "--radius: 0.75rem;"),
        ({"text_size": types.SimpleNamespace(name="text_sm")}, "--text-m: 0.875rem;"),
        ({"spacing_size": "sm"}, "--space-4: 0.875rem;"),
        ({"font": [themes.GoogleFont("Lora", weights=[400]), themes.Font("serif")]}, '--font: "Lora", serif;'),
        ({"font": "-apple-system"}, "--font: -apple-system;"),
        ({"font_mono": themes.LocalFont("Iosevka")}, '--mono: "Iosevka";'),
        ({"shadow": "0 0 1rem red"}, "--shadow: 0 0 1rem red;"),
        ({"panel": "#fffffe"}, "--panel: light-dark(#fffffe, #fffffe);"),
        ({"page": "white"}, "--page: light-dark(white, white);"),
        ({"page": "white", "panel": "white", "well": "white", "tint": "white"}, "--page: light-dark(white, white);"),
        ({"accent": "green", "accent_strong": "green"}, "--on-accent: light-dark(#ffffff, #ffffff);"),
        ({"text": ("#111", "#eee")}, "--text: light-dark(#111, #eee);"),
    ],
)
@pytest.mark.filterwarnings("ignore:Theme. on a:UserWarning")
def test_each_wish_is_a_custom_property(wish: dict[str, Any], line: str) -> None:
    assert line in Theme(**wish).css


def test_hues_may_be_objects_as_in_gradio() -> None:
    assert Theme(primary_hue=types.SimpleNamespace(name="teal")).css == Theme(primary="teal").css


def test_a_theme_of_ones_own_is_a_class() -> None:
    class Forest(Theme):
        """Green."""

        defaults: ClassVar[Mapping[str, Any]] = {"primary": "green", "radius": "none"}

    assert sheet(demo(Forest)) == Theme(primary="green", radius="none").css
    assert "--radius: 0.25rem" in Forest(radius="sm").css


def test_what_cannot_be_read_is_told_while_the_demo_is_built() -> None:
    with pytest.warns(
        UserWarning, match=r"on a light page text on danger_tint has a contrast of 1\.\d; 4\.5 is what"
    ) as told:
        Theme(text=("#cccccc", "#eeeeee"))
    assert told[0].filename == __file__


@pytest.mark.filterwarnings("ignore:Theme. on a:UserWarning")
def test_an_accent_on_which_nothing_can_be_read_well_gets_what_is_read_best() -> None:
    light, _ = colours(Theme(accent="#777777", accent_strong="#ffffff").css)
    assert light["on-accent"] == "#000000"


def test_set_takes_gradios_variables_that_have_a_counterpart() -> None:
    theme = Theme().set(body_background_fill="#fafafa", body_background_fill_dark="#111111", block_shadow="none")
    assert "--page: light-dark(#fafafa, #111111);" in theme.css
    assert "--shadow: none;" in theme.css
    theme = Theme().set(accent_dark="#ffd0d0")
    assert re.search(r"--accent: light-dark\(#\w+, #ffd0d0\);", theme.css)


@pytest.mark.parametrize(
    ("name", "near"),
    [("sofd", "Did you mean 'soft'?"), ("JohnSmith9982/small_and_pretty", "Known are: "), ("huggingface", "Known are")],
)
def test_an_unknown_theme_warns_and_is_the_default_one(name: str, near: str) -> None:
    message = re.escape(f"There is no theme {name!r}; the default one takes its place. {near}")
    with pytest.warns(UserWarning, match=f"^{message}"):
        assert sheet(demo(name)) is None


def test_who_looks_for_the_editor_of_themes_is_told_what_to_use() -> None:
    with pytest.raises(gr.ConfigurationError, match=r"Use Theme with arguments; docs/looks\.md"):
        gr.themes.builder()


def test_no_theme_is_loaded_from_a_hub() -> None:
    with pytest.warns(UserWarning, match=r"^Theme\.from_hub\('a/b'\): themes are not loaded from a hub\. Soft takes"):
        assert isinstance(themes.Soft.from_hub("a/b"), themes.Soft)


@pytest.mark.parametrize("name", HUES)
def test_a_colour_is_its_hue(name: str) -> None:
    assert Theme(primary_hue=getattr(themes.colors, name)).css == Theme(primary=name).css


@pytest.mark.parametrize(
    ("argument", "name", "ours"),
    [
        ("radius_size", "radius_none", {"radius": "none"}),
        ("radius_size", "radius_xxl", {"radius": "xxl"}),
        ("text_size", "text_lg", {"size": "lg"}),
        ("spacing_size", "spacing_sm", {"spacing": "sm"}),
    ],
)
def test_a_size_is_one_of_ours(argument: str, name: str, ours: dict[str, str]) -> None:
    assert Theme(**{argument: getattr(themes.sizes, name)}).css == Theme(**ours).css


def test_ones_own_colours_and_sizes_count_in_the_middle() -> None:
    brand = themes.Color(*["#eeeeee"] * 5, "#2456c9", name="brand")
    assert Theme(primary_hue=brand).css == Theme(primary="#2456c9").css
    assert Theme(primary_hue=themes.Color(name="teal")).css == Theme(primary="teal").css
    assert Theme(primary_hue=themes.Color(c500="#2456c9")).css == Theme(primary="#2456c9").css
    assert Theme(radius_size=themes.Size(md="3px")).css == Theme(radius="3px").css
    assert Theme(radius_size=themes.Size(*["1px"] * 4)).css == Theme(radius="1px").css


def test_the_modules_are_where_scripts_look_for_them() -> None:
    from minidemo.themes.utils import colors, fonts, sizes  # noqa: PLC0415

    assert (colors, sizes) == (themes.colors, themes.sizes)
    assert fonts.GoogleFont("Inter") == "Inter"


@pytest.mark.parametrize(
    ("module", "name", "message"),
    [
        (themes.colors, "mauve", "There is no colour 'mauve'. Known are: slate, gray, "),
        (themes.sizes, "radius_big", "There is no size 'radius_big'; expected a name such as radius_lg"),
        (themes.sizes, "gap_lg", "There is no size 'gap_lg'"),
    ],
)
def test_other_names_are_refused(module: types.ModuleType, name: str, message: str) -> None:
    with pytest.raises(AttributeError, match=f"^{re.escape(message)}"):
        getattr(module, name)


@pytest.mark.parametrize("name", ["block_label_padding", "body_background_fill"])
def test_set_tells_what_has_no_effect(name: str) -> None:
    with pytest.warns(UserWarning, match=f"{name} has no counterpart here, and no effect"):
        theme = Theme().set(**{name: "*neutral_50"})
    assert theme.css == ""


def test_a_theme_can_be_copied() -> None:
    assert copy.deepcopy(themes.Soft()).css == themes.Soft().css


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (5, "theme is 5; expected a name such as 'soft', or a Theme."),
        (dict, "theme is <class 'dict'>; expected a name"),
    ],
)
def test_what_is_no_theme(wish: object, said: str) -> None:
    with pytest.raises(gr.ConfigurationError) as error:
        demo(wish)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (
            {"primary": "bleu"},
            "There is no colour 'bleu'; expected a hue, or a colour such as #2456c9. Did you mean 'blue'",
        ),
        ({"primry": "blue"}, "Theme got an unknown argument 'primry'. Did you mean 'primary'"),
        ({"size": "huge"}, "size is 'huge'; expected one of 'sm', 'md', 'lg'."),
        ({"radius": "1rem; color: red"}, "radius is '1rem; color: red'; expected a value as CSS has it"),
        ({"page": "#fff}"}, "page is '#fff}'; expected a value as CSS has it"),
        ({"font": "a; b"}, "font is 'a; b'; expected a value as CSS has it"),
    ],
)
def test_wishes_that_cannot_be_meant(wish: dict[str, Any], said: str) -> None:
    with pytest.raises(gr.ConfigurationError) as error:
        Theme(**wish)
    assert said in str(error.value)
