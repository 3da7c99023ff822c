"""Outputs that are kept: made before or when somebody asks, found again after a restart, never trusted when damaged."""

import asyncio
import json
import os
import re
import shutil
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import PIL.Image
import pytest

import minidemo as gr
from tests.components.pictures import encoded, gradient
from tests.flagging.folder import table
from tests.visitor import Visitor

FOLDER = Path(".minidemo/examples")


class Counter:
    """Notes the calls of a function in a file: in an attribute each would make it another function."""

    def __init__(self) -> None:
        Path("calls").write_text("")

    @property
    def calls(self) -> list[Any]:
        return [json.loads(line) for line in Path("calls").read_text().splitlines()]

    def add(self, call: object) -> None:
        with Path("calls").open("a") as file:
            file.write(f"{json.dumps(call)}\n")

    def shout(self, text: str) -> str:
        self.add(text)
        if text == "bad":
            raise ValueError("no such word")
        return text.upper()


def shouts(counter: Counter, *texts: str, **options: Any) -> gr.Interface:
    def shout(text: str) -> str:
        return counter.shout(text)

    return gr.Interface(shout, gr.Textbox(label="text"), "text", list(texts), **{"cache_examples": True} | options)


def entries() -> list[Path]:
    return sorted(FOLDER.iterdir()) if FOLDER.is_dir() else []


def shown(visitor: Visitor, index: int = 0) -> list[Any]:
    """Return the outputs that a click on an example shows."""
    response = visitor.show(index)
    assert response.status_code == 200, response.text
    outputs: list[Any] = response.json()["data"]
    return outputs


def test_outputs_are_made_before_the_demo_is_served(capsys: pytest.CaptureFixture[str]) -> None:
    counter = Counter()
    visitor = Visitor(shouts(counter, "a", "b"))
    assert counter.calls == ["a", "b"]
    assert capsys.readouterr().err.splitlines()[:2] == ["Caching example 1 of 2 …", "Caching example 2 of 2 …"]
    assert shown(visitor, 1) == ["B"]
    assert counter.calls == ["a", "b"]


def test_outputs_survive_a_restart(capsys: pytest.CaptureFixture[str]) -> None:
    Visitor(shouts(Counter(), "a"))
    capsys.readouterr()
    counter = Counter()
    assert shown(Visitor(shouts(counter, "a"))) == ["A"]
    assert counter.calls == []
    assert capsys.readouterr().err == ""


def test_nothing_is_told_where_nothing_shall_be(capsys: pytest.CaptureFixture[str]) -> None:
    Visitor(shouts(Counter(), "a"), quiet=True)
    assert capsys.readouterr().err == ""


def test_outputs_can_be_made_when_somebody_asks() -> None:
    counter = Counter()
    visitor = Visitor(shouts(counter, "a", "b", cache_mode="lazy"))
    assert (counter.calls, entries()) == ([], [])
    assert shown(visitor, 1) == ["B"]
    assert shown(visitor, 1) == ["B"]
    assert counter.calls == ["b"]
    assert shown(Visitor(shouts(counter, "a", "b", cache_mode="lazy")), 1) == ["B"]
    assert counter.calls == ["b"]


def unseen(counter: Counter, **options: Any) -> gr.Interface:
    """Make a demo whose function uses something that cannot be compared."""
    source = (letter for letter in "ab")

    def shout(text: str) -> str:
        return counter.shout(text) if source else ""

    return gr.Interface(shout, "text", "text", ["a"], cache_examples=True, **options)


@pytest.mark.parametrize("mode", ["eager", "lazy"])
def test_what_depends_on_something_unseen_is_made_anew(mode: Any, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        counter = Counter()
        visitor = Visitor(unseen(counter, cache_mode=mode))
        assert shown(visitor) == shown(visitor) == ["A"]
        assert counter.calls == ["a"], "once after each start"
        assert entries() == []
    assert "made anew after each start, since changes cannot be seen in builtins.generator" in caplog.text


def test_a_version_stands_for_what_is_unseen(caplog: pytest.LogCaptureFixture) -> None:
    counter, calls = Counter(), []
    for version in ("1", "1", "2"):
        assert shown(Visitor(unseen(counter, version=version))) == ["A"]
        calls.append(len(counter.calls))
    assert calls == [1, 1, 2]
    assert caplog.text == ""


def test_outputs_are_made_anew_after_a_constant_changed() -> None:
    def demo(pattern: str) -> gr.Interface:
        compiled = re.compile(pattern)
        return gr.Interface(lambda text: len(compiled.findall(text)), "text", "number", ["abbb"], cache_examples=True)

    assert shown(Visitor(demo("a"))) == [1]
    assert shown(Visitor(demo("b"))) == [3]


def test_without_a_cache_the_function_runs_each_time() -> None:
    counter = Counter()
    visitor = Visitor(shouts(counter, "a", cache_examples=False))
    assert shown(visitor) == shown(visitor) == ["A"]
    assert counter.calls == ["a", "a"]
    assert entries() == []


def test_a_function_that_fails_is_told_before_the_demo_is_served() -> None:
    with pytest.raises(gr.ConfigurationError) as caught:
        Visitor(shouts(Counter(), "a", "bad"))
    assert "examples[1] cannot be cached, as the function failed. ValueError: no such word" in str(caught.value)
    assert 'cache_mode="lazy"' in str(caught.value)


def test_a_demo_that_cannot_be_served_leaves_no_socket_behind() -> None:
    demo = shouts(Counter(), "bad")
    with pytest.raises(gr.ConfigurationError):
        demo.launch(server_port=0, prevent_thread_lock=True)
    assert demo.url is None


def test_a_value_that_only_the_function_finds_unfit_is_told() -> None:
    path = Path("photo.png")
    path.write_bytes(encoded(gradient(40, 30))[:-30])
    demo = gr.Interface(lambda im: 1, gr.Image(type="pil", label="im"), "number", ["photo.png"], cache_examples=True)
    with pytest.raises(gr.ConfigurationError, match="im is a damaged picture"):
        Visitor(demo)


def test_a_failure_that_somebody_asked_for_is_told_and_not_kept() -> None:
    counter = Counter()
    visitor = Visitor(shouts(counter, "bad", cache_mode="lazy"))
    for _ in range(2):
        response = visitor.show(0)
        assert response.status_code == 500
        assert response.json()["error"]["message"] == "The demo's function failed."
    assert counter.calls == ["bad", "bad"]
    assert entries() == []


def test_what_is_kept_is_told_as_an_event_too() -> None:
    visitor = Visitor(shouts(Counter(), "a"))
    response = visitor.show(0, headers={"Accept": "text/event-stream"})
    name, content = response.text.strip().split("\n")
    assert name == "event: result"
    assert json.loads(content.removeprefix("data: "))["data"] == ["A"]


def test_what_is_kept_can_be_flagged() -> None:
    visitor = Visitor(shouts(Counter(), "a"))
    assert visitor.flag(visitor.show(0).json()["run"]).status_code == 201
    assert visitor.flag(visitor.show(0).json()["run"]).json()["row"] == 1
    assert table() == [["text", "Output"], ["a", "A"], ["a", "A"]]


def test_an_input_that_an_example_leaves_out_has_its_initial_value() -> None:
    def add(a: float, b: float) -> float:
        return a + b

    inputs = [gr.Number(label="a"), gr.Number(5, label="b")]
    demo = gr.Interface(add, inputs, "number", [[1], [2, 3]], cache_examples=True)
    visitor = Visitor(demo)
    assert visitor.example(0).json()["values"] == {"0": 1, "1": 5}
    assert [shown(visitor, 0), shown(visitor, 1)] == [[6], [5]]


def numbers(limit: float) -> Iterator[tuple[float, str]]:
    for i in range(int(limit)):
        yield i, f"{i} of {limit}"


async def later(limit: float) -> tuple[float, str]:
    return limit, "later"


async def stream(limit: float) -> AsyncIterator[tuple[float, str]]:
    for i in range(int(limit)):
        yield i, "streamed"


@pytest.mark.parametrize(
    ("fn", "outputs"), [(numbers, [2, "2 of 3"]), (later, [3, "later"]), (stream, [2, "streamed"])]
)
def test_functions_of_every_kind(fn: Callable[..., Any], outputs: list[Any]) -> None:
    demo = gr.Interface(fn, "number", ["number", "text"], [3], cache_examples=True)
    assert shown(Visitor(demo)) == outputs
    shutil.rmtree("flagged", ignore_errors=True)
    assert shown(Visitor(demo)) == outputs


def test_files_are_kept() -> None:
    Path("notes.txt").write_text("notes")

    def draw(size: float) -> tuple[PIL.Image.Image, str, list[str]]:
        return gradient(int(size), 3), "notes.txt", ["notes.txt"]

    demo = gr.Interface(
        draw, "number", [gr.Image(format="webp"), "file", gr.File(file_count="multiple")], [4], cache_examples=True
    )
    shown(Visitor(demo))
    Path("notes.txt").unlink()
    visitor = Visitor(demo, session="somebody-else")
    picture, notes, several = shown(visitor)
    assert visitor.download(notes).text == "notes"
    assert visitor.download(several[0]).text == "notes"
    assert picture["orig_name"] == "image.webp"
    assert visitor.flag(visitor.show(0).json()["run"]).status_code == 201
    with PIL.Image.open("flagged/Output 0/0.png") as flagged:
        assert flagged.tobytes() == gradient(4, 3).tobytes()


def test_a_file_without_a_plain_ending_is_kept() -> None:
    Path("odd.UPPER-ending").write_text("x")
    demo = gr.Interface(lambda n: "odd.UPPER-ending", "number", "file", [4], cache_examples=True)
    [file] = shown(Visitor(demo))
    assert file["orig_name"] == "odd.UPPER-ending"


def test_the_file_of_one_visitor_is_that_of_another() -> None:
    box = gr.Image(type="pil", label="im")
    demo = gr.Interface(lambda im: im.rotate(90, expand=True), box, box, [gradient(4, 3)], cache_examples=True)
    visitor = Visitor(demo)
    for session in ("the-first-of-them", "the-second-of-them"):
        visitor.session = session
        [turned] = visitor.show(0, session=session).json()["data"]
        [again] = visitor.result(turned)
        assert again != turned


def test_values_that_look_like_those_of_the_cache_stay_as_they_are() -> None:
    value = {"$file": {"at": "0.png"}, "$dict": [1, {"$file": 2**70}]}
    demo = gr.Interface(lambda n: value, "number", "json", [4], cache_examples=True)
    assert shown(Visitor(demo)) == shown(Visitor(demo)) == [value]


def test_another_function_has_outputs_of_its_own() -> None:
    counter = Counter()
    Visitor(shouts(counter, "a"))
    demo = gr.Interface(lambda text: text * 2, gr.Textbox(label="text"), "text", ["a"], cache_examples=True)
    assert shown(Visitor(demo)) == ["aa"]


def test_another_version_has_outputs_of_its_own() -> None:
    counter = Counter()
    for version in ("1", "2", "1"):
        Visitor(shouts(counter, "a", version=version))
    assert counter.calls == ["a", "a"]


def test_another_example_has_outputs_of_its_own() -> None:
    Path("a.txt").write_text("one")

    def read(path: str) -> str:
        return Path(path).read_text()

    def demo() -> gr.Interface:
        return gr.Interface(read, "file", "text", ["a.txt"], cache_examples=True)

    assert shown(Visitor(demo())) == ["one"]
    Path("a.txt").write_text("two")
    assert shown(Visitor(demo())) == ["two"]


def test_other_components_have_outputs_of_their_own() -> None:
    def half(x: float) -> float:
        return x / 2

    for precision, output in ((None, 1.5), (0, 2)):
        inputs = gr.Number(label="x")
        demo = gr.Interface(half, inputs, gr.Number(precision=precision), [3], cache_examples=True)
        assert shown(Visitor(demo)) == [output]


def test_a_picture_that_is_no_file_is_known_again() -> None:
    counter = Counter()

    def size(im: PIL.Image.Image) -> str:
        return counter.shout(str(im.size))

    for _ in range(2):
        demo = gr.Interface(size, gr.Image(type="pil"), "text", [gradient(4, 3)], cache_examples=True)
        assert shown(Visitor(demo)) == ["(4, 3)"]
    assert len(counter.calls) == 1


def cut(entry: Path) -> None:
    told = entry / "entry.json"
    told.write_bytes(told.read_bytes()[:-5])


def edit(entry: Path) -> None:
    told = entry / "entry.json"
    told.write_text(told.read_text().replace("image.png", "other.png"))


def empty(entry: Path) -> None:
    (entry / "entry.json").unlink()


def put_code(entry: Path) -> None:
    (entry / "entry.json").write_bytes(b"\x80\x04\x95cposix\nsystem\n")


def change_file(entry: Path) -> None:
    (entry / "0.png").write_bytes(b"another")


def remove_file(entry: Path) -> None:
    (entry / "0.png").unlink()


def link_file(entry: Path) -> None:
    (entry / "0.png").rename("elsewhere.png")
    (entry / "0.png").symlink_to(Path("elsewhere.png").absolute())


def link_entry(entry: Path) -> None:
    entry.rename("moved")
    entry.symlink_to(Path("moved").absolute())


def put_file(entry: Path) -> None:
    shutil.rmtree(entry)
    entry.write_text("a file")


def exchange(entry: Path) -> None:
    other = next(other for other in entries() if other != entry)
    shutil.copy(other / "entry.json", entry / "entry.json")


SPOILED = [cut, edit, empty, put_code, change_file, remove_file, link_file, link_entry, put_file, exchange]


@pytest.mark.parametrize("spoil", SPOILED)
def test_what_is_damaged_is_made_anew(spoil: Callable[[Path], None]) -> None:
    counter = Counter()

    def draw(size: float) -> PIL.Image.Image:
        counter.add(size)
        return gradient(int(size), 3)

    demo = gr.Interface(draw, "number", "image", [4, 5], cache_examples=True)
    Visitor(demo)
    assert counter.calls == [4, 5]
    spoil(entries()[0])
    for _ in range(2):
        visitor = Visitor(demo)
        assert [shown(visitor, i)[0]["orig_name"] for i in (0, 1)] == ["image.png", "image.png"]
    assert len(counter.calls) == 3
    assert len(entries()) == 2


def test_files_that_are_removed_while_the_demo_runs() -> None:
    counter = Counter()

    def draw(size: float) -> PIL.Image.Image:
        counter.add(size)
        return gradient(int(size), 3)

    visitor = Visitor(gr.Interface(draw, "number", "image", [4], cache_examples=True))
    shutil.rmtree(FOLDER)
    [file] = shown(visitor)
    assert visitor.download(file).status_code == 200
    assert counter.calls == [4, 4]


def test_the_directory_can_be_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINIDEMO_EXAMPLES_CACHE", "elsewhere")
    Visitor(shouts(Counter(), "a"))
    assert entries() == []
    assert len(list(Path("elsewhere").iterdir())) == 1


def test_a_directory_that_cannot_be_written_to(caplog: pytest.LogCaptureFixture) -> None:
    Path(".minidemo").write_text("in the way")
    counter = Counter()
    visitor = Visitor(shouts(counter, "a"))
    assert "The outputs of an example cannot be kept in" in caplog.text
    assert shown(visitor) == ["A"]
    assert counter.calls == ["a"]
    visitor = Visitor(shouts(counter, "a", cache_mode="lazy"))
    assert [shown(visitor), shown(visitor)] == [["A"], ["A"]]
    assert counter.calls == ["a", "a"], "kept in memory"


def test_what_nobody_used_for_long_is_removed_and_nothing_else() -> None:
    Visitor(shouts(Counter(), "a"))
    [old] = entries()
    draft = FOLDER / f".{old.name}.0123abcd"
    stray = FOLDER / ("f" * 40)
    other = FOLDER / "photos"
    draft.mkdir()
    other.mkdir()
    stray.write_text("")
    long_ago = time.time() - 40 * 24 * 3600
    for path in (old, draft, stray, other):
        os.utime(path, (long_ago, long_ago))
    Visitor(shouts(Counter(), "b"))
    assert old not in entries()
    assert not draft.exists()
    assert not stray.exists()
    assert other in entries()


def test_many_at_once_keep_one_entry() -> None:
    def visit(_: int) -> list[Any]:
        return shown(Visitor(shouts(Counter(), "a", cache_mode="lazy")))

    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(visit, range(24))] == [["A"]] * 24
    assert [entry.name[:1] == "." for entry in entries()] == [False]


def test_an_app_can_be_made_while_a_loop_runs() -> None:
    async def build() -> list[Any]:
        return shown(Visitor(shouts(Counter(), "a")))

    assert asyncio.run(build()) == ["A"]


def test_a_private_demo_is_for_its_page_alone() -> None:
    visitor = Visitor(shouts(Counter(), "a", api_visibility="private"))
    assert visitor.show(0).status_code == 404
    assert visitor.show(0, headers={"Origin": "http://testserver"}).status_code == 200


def test_partials_differ_by_their_arguments() -> None:
    def repeat(times: int, text: str) -> str:
        return text * times

    for times in (2, 3):
        demo = gr.Interface(partial(repeat, times), gr.Textbox(label="text"), "text", ["a"], cache_examples=True)
        assert shown(Visitor(demo)) == ["a" * times]


def test_functions_that_take_batches() -> None:
    def double(numbers: list[float]) -> list[list[float]]:
        return [[number * 2 for number in numbers]]

    inputs = gr.Number(label="n")
    demo = gr.Interface(double, inputs, "number", [1, 2], batch=True, cache_examples=True)
    visitor = Visitor(demo)
    assert [shown(visitor, 0), shown(visitor, 1)] == [[2], [4]]


def test_what_is_kept_for_all_does_not_depend_on_who_asked_first() -> None:
    def whom(text: str, request: gr.Request) -> str:
        return f"{text} {request.headers.get('x-name')} {request.session_hash}"

    def demo(**options: Any) -> gr.Interface:
        return gr.Interface(whom, gr.Textbox(label="text"), "text", ["hello"], **options)

    headers = {"X-Name": "Ada"}
    assert Visitor(demo()).show(0, headers=headers).json()["data"] == ["hello Ada a-visitor-of-the-tests"]
    assert Visitor(demo(cache_examples="lazy")).show(0, headers=headers).json()["data"] == ["hello None None"]


def test_an_initial_value_that_changes_is_asked_for_once_where_outputs_are_kept() -> None:
    times = iter(range(100))

    def add(a: float, b: float) -> float:
        return a + b

    def demo(**options: Any) -> Visitor:
        inputs = [gr.Number(label="a"), gr.Number(lambda: 100 * next(times), label="b")]
        return Visitor(gr.Interface(add, inputs, "number", [[1], [2, 3]], **options))

    visitor = demo(cache_examples=True)
    values = visitor.example(0).json()["values"]
    assert visitor.example(0).json()["values"] == values
    assert shown(visitor) == [1 + values["1"]]
    visitor = demo()
    assert shown(visitor) != shown(visitor)


def test_demos_in_tabs_keep_their_own() -> None:
    def demo(times: int) -> gr.Interface:
        def repeat(text: str) -> str:
            return text * times

        box = gr.Textbox(label="text")
        return gr.Interface(repeat, box, "text", ["a", "b"][:times], cache_examples=True, flagging_mode="never")

    visitor = Visitor(gr.TabbedInterface([demo(1), demo(2)], ["Once", "Twice"]))
    assert shown(visitor) == ["a"]
    visitor.examples += "_1"
    assert shown(visitor, 1) == ["bb"]
    assert visitor.example(1).json()["values"] == {"0": "b"}


def test_what_is_remembered_of_a_visitor_is_none_of_the_examples_business() -> None:
    def count(text: str, seen: list[str], name: str) -> tuple[str, list[str], str]:
        return f"{text} after {seen}", [*seen, text], name

    def demo(**options: Any) -> Visitor:
        state, name = gr.State([]), gr.BrowserState("nobody")
        inputs = [gr.Textbox(label="text"), state, name]
        return Visitor(gr.Interface(count, inputs, ["text", state, name], ["a", "b"], **options))

    visitor = demo()
    assert visitor.example(1).json()["values"] == {"0": "b"}
    assert [shown(visitor, 0)[0], shown(visitor, 1)[0]] == ["a after []", "b after ['a']"]
    visitor = demo(cache_examples="lazy")
    visitor.predict("mine", None, "me")
    assert visitor.example(1).json()["values"] == {"0": "b"}
    assert [shown(visitor, 0)[0], shown(visitor, 1)[0]] == ["a after []", "b after []"]


def test_what_one_user_asked_for_first_is_shown_to_others() -> None:
    def draw(size: float) -> PIL.Image.Image:
        return gradient(int(size), 3)

    demo = gr.Interface(draw, "number", "image", [4], cache_examples="lazy")
    visitor = Visitor(demo, auth=[("ann", "a secret"), ("bob", "another")])
    for name, password in (("ann", "a secret"), ("bob", "another"), ("ann", "a secret")):
        visitor.http.cookies.clear()
        assert visitor.http.post("/login", data={"username": name, "password": password}).status_code == 200
        answer = visitor.show(0).json()
        assert visitor.download(answer["data"][0]).status_code == 200
        assert visitor.flag(answer["run"]).status_code == 201
    assert [record.username for record in gr.FlagStore("flagged").records()] == ["ann", "bob", "ann"]


def test_examples_are_for_those_who_may_come_in() -> None:
    visitor = Visitor(shouts(Counter(), "a"), auth=("ann", "a secret"))
    assert visitor.show(0).status_code == 401
    assert visitor.example(0).status_code == 401
    assert visitor.http.get(visitor.examples).status_code == 401
