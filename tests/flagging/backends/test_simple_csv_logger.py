"""SimpleCSVLogger writes the values and nothing else, to a file that Gradio's logger of that name may have begun."""

from pathlib import Path

import pytest

import minidemo as gr
from minidemo.content.media import Media
from minidemo.flagging.backends.simple_csv_logger import SimpleCSVLogger
from tests.flagging.folder import FOLDER, Pile, gradient_of, tree
from tests.visitor import Visitor

LOG = FOLDER / "log.csv"


def backend_of(*components: gr.Component) -> SimpleCSVLogger:
    backend = SimpleCSVLogger()
    backend.setup(components, FOLDER)
    return backend


def test_the_log_of_the_guides_calculator_has_no_header() -> None:
    demo = gr.Interface(
        lambda num1, operation, num2: num1 + num2 if operation == "add" else num1 - num2,
        ["number", gr.Radio(["add", "subtract"]), "number"],
        "number",
        flagging_callback=SimpleCSVLogger(),
        flagging_options=["wrong"],
    )
    visitor = Visitor(demo)
    for data in ([5, "add", 7], [6, "subtract", 1.5]):
        visitor.flag(visitor.predict(*data).json()["run"], "wrong")
    assert LOG.read_bytes() == b"5,add,7,12\n6,subtract,1.5,4.5\n"
    assert tree() == ["log.csv"]


def test_files_go_to_a_folder_for_each_component_numbered_by_row() -> None:
    backend = backend_of(gr.Image(label="im"), Pile(label="f"))
    Path("b.odd suffix").write_bytes(b"2")
    for _ in range(2):
        backend.flag([gradient_of(), [Media.of_bytes(b"1", "a.txt"), Media.of_path(Path("b.odd suffix"))]])
    backend.flag([None, None])
    cells = [f'im/{row}.png,"[""f/{row}/0.txt"", ""f/{row}/1""]"\n' for row in range(2)]
    assert LOG.read_text() == "".join(cells) + ",\n"
    assert tree() == ["f/0/0.txt", "f/0/1", "f/1/0.txt", "f/1/1", "im/0.png", "im/1.png", "log.csv"]
    assert [(FOLDER / name).read_bytes() for name in tree()[:2]] == [b"1", b"2"]


def test_a_number_that_the_files_of_another_logger_bear_is_passed_over() -> None:
    taken = FOLDER / "im" / "0.png"
    taken.parent.mkdir(parents=True)
    taken.write_bytes(b"another's")
    assert backend_of(gr.Image(label="im")).flag([gradient_of()]) == 0
    assert LOG.read_text() == "im/1.png\n"
    assert taken.read_bytes() == b"another's"


def test_what_others_wrote_is_counted_and_its_ending_is_kept() -> None:
    FOLDER.mkdir()
    LOG.write_bytes(b'1,"a ""b""\r\nc"\r\n\r\n2,x')
    backend = backend_of(gr.Number(label="n"), gr.Textbox(label="t"))
    assert backend.flag([3, "y"]) == 2
    with LOG.open("ab") as log:
        log.write(b"4,z\r\n")
    assert backend.flag([5, ""]) == 4
    assert LOG.read_bytes() == b'1,"a ""b""\r\nc"\r\n\r\n2,x\r\n3,y\r\n4,z\r\n5,\r\n'
    LOG.write_bytes(b"1,a\n")
    assert backend.flag([2, "b"]) == 1
    LOG.unlink()
    assert backend.flag([1, "a"]) == 0


def test_a_log_that_ends_within_quotes_is_set_aside(capsys: pytest.CaptureFixture[str]) -> None:
    FOLDER.mkdir()
    LOG.write_bytes(b'1,a\n2,"torn\n')
    assert backend_of(gr.Number(label="n")).flag([3]) == 0
    assert LOG.read_bytes() == b"3\n"
    assert (FOLDER / "log-1.csv").read_bytes() == b'1,a\n2,"torn\n'
    assert "log-1.csv" in capsys.readouterr().out


def test_nothing_is_written_through_a_link_inside_the_directory() -> None:
    outside = Path("outside")
    outside.mkdir()
    FOLDER.mkdir()
    for name in (".minidemo", "im", "log.csv"):
        (FOLDER / name).symlink_to(outside.absolute())
        with pytest.raises(OSError, match="is a symbolic link"):
            backend_of(gr.Image(label="im")).flag([gradient_of()])
        (FOLDER / name).unlink()
    assert not [*outside.iterdir()]


def test_the_directory_itself_may_be_a_link() -> None:
    Path("elsewhere").mkdir()
    FOLDER.symlink_to("elsewhere")
    backend_of(gr.Image(label="im")).flag([gradient_of()])
    assert tree(Path("elsewhere")) == ["im/0.png", "log.csv"]
