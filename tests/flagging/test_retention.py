"""Flags that were made by themselves make room: the oldest first, and never those of visitors."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from minidemo import ConfigurationError, CSVLogger, FlagRecord, Textbox
from minidemo.content.media import Media
from tests.flagging.folder import FOLDER, Pile, rows, tree


def keeping(**options: Any) -> CSVLogger:
    backend = CSVLogger(**options)
    backend.setup([Textbox(label="t"), Pile(label="f")], FOLDER)
    return backend


def flag(backend: CSVLogger, text: str, *, source: str = "auto", days: float = 0, size: int = 0) -> None:
    created = datetime.now(UTC) - timedelta(days=days)
    files = [Media.of_bytes(b"x" * size, "x.bin")] if size else None
    backend.flag_record(FlagRecord(inputs=(text, files), source=source, created=created))  # type: ignore[arg-type]


def texts() -> list[str]:
    return [row[0] for row in rows()]


@pytest.mark.parametrize("retention", [2, timedelta(days=2)])
def test_what_is_too_old_goes_if_it_was_made_by_itself(retention: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = keeping(retention=retention)
    clock = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: clock)
    for text, source, days in (("old", "auto", 3), ("old too", "user", 3), ("new", "auto", 1)):
        flag(backend, text, source=source, days=days)
    assert texts() == ["old", "old too", "new"], "it is not looked for at each flag"
    clock += 61
    flag(backend, "newer")
    assert texts() == ["old too", "new", "newer"]


def test_the_oldest_go_when_there_is_no_room() -> None:
    backend = keeping(max_mb=0.1)
    for i in range(5):
        flag(backend, f"auto {i}", size=20_000)
        flag(backend, f"user {i}", source="user", size=5_000)
    assert texts() == ["user 0", "user 1", "auto 2", "user 2", "auto 3", "user 3", "auto 4", "user 4"]
    assert len(tree()) == 9
    assert backend.store.nbytes() <= 0.1 * 2**20 + 5_100


def test_flags_of_visitors_are_never_removed() -> None:
    backend = keeping(max_mb=0.1)
    for i in range(6):
        flag(backend, f"user {i}", source="user", size=20_000)
    for source in ("user", "auto"):
        with pytest.raises(OSError, match="which is all it may") as error:
            flag(backend, "one too many", source=source)
        assert error.value.errno == 28
    assert texts() == [f"user {i}" for i in range(6)]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"retention": 0}, "retention is 0; expected a number of days above 0, or a timedelta."),
        ({"retention": timedelta()}, "retention is datetime.timedelta"),
        ({"retention": "2"}, "retention is '2'"),
        ({"retention": True}, "retention is True"),
        ({"max_mb": 0}, "max_mb is 0; expected a number of megabytes above 0."),
        ({"max_mb": "5"}, "max_mb is '5'"),
        ({"max_mb": True}, "max_mb is True"),
    ],
)
def test_what_does_not_fit_is_refused(options: Any, message: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        keeping(**options)
    assert message in str(error.value)


def test_the_first_flag_of_a_demo_warns_of_nothing(caplog: pytest.LogCaptureFixture) -> None:
    backend = CSVLogger(retention=1)
    backend.setup([Textbox(label="t")], FOLDER)
    assert backend.flag(["a"]) == 0
    assert caplog.text == ""
