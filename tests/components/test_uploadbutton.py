"""UploadButton: its label, and the files that it takes as a File does."""

from pathlib import Path

import pytest

from minidemo import ConfigurationError, FlagStore, InputError, Interface, UploadButton
from tests.components.uploads import sent
from tests.visitor import Visitor


def test_the_label_is_what_stands_on_the_button() -> None:
    page = Visitor(Interface(lambda x: None, UploadButton("Choose a table"), None)).http.get("/").text
    assert "data-text>Choose a table</span></label>" in page
    assert UploadButton().label == "Upload a file"


def test_a_parameters_name_does_not_stand_on_the_button() -> None:
    page = Visitor(Interface(lambda data: None, UploadButton(), None)).http.get("/").text
    assert "data-text>Upload a file</span></label>" in page


def test_the_function_gets_what_a_file_gives() -> None:
    uploads = [sent(b"1", "a.csv"), sent(b"2", "a.csv")]
    button = UploadButton(file_count="multiple", file_types=[".csv"], type="binary")
    assert button.preprocess(uploads) == [b"1", b"2"]
    with pytest.raises(InputError, match=r"^UploadButton takes \.csv only, and b\.txt is of another type\.$"):
        button.preprocess([sent(b"", "b.txt")])


def test_a_mistake_of_the_author_is_told_by_its_own_name() -> None:
    with pytest.raises(ConfigurationError, match=r"^UploadButton got file_count='two'\."):
        UploadButton(file_count="two")  # type: ignore[arg-type]  # the author's mistake


def test_it_shows_files_that_come_out_and_a_flag_stores_them() -> None:
    Path("out.txt").write_text("x")
    visitor = Visitor(Interface(lambda file: "out.txt", UploadButton(), UploadButton("Result")))
    visitor.flag(visitor.predict(visitor.upload(b"y", "in.txt").json()).json()["run"])
    [record] = FlagStore("flagged").records()
    assert [(file.name, file.read()) for file in record.data] == [("in.txt", b"y"), ("out.txt", b"x")]
