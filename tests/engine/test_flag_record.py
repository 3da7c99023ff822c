"""What a record says beyond the values: who flagged, which version, nothing that nobody should store; full disks."""

import errno
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from minidemo.engine.code_version import revision
from tests.flagging.backend import Archive, Backend
from tests.visitor import Visitor


def upper(text: str) -> str:
    return text.upper()


def archive(**options: Any) -> tuple[Visitor, list[gr.FlagRecord]]:
    backend = Archive()
    return Visitor(gr.Interface(upper, "text", "text", flagging_callback=backend, **options)), backend.kept


def flag(visitor: Visitor, **headers: str) -> None:
    run = visitor.predict("a").json()["run"]
    assert visitor.http.post("/flag", json={"run": run}, headers=headers).status_code == 201


def test_a_browser_says_from_which_page_it_flags_and_a_program_does_not() -> None:
    visitor, kept = archive()
    flag(visitor, Origin="http://testserver")
    flag(visitor)
    assert [record.source for record in kept] == ["user", "api"]


def test_what_is_stored_by_itself_says_so() -> None:
    visitor, kept = archive(flagging_mode="auto")
    visitor.predict("a")
    assert [record.source for record in kept] == ["auto"]


def test_the_authors_version_is_kept_with_a_hash_of_the_function() -> None:
    visitor, kept = archive(version=" 2.1 ")
    flag(visitor)
    flag(visitor)
    assert [record.version for record in kept] == [revision(upper, "2.1")] * 2
    assert str(kept[0].version).startswith("2.1+fn.")


def test_the_author_may_leave_the_version_to_git() -> None:
    visitor, kept = archive(version="")
    flag(visitor)
    assert kept[0].version == revision(upper)


@pytest.mark.parametrize("version", [2.1, 5, True, b"2"])
def test_a_version_is_text(version: Any) -> None:
    with pytest.raises(gr.ConfigurationError, match=f"^version is {version!r}; expected text"):
        archive(version=version)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_told_as_such(number: int, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> int:
        raise OSError(number, "/secret")

    visitor = Visitor(gr.Interface(upper, "text", "text", flagging_callback=Backend(fail)))
    run = visitor.predict("a").json()["run"]
    response = visitor.flag(run)
    assert response.status_code == 507
    message = "The server's disk is full. The flag could not be saved: please try again later."
    assert response.json()["error"] == {"message": message, "field": None}
    assert "/secret" in caplog.text


def secret(text: str) -> str:
    return text.replace("Ada", "A.")


def test_nothing_reaches_a_backend_before_it_is_redacted() -> None:
    def answer(data: Any) -> Any:
        raise gr.Error("Ada is unknown.")

    backend = Archive()
    demo = gr.Interface(
        answer,
        "json",
        "json",
        flagging_redact=secret,
        flagging_comment=True,
        flagging_correction=True,
        flagging_callback=backend,
    )
    visitor = Visitor(demo)
    run = visitor.predict({"Ada": ["Ada", {"is": "Ada, 36"}], "n": 5}).json()["run"]
    visitor.flag(run, comment="Ada said so.", expected=[{"name": "Ada"}])
    [record] = backend.kept
    assert record.inputs == ({"A.": ["A.", {"is": "A., 36"}], "n": 5},)
    assert (record.comment, record.expected) == ("A. said so.", ({"name": "A."},))
    assert record.error == "Error: A. is unknown."


def test_what_is_stored_by_itself_is_redacted_too() -> None:
    visitor, kept = archive(flagging_mode="auto", flagging_redact="b+")
    visitor.predict("abba")
    assert kept[0].data == ("a[redacted]a", "ABBA")


def broken(text: str) -> str:
    raise LookupError("The list of names is away.")


@pytest.mark.parametrize(
    ("redact", "said"),
    [(broken, "The list of names is away."), (len, "flagging_redact returned int; expected a str.")],
)
def test_what_cannot_be_redacted_is_not_saved(redact: Any, said: str, caplog: pytest.LogCaptureFixture) -> None:
    visitor = Visitor(gr.Interface(upper, "text", "text", flagging_redact=redact))
    response = visitor.flag(visitor.predict("a").json()["run"])
    assert response.status_code == 503
    assert response.json()["error"]["message"].startswith("The flag could not be saved on the server.")
    assert said in caplog.text
    assert not Path("flagged/logs.csv").exists()
