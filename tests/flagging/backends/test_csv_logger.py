"""CSVLogger writes what a person would: rows, and folders of files beside them."""

from pathlib import Path

import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st

import minidemo as gr
from minidemo.content.media import Media
from minidemo.flagging import csv_cells
from tests.components.pictures import encoded, gradient, pixels, uploaded
from tests.flagging.folder import FOLDER, LOG, Pile, gradient_of, logger, picture, rows, table, tree
from tests.visitor import Visitor


def calculator(num1: float, operation: str, num2: float) -> float:
    return num1 + num2 if operation == "add" else num1 - num2


def test_the_log_of_the_guides_calculator() -> None:
    visitor = Visitor(gr.Interface(calculator, ["number", gr.Radio(["add", "subtract"]), "number"], "number"))
    for data in ([5, "add", 7], [6, "subtract", 1.5]):
        visitor.flag(visitor.predict(*data).json()["run"])
    assert LOG.read_bytes() == b"num1,operation,num2,Output\n5,add,7,12\n6,subtract,1.5,4.5\n"
    assert tree() == ["logs.csv"]


def test_the_log_and_the_folders_of_the_guides_sepia_filter() -> None:
    seen = []

    def sepia(im: PIL.Image.Image) -> PIL.Image.Image:
        tinted = im.convert("RGB", (0.393, 0.769, 0.189, 0, 0.349, 0.686, 0.168, 0, 0.272, 0.534, 0.131, 0))
        seen.append((im.copy(), tinted.copy()))
        return tinted

    visitor = Visitor(gr.Interface(sepia, gr.Image(type="pil"), "image"))
    for size in (4, 1100):
        file = visitor.upload(encoded(gradient(size, size)), "my cat.png").json()
        visitor.flag(visitor.predict(file).json()["run"])
    assert LOG.read_bytes() == b"im,Output\nim/0.png,Output/0.png\nim/1.png,Output/1.png\n"
    assert tree() == ["Output/0.png", "Output/1.png", "im/0.png", "im/1.png", "logs.csv"]
    for (received, returned), (im, output) in zip(seen, rows(), strict=True):
        assert pixels(picture(im)) == pixels(received)
        assert pixels(picture(output)) == pixels(returned)


def test_several_outputs_and_given_labels_name_the_columns() -> None:
    demo = gr.Interface(lambda a, b: (a, b), [gr.Number(label="How many?"), "text"], ["number", "text"])
    visitor = Visitor(demo)
    visitor.flag(visitor.predict(1, "x").json()["run"])
    assert table() == [["How many?", "b", "Output 0", "Output 1"], ["1", "x", "1", "x"]]


@pytest.mark.parametrize("folder", [Path("flagged"), Path("some/where else")])
def test_the_directory_is_made_by_the_first_flag(folder: Path) -> None:
    backend = logger(gr.Number(label="n"), folder=folder)
    assert not folder.exists()
    assert [backend.flag([1]), backend.flag([2])] == [0, 1]
    assert (folder / "logs.csv").read_bytes() == b"n\n1\n2\n"


def test_a_flagged_directory_may_be_a_link_that_its_owner_made() -> None:
    Path("elsewhere").mkdir()
    FOLDER.symlink_to("elsewhere")
    logger(gr.Number(label="n")).flag([1])
    assert Path("elsewhere/logs.csv").read_bytes() == b"n\n1\n"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (12, "12"),
        (12.0, "12"),
        (4.5, "4.5"),
        (-5, "-5"),
        (-5.0, "-5"),
        (0, "0"),
        (0.1, "0.1"),
        (1e-7, "1e-07"),
        (2**70, "1180591620717411303424"),
        (1e22, "1e+22"),
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
    ],
)
def test_numbers_are_written_as_a_person_writes_them(number: float | str, written: str) -> None:
    logger(gr.Number(label="n"), gr.Number(label="m")).flag([number, 1])
    assert LOG.read_text() == f"n,m\n{written},1\n"
    assert gr.Number().read_from_flag(rows()[0][0]) == number


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("two words", "two words"),
        ("it's", "it's"),
        ("grüße 日本 🙂", "grüße 日本 🙂"),
        ("a,b", '"a,b"'),
        ('say "no"', '"say ""no"""'),
        ("one\ntwo", '"one\ntwo"'),
        ("one\rtwo", '"one\rtwo"'),
        ("one\r\ntwo\n", '"one\r\ntwo\n"'),
        ("a;b\tc", "a;b\tc"),
        (" blank ", " blank "),
        ("\u202eevil\u2066", "\u202eevil\u2066"),
        ("\ufeffbom", "\ufeffbom"),
        ("one\0two", "one\0two"),
        ("\u2028\u2029\v\f\x85", "\u2028\u2029\v\f\x85"),
    ],
)
def test_fields_are_quoted_only_where_the_format_needs_it(text: str, written: str) -> None:
    logger(gr.Textbox(label="t"), gr.Number(label="n")).flag([text, 1])
    assert LOG.read_bytes() == f"t,n\n{written},1\n".encode()
    assert rows() == [[text, "1"]]


def test_half_a_character_is_written_as_its_escape() -> None:
    """UTF-8 has no place for it; the rest of the row is as ever."""
    logger(gr.Textbox(label="t"), gr.Textbox(label="u")).flag(["a\ud800b", "\udfff,"])
    assert rows() == [["a\\ud800b", "\\udfff,"]]


@given(texts=st.lists(st.text(alphabet=st.characters(codec="utf-8")), min_size=8, max_size=8))
def test_whatever_the_text_each_flag_is_one_record_and_is_read_back(texts: list[str]) -> None:
    before = rows() if LOG.exists() else []
    columns = [gr.Textbox(label=f"t{i}") for i in range(8)]
    assert logger(*columns).flag(texts) == len(before)
    *earlier, last = rows()
    assert earlier == before
    assert [csv_cells.unprotect(cell) for cell in last] == texts


def test_a_value_that_was_not_given_is_an_empty_cell() -> None:
    backend = logger(gr.Textbox(label="t"), gr.Number(label="n"), gr.Image(label="im"), Pile(label="f"))
    backend.flag([None, None, None, None])
    backend.flag(["", 0, None, []])
    assert LOG.read_bytes() == b"t,n,im,f\n,,,\n,0,,[]\n"
    assert tree() == ["logs.csv"]


def test_a_log_of_one_column_has_a_record_for_an_empty_value() -> None:
    logger(gr.Textbox(label="t")).flag([None])
    assert LOG.read_bytes() == b't\n""\n'


def test_passwords_and_what_opts_out_are_not_written() -> None:
    secret, hidden = gr.Textbox(type="password"), gr.Textbox(flag=False)
    visitor = Visitor(gr.Interface(lambda *values: values[0], ["text", secret, hidden], "text", title="t"))
    visitor.flag(visitor.predict("user", "hunter2", "note").json()["run"])
    assert table() == [["values 0", "Output"], ["user", "user"]]
    assert b"hunter2" not in b"".join(path.read_bytes() for path in FOLDER.rglob("*") if path.is_file())


def test_the_reason_and_the_user_have_columns_of_their_own() -> None:
    backend = logger(gr.Number(label="n"))
    backend.flag([1], "=wrong", "ann,a")
    backend.flag([2], "", "bob")
    assert LOG.read_bytes() == b'n,flag,username\n1,\'=wrong,"ann,a"\n2,,bob\n'


def test_several_files_in_a_cell_have_a_folder_of_the_row() -> None:
    backend = logger(Pile(label="Ä"), gr.Image(label="im"))
    backend.flag([[Media.of_bytes(b"a", "x.txt"), Media.of_bytes(b"b", "x.TXT")], None])
    backend.flag([[Media.of_bytes(b"c", "y.wav")], gradient_of()])
    assert rows() == [['["Ä/0/0.txt", "Ä/0/1.txt"]', ""], ['["Ä/1/0.wav"]', "im/1.png"]]
    assert [(FOLDER / name).read_bytes() for name in tree()[-3:]] == [b"a", b"b", b"c"]


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("song.MP3", ".mp3"),
        ("archive.tar.gz", ".gz"),
        ("no suffix", ""),
        (".hidden", ""),
        ("a.x\ny", ""),
        ("a.b c", ""),
        ("a." + "x" * 200, ""),
        ("../../up.txt", ".txt"),
    ],
)
def test_of_a_files_name_only_a_plain_suffix_is_kept(name: str, suffix: str) -> None:
    logger(Pile(label="f")).flag([[Media.of_bytes(b"1", name)]])
    assert tree() == [f"f/0/0{suffix}", "logs.csv"]


def test_a_picture_is_stored_upright_and_without_its_metadata() -> None:
    exif = PIL.Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "at home"
    logger(gr.Image(label="im")).flag([uploaded(encoded(gradient(4, 3), "JPEG", exif=exif), "turned.jpg")])
    assert b"at home" not in (FOLDER / "im/0.png").read_bytes()
    assert picture("im/0.png").size == (3, 4)


def test_a_picture_that_is_shown_with_loss_is_stored_without() -> None:
    shown = gradient(40, 30)
    visitor = Visitor(gr.Interface(lambda: shown, None, gr.Image(format="jpeg", image_mode=None)))
    visitor.flag(visitor.predict().json()["run"])
    assert rows() == [["Output/0.png"]]
    assert pixels(picture("Output/0.png")) == pixels(shown)


def test_a_folder_can_be_moved(tmp_path: Path) -> None:
    backend = logger(gr.Image(label="im"))
    backend.flag([gradient_of()])
    FOLDER.rename("moved")
    log = tmp_path / "moved" / "logs.csv"
    ((name,),) = rows(log)
    assert (log.parent / name).is_file()
    assert backend.flag([gradient_of()]) == 0, "the next flag begins a new folder"


def test_values_and_columns_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="shorter"):
        logger(gr.Number(label="n"), gr.Number(label="m")).flag([1])
    assert not FOLDER.exists()


@pytest.mark.parametrize("component", [gr.JSON(), gr.Dropdown(["sent", "more"], multiselect=True)])
def test_what_the_function_does_to_its_input_is_not_stored(component: gr.Component) -> None:
    def clear(items: list[str]) -> int:
        items.clear()
        return len(items)

    visitor = Visitor(gr.Interface(clear, component, "number"))
    visitor.flag(visitor.predict(["sent"]).json()["run"])
    assert rows() == [['["sent"]', "0"]]


def test_what_the_function_does_to_a_picture_is_not_stored_as_the_input() -> None:
    def blacken(im: PIL.Image.Image) -> PIL.Image.Image:
        im.paste((0, 0, 0), (0, 0, *im.size))
        return im

    visitor = Visitor(gr.Interface(blacken, gr.Image(type="pil"), "image"))
    file = visitor.upload(encoded(gradient())).json()
    visitor.flag(visitor.predict(file).json()["run"])
    assert pixels(picture("im/0.png")) == pixels(gradient())
    assert picture("Output/0.png").getextrema() == ((0, 0),) * 3


def test_what_the_function_does_to_its_output_later_is_not_stored() -> None:
    pictures = [gradient()]
    visitor = Visitor(gr.Interface(lambda: pictures[0], None, "image"))
    run = visitor.predict().json()["run"]
    pictures[0].paste((0, 0, 0), (0, 0, 4, 3))
    visitor.flag(run)
    assert pixels(picture("Output/0.png")) == pixels(gradient())


def test_arguments_of_gradio_are_taken() -> None:
    backend = gr.CSVLogger(True, False, "data.csv")
    backend.setup([gr.Textbox(label="a")], "flagged")
    assert backend.flag(["x"]) == 0
    assert Path("flagged/logs.csv").is_file()
