"""`minidemo run`: the newest state of a script is served, and what is wrong with it is told."""

from pathlib import Path

import pytest

import minidemo as gr
from minidemo.cli import main
from tests import plain
from tests.running import running, until, write

pytestmark = pytest.mark.slow
DEMO = """
import minidemo as gr
from helper import greeting

demo = gr.Interface(greeting, "text", "text", title="{title}")
"""
HELPER = "def greeting(name):\n    return '{word} ' + name\n"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    write(tmp_path / "helper.py", HELPER.format(word="Hello"))
    path = tmp_path / "app.py"
    write(path, DEMO.format(title="First") + "if __name__ == '__main__':\n    demo.launch(server_name='127.0.0.1')\n")
    return path


def test_edits_of_the_script_and_of_what_it_imports_are_served(script: Path) -> None:
    with running(script) as served:
        assert served.ask("Ann") == "Hello Ann"
        for word in ("Salut", "Hallo"):
            write(script.with_name("helper.py"), HELPER.format(word=word))
            until(lambda word=word: "yes" if served.ask("Ann") == f"{word} Ann" else "")  # type: ignore[misc]
        write(script, DEMO.format(title="Second"))
        until(lambda: "yes" if "<h1>Second</h1>" in plain.get(served.url).text else "")
    assert f"Watching {script.name}. Press Ctrl-C to stop." in served.said
    assert f"Loaded {script.name} again." in served.said
    assert served.said[-1] == "Stopping."


def test_a_mistake_is_told_and_the_demo_goes_on_until_it_is_mended(script: Path) -> None:
    with running(script) as served:
        for wrong, said in (
            ("def f(:\n", "SyntaxError: invalid syntax"),
            ("1 / 0\n", "ZeroDivisionError"),
            ("import sys\nsys.exit('no')\n", "SystemExit: no"),
            ("raise BaseException('panic')\n", "BaseException: panic"),
            ("import nothing_like_it\n", "ModuleNotFoundError"),
            ("x = 1\n", f"{script.name} makes no demo. Give it one"),
        ):
            write(script, wrong)
            error = until(lambda said=said: served.error() if said in served.error() else "")  # type: ignore[misc]
            assert "minidemo/cli" not in error
            assert served.ask("Ann") == "Hello Ann"
        write(script.with_name("helper.py"), HELPER.format(word="Hi"))
        write(script, DEMO.format(title="Mended"))
        until(lambda: "" if served.error() else "yes")
        assert served.ask("Ann") == "Hi Ann"
    assert any("ZeroDivisionError" in line for line in served.said), "in the terminal, too"


def test_a_mistake_in_the_beginning_is_told_on_a_page(script: Path) -> None:
    helper = script.with_name("helper.py")
    write(helper, "def greeting(name)\n")
    with running(script) as served:
        assert 'File "' + str(helper) in served.error()
        page = plain.get(served.url).text
        assert f"<h1>{script.name}</h1>" in page
        assert "reload.js" in page
        write(helper, HELPER.format(word="Hello"))
        until(lambda: "" if served.error() else "yes")
        assert served.ask("Ann") == "Hello Ann"


def test_where_others_can_open_the_page_a_mistake_is_told_in_the_terminal_alone(script: Path) -> None:
    hidden = "The terminal says what is wrong with it."
    write(script, "1 / 0\n")
    with running(script, "--host", "0.0.0.0") as served:
        assert served.error() == hidden
        write(script, DEMO.format(title="Mended"))
        until(lambda: "" if served.error() else "yes")
        write(script, "def f(:\n")
        assert until(served.error) == hidden
    assert any("ZeroDivisionError" in line for line in served.said)
    assert any("SyntaxError" in line for line in served.said)


def test_a_demo_behind_a_proxy_can_be_opened_by_others(script: Path) -> None:
    arguments = ("share=True", "", "root_path='/demo'", "", "allowed_hosts=['127.0.0.1', 'a.example']")
    with running(script) as served:
        for number, argument in enumerate(arguments):
            write(script, f"{DEMO.format(title=f'Number {number}')}\ndemo.launch({argument})\n")
            until(lambda number=number: "yes" if f"Number {number}<" in plain.get(served.url).text else "")  # type: ignore[misc]
            write(script, f"1 / 0  # {number}\n")
            said = until(served.error)
            assert (said == "The terminal says what is wrong with it.") is bool(argument), argument


def test_one_of_several_demos_is_served(script: Path) -> None:
    write(
        script,
        "import minidemo as gr\na = gr.Interface(abs, 'number', 'number')\nb = gr.Interface(float, 'text', 'text')\n",
    )
    with running(script) as served:
        assert served.ask(-1) == 1, "the first"
    with running(script, "--demo", "b") as served:
        assert served.ask("7") == "7.0"
        write(script, "import minidemo as gr\nc = gr.Interface(abs, 'number', 'number')\n")
        assert "makes no demo 'b'. Known are: c." in until(served.error)


def test_what_is_launched_is_served_with_what_it_says(script: Path) -> None:
    text = """
import minidemo as gr
other = gr.Interface(abs, "number", "number")
mine = gr.Interface(abs, "number", "number", title="Mine")
mine.launch(auth=("ann", "{password}"), prevent_thread_lock={goes_on}, server_name="127.0.0.1")
{after}
"""
    write(script, text.format(password="secret", goes_on=False, after="raise RuntimeError('after the end of serving')"))
    with running(script, "--host", "127.0.0.1") as served, plain.Client(base_url=served.url) as ann:
        assert ann.get("changes").status_code == 401
        ann.post("login", data={"username": "ann", "password": "secret"})
        assert "<h1>Mine</h1>" in ann.get("").text
        version = ann.get("changes").json()["version"]
        write(script, text.format(password="secret", goes_on=True, after="print('it went on')"))
        until(lambda: "" if ann.get("changes").json()["version"] == version else "yes")
        assert ann.get("").status_code == 200, "still logged in"
        write(script, text.format(password="another", goes_on=True, after=""))
        until(lambda: "yes" if ann.get("").status_code == 401 else "")
    assert "it went on" in served.said


def test_a_component_of_ones_own_is_watched_with_its_template(script: Path) -> None:
    folder = script.parent / "parts"
    folder.mkdir()
    write(folder / "shout.html", "<mini-field id='{{ id }}'>first</mini-field>")
    write(
        script,
        "from pathlib import Path\nimport minidemo as gr\n\n\nclass Shout(gr.Component):\n"
        f"    folder = Path({str(folder)!r})\n\n\ndemo = gr.Interface(str, Shout(), 'text')\n",
    )
    with running(script) as served:
        assert "first" in plain.get(served.url).text, served.error()
        write(folder / "shout.html", "<mini-field id='{{ id }}'>second</mini-field>")
        until(lambda: "yes" if "second" in plain.get(served.url).text else "")


def test_what_was_uploaded_stays(script: Path) -> None:
    write(script, "import minidemo as gr\ndemo = gr.Interface(lambda f: open(f).read(), gr.File(), 'text')\n")
    with running(script) as served:
        sent = plain.post(f"{served.url}upload?name=a.txt&session=session-1", content=b"mine").json()
        version = plain.get(f"{served.url}changes").json()["version"]
        write(script, "import minidemo as gr\ndemo = gr.Interface(lambda f: open(f).read() + '!', gr.File(), 'text')\n")
        until(lambda: "" if plain.get(f"{served.url}changes").json()["version"] == version else "yes")
        body = {"data": [sent], "session": "session-1"}
        assert plain.post(f"{served.url}predict", json=body).json()["data"] == ["mine!"]


def test_a_demo_that_is_served_otherwise_has_no_such_address() -> None:
    with gr.Interface(abs, "number", "number", flagging_mode="never").running() as url:
        assert plain.get(f"{url}changes").status_code == 404
        assert "reload.js" not in plain.get(url).text


def test_a_script_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "nothing.py"]) == 2
    assert "There is no file 'nothing.py'" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["http", "70000"])
def test_a_port_that_is_none_is_told(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["run", "app.py", "--port", port])
    assert f"'{port}' is no port; expected a number such as 7860" in capsys.readouterr().err


def test_ctrl_c_while_a_script_is_loaded_ends_it(script: Path) -> None:
    with running(script) as served:
        write(script, "raise KeyboardInterrupt\n")
        assert served.process.wait(60) == 0
