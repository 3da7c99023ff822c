"""Values of another app are values, whatever they say: no file is read for them, and no address is asked."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from minidemo.remote.kinds import KINDS
from tests.remote.fake import META, remote, visitor
from tests.visitor import Visitor
from tests.watching import watching

SECRET = "the-secret-of-this-machine"
FOLDER, HOST = "vault-of-the-author", "canary.invalid"
OTHERS = ["timer"]
"""Components that there are not here, which are shown as JSON."""


@pytest.fixture
def vault() -> Path:
    """A folder in the working directory, with files that no app may see."""
    folder = Path(FOLDER).resolve()
    folder.mkdir()
    for name in ("canary.csv", "canary.png", "canary.txt"):
        (folder / name).write_text(f"{SECRET},b\n1,2\n")
    return folder


def hostile(vault: Path) -> list[Any]:
    """Return what an app may send in place of a value."""
    place, address = str(vault / "canary.csv"), f"http://{HOST}/canary.png"
    file = {"path": place, "url": address, "orig_name": "canary.csv", "meta": META}
    table = {"headers": [place], "data": [[place]], "metadata": {"dtypes": ["object"], "styling": [[place]]}}
    texts = [place, f"{FOLDER}/canary.csv", str(vault / "canary.png"), address, "{0.__class__} {label.__class__}"]
    return [*texts, file, table, {"value": place}, [place], [[place, address]], [file]]


def arguments(kind: str) -> Iterator[str]:
    """Yield each name that a configuration can give a value, whether it is listened to or not."""
    yield from ("value", "label", "info", "visible")
    if kind in KINDS:
        constructor = inspect.signature(getattr(gr, KINDS[kind].component)).parameters
        yield from sorted({*KINDS[kind].option_names, *constructor} - {"value", "options"})


def test_the_hook_sees_files_and_addresses(vault: Path) -> None:
    with watching(FOLDER) as seen:
        (vault / "canary.csv").read_text()
    assert [each for each in seen if each.startswith("open ")]
    with watching(HOST) as seen, pytest.raises(OSError, match=HOST):
        Path(HOST, "x").read_text()
    assert seen


@pytest.mark.parametrize("kind", [*KINDS, *OTHERS])
def test_no_argument_of_a_component_is_a_path_or_an_address(kind: str, vault: Path) -> None:
    values = hostile(vault)
    by_argument: list[Any] = [(kind, {name: value}) for name in arguments(kind) for value in values]
    defaults = [{"parameter_default": value, "type": {"enum": [value], "minimum": value}} for value in values]
    texts = {"title": values[0], "description": values[1], "article": values[0]}
    with remote(by_argument + [kind] * len(defaults), by_argument[:: len(values)], **texts) as app:
        parameters: list[Any] = [{}] * len(by_argument) + defaults
        app.routes["/info"] = {"named_endpoints": {"/echo": {"parameters": parameters, "returns": []}}}
        with watching(FOLDER, HOST) as seen:
            page = visitor(app).http.get("/").text
    assert seen == []
    assert SECRET not in page
    assert "&lt;class" not in page


@pytest.mark.parametrize("kind", [*KINDS, *OTHERS])
def test_no_result_is_a_path_or_an_address(kind: str, vault: Path) -> None:
    with remote([], [kind]) as app:
        demo = visitor(app)
        for value in hostile(vault):
            app.answers(value)
            with watching(FOLDER, HOST) as seen:
                answer = demo.predict().text
            assert seen == []
            assert SECRET not in answer


def test_a_table_that_is_the_path_of_a_file_is_empty(vault: Path) -> None:
    with remote([("dataframe", {"value": str(vault / "canary.csv")})], ["textbox"]) as app:
        app.answers("there")
        demo = gr.load(app.url)
        table = demo.page.components[0].initial()
        Visitor(demo).predict(table)
        assert table is None
        assert not [each for each in app.asked if SECRET.encode() in each.body]


TABLE = {"headers": ["a"], "data": [[1]], "metadata": None}
TAKEN: list[tuple[str, Any, Any]] = [
    ("dataframe", TABLE, TABLE),
    ("textbox", "a", "a"),
    ("slider", 7, 7),
    ("json", [1, {"a": None}], [1, {"a": None}]),
    ("json", "text", "text"),
    ("label", {"label": "cat"}, {"label": "cat", "confidences": None}),
    ("checkbox", "yes", None),
    ("number", None, None),
    ("image", "a.png", None),
]


@pytest.mark.parametrize(("value", "shown"), [("b", "b"), ("c", None), (None, None), ({"path": "b"}, None)])
def test_the_first_choice_is_not_made_unless_the_app_makes_it(value: Any, shown: Any) -> None:
    with remote([("dropdown", {"choices": ["a", "b"], "value": value})], []) as app:
        assert gr.load(app.url).page.components[0].initial() == shown


@pytest.mark.parametrize("where", ["config", "info"])
@pytest.mark.parametrize(("kind", "value", "shown"), TAKEN)
def test_first_values_are_shown_as_far_as_a_visitor_could_send_them(
    kind: str, value: Any, shown: Any, where: str
) -> None:
    with remote([(kind, {"value": value} if where == "config" else {})], []) as app:
        parameter = {"parameter_default": value} if where == "info" else {}
        app.routes["/info"] = {"named_endpoints": {"/echo": {"parameters": [parameter], "returns": []}}}
        [component] = gr.load(app.url).page.components
        assert component.initial() == shown


@pytest.mark.parametrize("props", [7, None, ["value"]])
def test_a_configuration_whose_components_have_no_properties_is_refused(props: Any) -> None:
    with remote() as app:
        app.config["components"][0]["props"] = props
        with pytest.raises(gr.ConfigurationError, match="is not that of a Gradio app"):
            gr.load(app.url)
