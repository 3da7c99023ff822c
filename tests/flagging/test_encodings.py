"""Text in every encoding, and logs as spreadsheets save them: read as it is, or refused, and never mixed."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

import minidemo as gr
from minidemo.flagging.backends.classic_csv_logger import ClassicCSVLogger
from minidemo.flagging.backends.jsonl_logger import JSONLLogger
from minidemo.flagging.backends.simple_csv_logger import SimpleCSVLogger
from minidemo.flagging.store import FlagStore
from tests.flagging.folder import FOLDER, LOG, logger
from tests.visitor import Visitor

TEXTS = {
    **dict.fromkeys(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"], "Café 日本 🙂"),
    **dict.fromkeys(["cp1252", "latin-1", "cp437", "mac_roman", "cp1250"], "Café"),
    **dict.fromkeys(["cp1251", "koi8-r"], "Привет"),
    **dict.fromkeys(["shift_jis", "euc_jp", "big5"], "日本"),
}
SAVED: dict[str, Callable[[bytes], bytes]] = {
    "CSV UTF-8": lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
    "CSV": lambda data: data.decode().encode("cp1252", "replace").replace(b"\n", b"\r\n"),
    "CSV with semicolons": lambda data: data.replace(b",", b";"),
    "Unicode text": lambda data: data.decode().replace(",", "\t").encode("utf-16"),
}
LOGGERS: dict[str, Callable[[], gr.FlaggingCallback]] = {
    "logs.csv": gr.CSVLogger,
    "log.csv": ClassicCSVLogger,
    "log.csv without header": SimpleCSVLogger,
}


def demo_of(examples: str) -> gr.Interface:
    return gr.Interface(lambda name, times: name * times, ["text", "number"], "text", examples=examples)


def first_example(name: str, data: bytes) -> object:
    FOLDER.mkdir()
    (FOLDER / name).write_bytes(data)
    visitor = Visitor(demo_of(str(FOLDER)))
    assert visitor.http.get("/").status_code == 200
    return visitor.example(0).json()["values"]["0"]


def imported(name: str, data: bytes) -> object:
    Path("old").mkdir()
    (Path("old") / name).write_bytes(data)
    FlagStore(FOLDER).adopt(Path("old"), columns=["name", "times"])
    return next(record.data[0] for record in FlagStore(FOLDER).records())


def page_with(text: Path) -> str:
    demo = gr.Interface(str.upper, "text", "text", description=text, article=text)
    return Visitor(demo).http.get("/").text


def style_of(text: Path) -> str:
    demo = gr.Interface(str.upper, "text", "text", css=text, css_paths=[text])
    return Visitor(demo).http.get("/static/any/author.css").text


def table_of(text: Path) -> object:
    return gr.Dataframe(value=text).initial()["data"][0][0]


@pytest.mark.parametrize("encoding", TEXTS)
@pytest.mark.parametrize("name", ["log.csv", "logs.csv"])
@pytest.mark.parametrize("read", [first_example, imported])
def test_a_log_is_read_as_it_is_or_refused(read: Callable[[str, bytes], object], name: str, encoding: str) -> None:
    data = f"name,times\n{TEXTS[encoding]},1\n".encode(encoding)
    if read is imported and name == "log.csv":
        data = f"{TEXTS[encoding]},1\n".encode(encoding)
    if encoding.startswith("utf-8"):
        assert read(name, data) == TEXTS[encoding]
    else:
        with pytest.raises((gr.ConfigurationError, OSError), match=rf"{name} is not text in UTF-8\. .*'CSV UTF-8'"):
            read(name, data)


@pytest.mark.parametrize("encoding", TEXTS)
def test_rows_of_a_foreign_log_are_flags_or_are_told(encoding: str, caplog: pytest.LogCaptureFixture) -> None:
    FOLDER.mkdir()
    LOG.write_bytes(f"name,times\n{TEXTS[encoding]},1\n".encode(encoding))
    texts = [record.data[0] for record in FlagStore(FOLDER).records()]
    assert texts == ([TEXTS[encoding]] if encoding.startswith("utf-8") else [])
    assert ("logs.csv is not text in UTF-8." in caplog.text) is not encoding.startswith("utf-8")


@pytest.mark.parametrize("encoding", TEXTS)
@pytest.mark.parametrize("read", [page_with, style_of, table_of])
def test_a_text_of_the_authors_is_read_as_it_is_or_refused(read: Callable[[Path], object], encoding: str) -> None:
    path = Path("text.txt")
    path.write_bytes(f"{TEXTS[encoding]}\n{TEXTS[encoding]}\n".encode(encoding))
    if encoding.startswith("utf-8"):
        assert TEXTS[encoding] in str(read(path))
        assert "\ufeff" not in str(read(path))
    else:
        with pytest.raises((gr.ConfigurationError, gr.OutputError), match=r"cannot be read|cannot read"):
            read(path)


@pytest.mark.parametrize("restarted", [True, False], ids=["restarted", "running"])
@pytest.mark.parametrize("save", SAVED.values(), ids=SAVED)
@pytest.mark.parametrize("name", LOGGERS)
def test_a_flag_after_a_review_in_a_spreadsheet(name: str, save: Callable[[bytes], bytes], restarted: bool) -> None:
    backend = started(name)
    for text in ("Café", "b"):
        backend.flag([text, "x"])
    log = FOLDER / name.split(" ")[0]
    log.write_bytes(saved := save(log.read_bytes()))
    backend = started(name) if restarted else backend
    backend.flag(["日本", "y"])
    appended = log.read_bytes().startswith(saved)
    assert appended is (save is SAVED["CSV UTF-8"])
    assert appended or log.with_stem(f"{log.stem}-1").read_bytes() == saved
    written = log.read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(written, newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1
    assert rows[-1][:2] == ["日本", "y"]
    assert "\r" in written if appended else "Café" not in written


@pytest.mark.parametrize("save", SAVED.values(), ids=SAVED)
def test_the_flags_so_far_stay_as_they_were(save: Callable[[bytes], bytes]) -> None:
    for text in ("Café", "b"):
        logger(gr.Textbox(label="name"), gr.Textbox(label="Output")).flag([text, "x"])
    LOG.write_bytes(save(LOG.read_bytes()))
    logger(gr.Textbox(label="name"), gr.Textbox(label="Output")).flag(["日本", "y"])
    assert [record.data[0] for record in FlagStore(FOLDER).records()] == ["Café", "b", "日本"]


def test_a_log_that_was_set_aside_is_read_once_it_is_text(caplog: pytest.LogCaptureFixture) -> None:
    backend = logger(gr.Textbox(label="name"), gr.Textbox(label="times"))
    backend.flag(["Café", "1"])
    LOG.write_bytes(LOG.read_bytes().decode().encode("cp1252"))
    backend.flag(["日本", "2"])
    old = FOLDER / "logs-1.csv"
    assert Visitor(demo_of(str(FOLDER))).example(0).json()["values"]["0"] == "日本"
    assert "logs-1.csv is not text in UTF-8." in caplog.text
    assert [finding.detail for finding in FlagStore(FOLDER).doctor()] == ["logs-1.csv, row 1 is not written in UTF-8."]
    old.write_bytes(old.read_bytes().decode("cp1252").replace("Caf", "Th").encode())
    assert [record.data[0] for record in FlagStore(FOLDER).records()] == ["Thé", "日本"]
    assert Visitor(demo_of(str(FOLDER))).example(0).json()["values"]["0"] == "Thé"
    assert FlagStore(FOLDER).doctor() == []


def test_a_flag_whose_row_is_in_another_encoding_can_be_deleted() -> None:
    backend = logger(gr.Textbox(label="name"))
    for text in ("a", "Café", "b"):
        backend.flag([text])
    LOG.write_bytes(LOG.read_bytes().decode().encode("cp1252"))
    backend.delete([record.id for record in backend.records() if record.data == ("Café",)])
    assert LOG.read_bytes() == b"name\na\nb\n"


def test_a_row_that_ends_in_half_a_character_is_torn() -> None:
    backend = logger(gr.Textbox(label="name"))
    backend.flag(["a"])
    LOG.write_bytes(LOG.read_bytes() + "日".encode()[:2])
    assert [record.data for record in backend.records()] == [("a",)]
    assert LOG.read_bytes() == b"name\na\n"


def test_a_torn_row_is_not_imported(caplog: pytest.LogCaptureFixture) -> None:
    assert imported("log.csv", b"a,1\n" + "日".encode()[:2]) == "a"
    assert "log.csv ends in the middle of a row, which is not imported." in caplog.text


def test_a_log_without_header_that_ends_in_half_a_character_is_set_aside() -> None:
    backend = SimpleCSVLogger()
    backend.setup([gr.Textbox(label="name")], FOLDER)
    backend.flag(["a"])
    log = FOLDER / "log.csv"
    log.write_bytes(torn := log.read_bytes() + "日".encode()[:2])
    assert backend.flag(["b"]) == 0
    assert (log.read_bytes(), log.with_stem("log-1").read_bytes()) == (b"b\n", torn)


def test_lines_of_json_in_another_encoding_are_set_aside(capsys: pytest.CaptureFixture[str]) -> None:
    backend = JSONLLogger()
    backend.setup([gr.Textbox(label="name")], FOLDER)
    backend.flag(["Café"])
    log = FOLDER / "flags.jsonl"
    log.write_bytes(saved := log.read_bytes().decode().encode("cp1252"))
    assert backend.flag(["日本"]) == 0
    assert log.with_stem("flags-1").read_bytes() == saved
    assert "日本" in log.read_text("utf-8")
    assert "flags.jsonl has other columns, is not in UTF-8, or was cut off" in capsys.readouterr().out


@pytest.mark.parametrize(("sign", "kind"), [(";", "semicolons"), ("\t", "tabs")])
def test_columns_that_a_spreadsheet_separates_otherwise(sign: str, kind: str) -> None:
    rows = ("name,times", "x,1", "y,2")
    FOLDER.mkdir()
    (FOLDER / "logs.csv").write_text("\n".join(rows).replace(",", sign), "utf-8")
    assert Visitor(demo_of(str(FOLDER))).example(1).json()["values"] == {"0": "y", "1": 2}, kind
    (FOLDER / "logs.csv").rename(FOLDER / "log.csv")
    with pytest.raises(gr.ConfigurationError, match=r"log\.csv has one column, but there are 2 inputs \(name, times\)"):
        demo_of(str(FOLDER))


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("header", ["name,times,timestamp\n", ""])
def test_an_import_of_columns_that_a_spreadsheet_separates_otherwise(header: str, sign: str) -> None:
    assert (
        imported("log.csv", f"{header}x,1{',2026-03-31 18:00:00' * bool(header)}\n".replace(",", sign).encode()) == "x"
    )
    (record,) = FlagStore(FOLDER).records()
    assert record.data == ("x", "1")


def started(name: str) -> gr.FlaggingCallback:
    backend = LOGGERS[name]()
    backend.setup([gr.Textbox(label="name"), gr.Textbox(label="Output")], FOLDER)
    return backend
