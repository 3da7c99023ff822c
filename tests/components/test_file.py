"""File: what the function gets, which files are taken, and how names are kept."""

import gc
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from minidemo import ConfigurationError, File, FlagStore, InputError, Interface, OutputError
from minidemo.components.registry import resolve
from minidemo.content.media import Media
from tests.components.uploads import sent
from tests.corpora import NAMES
from tests.visitor import Visitor

PNG = b"\x89PNG\r\n\x1a\n and more"
LONGEST = 1000
"""How many characters the address of an upload takes as a name."""


def test_the_function_gets_the_path_of_a_copy_with_the_files_name() -> None:
    upload = sent(b"a,b", "report (1).csv")
    path = File().preprocess(upload)
    assert isinstance(path, str)
    assert Path(path).name == "report (1).csv"
    assert Path(path).read_bytes() == b"a,b"
    Path(path).write_bytes(b"changed")
    assert upload.read() == b"a,b"


@pytest.mark.parametrize(
    "name", ["John's report.pdf", "a#b?c%20d&e;f.txt", '"quoted" <b>.txt', ".env", "x" * 120 + ".txt"]
)
def test_the_name_of_an_upload_stays_as_it_is(name: str) -> None:
    visitor = Visitor(Interface(lambda path: (Path(path).name, path), "file", ["text", "file"]))
    upload = visitor.upload(b"x", name, "text/plain").json()
    text, file = visitor.result(upload)
    assert (upload["orig_name"], text, file["orig_name"]) == (name, name, name)
    for each in (upload, file):
        assert visitor.http.get("/" + each["url"]).content == b"x"


def test_the_path_has_a_name_as_an_open_file_has() -> None:
    upload = sent(b"a,b")
    path = File().preprocess(upload)
    assert path.name == path
    with open(path.name, "rb") as file:
        assert file.read() == b"a,b"


def test_the_copy_lives_as_long_as_the_upload() -> None:
    upload = sent(b"x")
    path = Path(File().preprocess(upload))
    del upload
    gc.collect()
    assert not path.exists()


def test_the_function_may_get_bytes_that_know_their_name() -> None:
    data = File(type="binary").preprocess(sent(b"\0\xff", "a.bin"))
    assert (data, data.name) == (b"\0\xff", "a.bin")


def test_several_files_come_in_their_order() -> None:
    uploads = [sent(b"1", "b.txt"), sent(b"2", "a.txt")]
    paths = File(file_count="multiple").preprocess(uploads)
    assert [(Path(path).name, Path(path).read_bytes()) for path in paths] == [("b.txt", b"1"), ("a.txt", b"2")]


def test_equal_names_do_not_overwrite_each_other() -> None:
    uploads = [sent(b"1", "x/0.txt"), sent(b"2", "y/0.txt")]
    paths = File(file_count="directory").preprocess(uploads)
    assert [Path(path).name for path in paths] == ["0.txt", "0.txt"]
    assert [Path(path).read_bytes() for path in paths] == [b"1", b"2"]


def test_an_empty_file_is_a_file() -> None:
    upload = sent(b"")
    path = File().preprocess(upload)
    assert Path(path).read_bytes() == b""


@pytest.mark.parametrize("type", ["filepath", "binary"])
@pytest.mark.parametrize("name", ["é (1).tar.gz", "日本.txt", "😀.PNG", "no ending", "-rf", "=1+1.csv"])
def test_a_name_goes_there_and_back(name: str, type: Any) -> None:
    file, upload = File(type=type), sent(b"x", name)
    shown = file.postprocess(file.preprocess(upload))
    assert (shown.name, shown.read()) == (name, b"x")
    assert file.read_from_flag(file.flag(shown)).name == name


@pytest.mark.parametrize(
    ("old", "new"), [("file", "filepath"), ("filepath", "filepath"), ("bytes", "binary"), ("binary", "binary")]
)
def test_a_type_may_be_called_as_it_was_before(old: Any, new: str) -> None:
    assert File(type=old).type == new


# Which files are taken.


@pytest.mark.parametrize(
    ("types", "name", "data"),
    [
        (None, "cat.png", b"anything"),
        (["file", ".csv"], "cat.png", b"anything"),
        ([".csv"], "A.CSV", b"a,b"),
        (".CSV", "a.csv", b""),
        ([".tar.gz"], "a.tar.gz", b"\x1f\x8b\x08"),
        (["text"], "a.md", b"# a"),
        (["image"], "a.svg", b"<svg>"),
        (["image"], "a.png", PNG),
        (["image"], "a.jpeg", b"\xff\xd8\xff\xe0"),
        (["image"], "a.webp", b"RIFF\1\2\3\4WEBP"),
        (["image"], "a.gif", b"GIF87a"),
        (["image"], "a.tif", b"MM\0*"),
        (["image"], "a.bmp", b"BM6"),
        (["audio"], "a.wav", b"RIFF\1\2\3\4WAVE"),
        (["audio"], "a.mp3", b"\xff\xfb\x90"),
        (["audio"], "a.mp3", b"ID3\3"),
        (["audio"], "a.flac", b"fLaC"),
        (["audio"], "a.ogg", b"OggS"),
        (["video"], "a.mp4", b"\0\0\0\x18ftypisom"),
        (["video"], "a.webm", b"\x1aE\xdf\xa3"),
        ([".pdf"], "a.pdf", b"%PDF-1.7"),
        ([".pdf"], "a.pdf", b"\n" * 1024 + b"%PDF-1.7"),
        ([".docx", ".xlsx", ".zip"], "a.xlsx", b"PK\3\4"),
    ],
)
@pytest.mark.parametrize("kept", ["in memory", "on the disk"])
def test_these_are_taken(types: Any, name: str, data: bytes, kept: str, tmp_path: Path) -> None:
    (tmp_path / "upload").write_bytes(data)
    media = sent(data, name) if kept == "in memory" else Media.of_path(tmp_path / "upload", name)
    assert Path(File(file_types=types).preprocess(media)).read_bytes() == data


@pytest.mark.parametrize("name", ["notes.txt", "csv", "a.csv.exe", "cat", ".csv"])
def test_another_ending_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=r"^Table takes images or \.csv only, and .* is of another type\.$"):
        File(label="Table", file_types=["image", ".csv"]).preprocess(sent(b"", name))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b""),
        ("a.png", PNG[:7]),
        ("a.png", b"\xff\xd8\xff\xe0"),
        ("a.jpg", b"<script>"),
        ("a.webp", b"RIFF\1\2\3\4WAVE"),
        ("a.pdf", b"\n" * 1025 + b"%PDF-"),
        ("a.zip", b"Rar!"),
        ("a.mp4", b"#!/bin/sh\n"),
    ],
)
def test_content_of_another_kind_than_the_name_says_is_refused(name: str, data: bytes) -> None:
    ending = name[1:]
    with pytest.raises(InputError) as caught:
        File(label="Scan", file_types=[ending]).preprocess(sent(data, name))
    assert caught.value.message == f"Scan got {name}, but its content is not that of a {ending} file."


def test_one_wrong_file_among_several_is_named() -> None:
    uploads = [sent(b"1", "a.csv"), sent(b"2", "b.txt")]
    with pytest.raises(InputError, match=r"^Tables takes \.csv only, and b\.txt is of another type\.$"):
        File(label="Tables", file_count="multiple", file_types=[".csv"]).preprocess(uploads)


@pytest.mark.parametrize(
    ("types", "allowed", "accept"),
    [
        (None, "", ""),
        (["file"], "", ""),
        ([], "", ""),
        ([".csv"], ".csv", ".csv"),
        (["image", ".pdf", ".csv"], "images, .pdf or .csv", "image/*,.csv,.pdf"),
        (["audio", "video"], "audio or videos", "audio/*,video/*"),
    ],
)
def test_the_page_is_told_what_is_taken(types: Any, allowed: str, accept: str) -> None:
    file = File(file_types=types)
    assert (file.allowed, file.accept) == (allowed, accept)


def test_text_is_many_endings() -> None:
    file = File(file_types=["text"])
    assert file.allowed == "text"
    assert {".txt", ".csv", ".json"} <= set(file.endings) == set(file.accept.split(","))


@pytest.mark.parametrize("types", [["image"], ["audio"], ["video"], ["text"], [".pdf"], [".tar.gz"], [".x"], None])
@pytest.mark.parametrize("count", ["single", "multiple"])
def test_the_example_is_of_a_kind_that_is_taken(types: Any, count: Any) -> None:
    file = File(file_types=types, file_count=count)
    assert file.preprocess(file.example())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"file_count": "many"}, "File got file_count='many'. Known are: directory, multiple, single."),
        ({"file_count": "mutiple"}, "File got file_count='mutiple'. Did you mean 'multiple'?"),
        ({"type": "path"}, "File got type='path'. Did you mean 'filepath'?"),
        (
            {"file_types": ["csv"]},
            "File got file_types=['csv'], but 'csv' is neither a category nor an ending. Did you mean '.csv'?",
        ),
        (
            {"file_types": ["image/*"]},
            "File got file_types=['image/*'], but 'image/*' is neither a category nor an ending. Did you mean 'image'?",
        ),
        (
            {"file_types": 2},
            "File got file_types=2; expected a list such as ['image', '.pdf'], of file, image, audio, video, text and "
            "endings.",
        ),
        ({"height": "tall"}, "File got height='tall'; expected pixels, or text such as '12rem' or '40vh'."),
    ],
)
def test_what_a_file_cannot_be_is_a_mistake_of_the_author(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        File(**options)
    assert str(caught.value) == message


@pytest.mark.parametrize(("height", "kept"), [(None, None), (200, "200"), (80.5, "80.5"), ("12rem", "12rem")])
def test_a_height_may_have_a_unit(height: Any, kept: str | None) -> None:
    assert File(height=height).height == kept


def test_files_are_several() -> None:
    files = resolve("files")
    assert isinstance(files, File)
    assert (files.file_count, files.several) == ("multiple", True)
    assert not File(allow_reordering=False).allow_reordering
    assert File(allow_reordering=True).allow_reordering


# What comes out.


def test_a_path_is_shown_under_its_name(tmp_path: Path) -> None:
    file = tmp_path / "Bob's report.csv"
    file.write_bytes(b"a,b")
    for path in (file, str(file)):
        shown = File().postprocess(path)
        assert (shown.name, shown.read()) == ("Bob's report.csv", b"a,b")
    assert [item.name for item in File().postprocess([file, str(file)])] == ["Bob's report.csv"] * 2
    assert [item.name for item in File(file_count="multiple").postprocess(file)] == ["Bob's report.csv"]


def test_bytes_are_shown_as_a_file() -> None:
    shown = File().postprocess(bytearray(b"abc"))
    assert (shown.name, shown.read()) == ("file.bin", b"abc")


def test_a_file_that_is_one_already_stays_one() -> None:
    media = sent(b"abc")
    assert File().postprocess(media) is media


@pytest.mark.parametrize("value", [5, {"a": 1}, [None], [["a.txt"]], object()])
def test_what_is_no_file_cannot_be_shown(value: Any) -> None:
    with pytest.raises(OutputError, match=r"(?s)^Table shows a path, bytes, or a list of these, but got \w+ .*\.$"):
        File(label="Table").postprocess(value)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.com/a.csv", "s3+x://a/b"])
def test_a_url_of_another_scheme_is_not_fetched(url: str) -> None:
    with pytest.raises(OutputError) as caught:
        File(label="Table").postprocess(url)
    assert str(caught.value) == f"Table shows files, but got {url!r}. Download it first."


def test_no_files_are_told_from_none() -> None:
    files = File(file_count="multiple")
    assert files.preprocess([]) == files.postprocess([]) == files.read_from_flag("[]") == []
    assert files.preprocess(None) is files.postprocess(None) is files.read_from_flag("") is None


# Names that mean harm.


def same(files: Any) -> Any:
    return files


def visitor(**options: Any) -> Visitor:
    return Visitor(Interface(same, File(file_count="multiple", **options), "files"))


def test_hostile_names_are_only_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    someone = visitor()
    names = [name for name in NAMES if len(name) <= LONGEST and name.isprintable() and name.isascii()]
    others = [name for name in NAMES if len(name) <= LONGEST and not name.isascii() and encodable(name)]
    sent_names = [*names, *others, "a\r\nX-Bad: 1.txt", "a\nb.txt", "a\0.png", "\x1b[31m.txt"]
    files = [someone.upload(str(i).encode(), name).json() for i, name in enumerate(sent_names)]
    assert {path.parent.parent.parent for path in tmp_path.rglob("*/*/*/*") if path.is_file()} == {tmp_path / "tmp"}
    [shown] = someone.result(files)
    assert [someone.download(file).content for file in shown] == [str(i).encode() for i in range(len(files))]
    assert [file["orig_name"] for file in shown] == [file["orig_name"] for file in files]
    for file in shown:
        assert not set(file["orig_name"]) & set("/\\\0\r\n\x1b\u202e\u2028")
        assert not set(file["path"].partition("/")[2]) & set("/\\\0\r\n\"'<>|:*?;`$&#%\u202e\u200b")
        assert file["orig_name"].strip() == file["orig_name"] not in ("", ".", "..")
        assert len(file["orig_name"].encode()) <= 255


def encodable(name: str) -> bool:
    return name.encode("utf-8", "replace") == name.encode("utf-8", "ignore")


@pytest.mark.parametrize("name", [name for name in NAMES if len(name) > LONGEST])
def test_an_endless_name_is_refused(name: str) -> None:
    response = visitor().http.post("/upload", params={"name": name[:60_000]}, content=b"x")
    assert response.status_code == 422


@pytest.mark.parametrize("name", NAMES)
def test_a_name_from_elsewhere_leads_nowhere(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    media = Media.of_bytes(b"x", name)
    path = Path(File().preprocess(media))
    assert path.parents[3] == tmp_path
    assert path.resolve() == path
    assert path.read_bytes() == b"x"


def test_a_flag_keeps_files_under_numbers_and_their_names_in_its_record() -> None:
    someone = visitor()
    files = [someone.upload(data, "../../same.csv", "text/csv").json() for data in (b"1", b"", b"3")]
    someone.flag(someone.predict(files).json()["run"])
    assert Path("flagged/logs.csv").read_text() == (
        'files,Output\n"[""files/0/0.csv"", ""files/0/1.csv"", ""files/0/2.csv""]",'
        '"[""Output/0/0.csv"", ""Output/0/1.csv"", ""Output/0/2.csv""]"\n'
    )
    [record] = FlagStore("flagged").records()
    for value in (*record.inputs, *record.outputs):
        assert [(file.name, file.read()) for file in value] == [
            ("same.csv", b"1"),
            ("same.csv", b""),
            ("same.csv", b"3"),
        ]


def test_one_file_in_a_flag_is_one_path() -> None:
    Path("out.tar.gz").write_bytes(b"z")
    someone = Visitor(Interface(lambda file: "out.tar.gz", "file", "file"))
    someone.flag(someone.predict(someone.upload(b"x", "cat.PNG").json()).json()["run"])
    assert Path("flagged/logs.csv").read_text() == "file,Output\nfile/0.png,Output/0.gz\n"
    [record] = FlagStore("flagged").records()
    assert (record.inputs[0].name, record.outputs[0].name) == ("cat.PNG", "out.tar.gz")


@pytest.mark.parametrize("type", ["filepath", "binary"])
@pytest.mark.parametrize("name", ["日本 (1).txt", "ü.bin", "plain.txt"])
def test_a_returned_file_is_downloaded_under_its_name(name: str, type: Any) -> None:
    someone = Visitor(Interface(same, File(type=type), "file"))
    [shown] = someone.result(someone.upload(b"x", name).json())
    answer = someone.download(shown)
    assert (answer.content, shown["orig_name"]) == (b"x", name)
    assert answer.headers["content-disposition"].startswith("attachment; filename")


def test_a_file_whose_name_is_no_text_can_be_returned() -> None:
    Path("\udcff.txt").write_bytes(b"x")
    someone = Visitor(Interface(lambda text: "\udcff.txt", "text", "file"))
    [shown] = someone.result("x")
    answer = someone.http.get(f"/file/{quote(shown['path'])}")
    assert (answer.content, shown["orig_name"]) == (b"x", "?.txt")


def test_a_file_is_put_right_by_another() -> None:
    someone = Visitor(Interface(same, File(), File(file_types=[".txt"]), flagging_correction=True))
    run = someone.predict(someone.upload(b"wrong", "out.txt").json()).json()["run"]
    refused = someone.flag(run, expected=[someone.upload(b"a,b", "out.csv").json()])
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "Output")
    someone.flag(run, expected=[someone.upload(b"right", "out.txt").json()])
    [record] = FlagStore("flagged").records()
    assert record.expected is not None
    assert (record.outputs[0].read(), record.expected[0].read()) == (b"wrong", b"right")
