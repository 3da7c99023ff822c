"""DownloadButton: the file that it offers."""

from pathlib import Path

import pytest

from minidemo import ConfigurationError, DownloadButton, File, FlagStore, Interface, OutputError
from tests.visitor import Visitor


def test_it_offers_a_file_to_start_with() -> None:
    Path("report.csv").write_text("a,b")
    visitor = Visitor(Interface(lambda path: Path(path).read_text(), DownloadButton("Report", "report.csv"), "text"))
    assert 'report.csv"' in visitor.http.get("/").text


def test_without_a_file_it_cannot_be_pressed() -> None:
    page = Visitor(Interface(lambda: None, None, DownloadButton())).http.get("/").text
    assert 'role="link" download aria-disabled="true"' in page
    assert "data-text>Download</span></a>" in page


def test_the_function_returns_the_path_or_none() -> None:
    Path("report.csv").write_text("a,b")
    visitor = Visitor(Interface(lambda text: text and "report.csv", "text", DownloadButton()))
    [file] = visitor.result("x")
    assert (file["orig_name"], visitor.download(file).text) == ("report.csv", "a,b")
    assert visitor.result(None) == [None]


def test_a_file_that_is_not_there_is_a_mistake_of_the_author() -> None:
    with pytest.raises(ConfigurationError, match=r"missing\.csv"):
        Visitor(Interface(lambda x: None, DownloadButton("Report", "missing.csv"), None))


def test_a_url_of_another_scheme_is_not_offered() -> None:
    with pytest.raises(OutputError, match=r"^Report shows files, but got 'ftp://e.com/a'"):
        DownloadButton("Report").postprocess("ftp://e.com/a")


def test_it_is_put_right_by_another_file() -> None:
    correction = DownloadButton("Report").correction()
    assert isinstance(correction, File)
    assert (correction.label, correction.interactive) == ("Report", True)


def test_a_flag_stores_the_file() -> None:
    Path("report.csv").write_text("a,b")
    visitor = Visitor(Interface(lambda: "report.csv", None, DownloadButton("Report")))
    visitor.flag(visitor.predict().json()["run"])
    assert Path("flagged/logs.csv").read_text() == "Report\nReport/0.csv\n"
    [record] = FlagStore("flagged").records()
    assert record.outputs[0].name == "report.csv"
