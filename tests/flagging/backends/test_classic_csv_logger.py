"""ClassicCSVLogger writes what scripts that read Gradio's log.csv expect."""

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from minidemo.content.media import Media
from minidemo.flagging.backends.classic_csv_logger import ClassicCSVLogger
from tests.flagging.folder import FOLDER, Pile, gradient_of, tree

LOG = FOLDER / "log.csv"


def backend_of(*components: gr.Component, **options: Any) -> ClassicCSVLogger:
    backend = ClassicCSVLogger(**options)
    backend.setup(components, "flagged")
    return backend


def records() -> list[dict[str, str]]:
    with LOG.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_has_a_reason_a_user_and_a_time() -> None:
    backend = backend_of(gr.Number(label="num"), gr.Textbox())
    assert [backend.flag([5, "=1"], "wrong", "ann"), backend.flag([None, "x"])] == [0, 1]
    first, second = records()
    assert [*first] == ["num", "component 1", "flag", "username", "timestamp"]
    assert [*first.values()][:4] == ["5", "'=1", "wrong", "ann"]
    assert [*second.values()][:4] == ["", "x", "", ""]
    assert timedelta() <= datetime.now() - datetime.fromisoformat(first["timestamp"]) < timedelta(minutes=1)


def test_a_file_keeps_its_name_and_its_path_leads_there_from_the_working_directory() -> None:
    backend = backend_of(gr.Image(label="im"), Pile(label="f"))
    for _ in range(2):
        backend.flag([gradient_of(), [Media.of_bytes(b"1", "my cat.txt"), Media.of_bytes(b"2", "../../etc/passwd")]])
    for row in records():
        image, files = Path(row["im"]), [Path(name) for name in json.loads(row["f"])]
        assert image.parts[:2] == ("flagged", "im")
        assert [path.name for path in (image, *files)] == ["image.png", "my cat.txt", "passwd"]
        assert [path.read_bytes() for path in (image, *files)] == [gradient_of().read(), b"1", b"2"]
    assert len(tree()) == 7


def test_a_file_without_a_usable_name_is_called_file() -> None:
    backend_of(Pile(label="f")).flag([[Media.of_bytes(b"1", name) for name in ("...", "\u202e", "--.txt")]])
    assert [Path(name).name for name in json.loads(records()[0]["f"])] == ["file", "file", "file.txt"]


def test_file_data_can_be_kept_in_full() -> None:
    backend = backend_of(gr.Image(label="im"), Pile(label="f"), simplify_file_data=False)
    backend.flag([gradient_of(), [Media.of_bytes(b"12", "a.txt")]])
    (row,) = records()
    image, (file,) = json.loads(row["im"]), json.loads(row["f"])
    assert (image["orig_name"], image["mime_type"], image["meta"]) == (
        "image.png",
        "image/png",
        {"_type": "gradio.FileData"},
    )
    assert image["size"] == Path(image["path"]).stat().st_size
    assert (file["size"], Path(file["path"]).read_bytes()) == (2, b"12")


def test_a_log_that_gradio_began_goes_on() -> None:
    FOLDER.mkdir()
    LOG.write_bytes(b"num,Output,flag,username,timestamp\r\n5,12,,,2026-11-22 19:03:00\r\n")
    assert backend_of(gr.Number(label="num"), gr.Number(label="Output")).flag([6, 13]) == 1
    assert LOG.read_bytes().startswith(b"num,Output,flag,username,timestamp\r\n5,12,,,2026-11-22 19:03:00\r\n6,13,,,")
    assert LOG.read_bytes().count(b"\n") == LOG.read_bytes().count(b"\r\n") == 3


def test_a_log_with_other_columns_is_set_aside(capsys: pytest.CaptureFixture[str]) -> None:
    for i, label in enumerate(["a", "b", "c"]):
        assert backend_of(gr.Number(label=label)).flag([i]) == 0
        assert backend_of(gr.Number(label=label)).flag([i]) == 1
    assert tree() == ["log-1.csv", "log-2.csv", "log.csv"]
    assert (FOLDER / "log-1.csv").read_text().startswith("a,flag,username,timestamp\n0,,,")
    assert "its rows are kept as log-2.csv" in capsys.readouterr().out


def test_an_empty_log_gets_its_header() -> None:
    FOLDER.mkdir()
    LOG.touch()
    assert backend_of(gr.Number(label="n")).flag([1]) == 0
    assert LOG.read_text().startswith("n,flag,username,timestamp\n1,,,")
