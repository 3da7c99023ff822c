"""DateTime: a date, with a time of day or without."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy
import pytest

from minidemo import ConfigurationError, DateTime, InputError, OutputError

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 1, 31, 12)


@pytest.fixture(params=["UTC", "Europe/Berlin", "America/New_York"])
def _server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the server stand in several places."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def _in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the server stand in Berlin."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_server")
def test_the_function_gets_a_timestamp_by_the_clock_of_the_server() -> None:
    seconds = DateTime().preprocess("2026-01-31 12:00:00")
    assert isinstance(seconds, float)
    assert datetime.fromtimestamp(seconds) == NOON
    assert DateTime().postprocess(seconds) == "2026-01-31 12:00:00"


def test_the_function_gets_a_timestamp_by_the_clock_of_a_time_zone() -> None:
    assert DateTime(timezone="UTC").preprocess("1970-01-02 00:00:00") == 86_400
    assert DateTime(timezone="Asia/Tokyo").preprocess("1970-01-02 00:00:00") == 86_400 - 9 * 3_600


def test_the_function_may_get_a_datetime() -> None:
    naive = DateTime(type="datetime").preprocess("2026-01-31 12:00:00")
    assert (naive, naive.tzinfo) == (NOON, None)
    aware = DateTime(type="datetime", timezone="Europe/Berlin").preprocess("2026-01-31 12:00:00")
    assert (aware, aware.tzinfo) == (NOON.replace(tzinfo=BERLIN), BERLIN)


def test_the_function_may_get_text() -> None:
    assert DateTime(type="string").preprocess("2026-01-31 12:00:00") == "2026-01-31 12:00:00"
    assert DateTime(type="string", include_time=False).preprocess("2026-01-31") == "2026-01-31"


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-31 12:00",
        "2026-01-31T12:00:00",
        "2026-01-31 12:00:00.75",
        "2026-01-31 11:00:00Z",
        "2026-01-31 06:00:00-05:00",
        "2026-01-31T13:00:00+02:00",
        " 2026-01-31 12:00:00\n",
    ],
)
def test_text_may_be_written_in_other_ways(written: str) -> None:
    zoned = DateTime(type="string", timezone="Europe/Berlin")
    assert zoned.preprocess(written) == "2026-01-31 12:00:00"
    assert zoned.postprocess(written) == "2026-01-31 12:00:00"


def test_a_date_alone_is_its_midnight() -> None:
    assert DateTime(type="string").preprocess("2026-01-31") == "2026-01-31 00:00:00"
    assert DateTime(type="datetime", include_time=False).preprocess("2026-01-31") == datetime(2026, 1, 31)
    assert DateTime(include_time=False, timezone="UTC").preprocess("1970-01-02") == 86_400


def test_without_a_date_the_function_gets_none() -> None:
    for blank in (None, "", "   ", "\t\n"):
        assert DateTime().preprocess(blank) is None
        assert DateTime().postprocess(blank) is None


@pytest.mark.parametrize("type", ["timestamp", "datetime", "string"])
@pytest.mark.parametrize(
    ("written", "ago"),
    [
        ("now", 0),
        (" now ", 0),
        ("now - 5m", 300),
        ("now-90s", 90),
        ("now - 2 h", 7_200),
        ("now - 1d", 86_400),
        ("now+1h", -3_600),
    ],
)
def test_now_is_reckoned_by_the_clock_of_the_server(type: Any, written: str, ago: int) -> None:
    before = int(time.time()) - ago
    got = DateTime(type=type, timezone="Asia/Tokyo").preprocess(written)
    seconds = DateTime(timezone="Asia/Tokyo").preprocess(got) if type == "string" else got
    seconds = seconds.timestamp() if type == "datetime" else seconds
    assert before <= seconds <= time.time() - ago


def test_today_has_no_time_of_day() -> None:
    today = DateTime(type="string", timezone="UTC", include_time=False)
    assert today.preprocess("now") in {str(datetime.now(UTC).date() - timedelta(days=days)) for days in (0, 1)}
    moment = DateTime(type="datetime", timezone="UTC", include_time=False).preprocess("now - 1d")
    assert (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)


def test_now_is_shown_as_it_is_written() -> None:
    assert DateTime("now").initial() == "now"
    assert DateTime(" now  -  5m").initial() == "now - 5m"


@pytest.mark.parametrize(
    "returned", [datetime(2026, 1, 31, 12), datetime(2026, 1, 31, 12, 0, 0, 999_999), "2026-01-31 12:00"]
)
@pytest.mark.parametrize("options", [{}, {"type": "datetime"}, {"timezone": "Europe/Berlin"}, {"type": "string"}])
def test_the_function_may_return_a_naive_datetime_or_text(returned: Any, options: dict[str, Any]) -> None:
    assert DateTime(**options).postprocess(returned) == "2026-01-31 12:00:00"


@pytest.mark.parametrize(
    "returned",
    [
        datetime(2026, 1, 31, 11, tzinfo=UTC),
        datetime(2026, 1, 31, 12, tzinfo=BERLIN),
        1769857200,
        1769857200.9,
        numpy.float64(1769857200),
        numpy.int64(1769857200),
    ],
)
def test_the_function_may_return_a_moment_of_any_place(returned: Any) -> None:
    assert DateTime(timezone="Europe/Berlin").postprocess(returned) == "2026-01-31 12:00:00"
    assert DateTime(timezone="Europe/Berlin", include_time=False).postprocess(returned) == "2026-01-31"


@pytest.mark.parametrize("unit", ["D", "s", "ms", "us", "ns"])
def test_the_function_may_return_a_datetime_of_numpy(unit: str) -> None:
    moment = numpy.datetime64("2026-01-31T12:00:00").astype(f"datetime64[{unit}]")
    assert DateTime().postprocess(moment) == ("2026-01-31 00:00:00" if unit == "D" else "2026-01-31 12:00:00")


def test_the_function_may_return_a_date() -> None:
    assert DateTime().postprocess(date(2026, 1, 31)) == "2026-01-31 00:00:00"
    assert DateTime(include_time=False).postprocess(date(2026, 1, 31)) == "2026-01-31"


@pytest.mark.parametrize("nothing", [None, numpy.datetime64("NaT"), float("nan")])
def test_what_is_no_time_is_no_value(nothing: Any) -> None:
    assert DateTime().postprocess(nothing) is None


@pytest.mark.parametrize(
    "returned", ["soon", "2026-02-30", 1e20, float("inf"), -1e18, True, [2026, 1, 31], numpy.zeros(2)]
)
def test_what_is_no_date_cannot_be_shown(returned: Any) -> None:
    with pytest.raises(OutputError) as caught:
        DateTime(label="Day").postprocess(returned)
    assert str(caught.value) == (
        f"Day shows a datetime, a timestamp or text such as '2026-01-31 12:00:00', got {returned!r:.60}."
    )


@pytest.mark.parametrize(
    "sent", ["soon", "2026-02-29 00:00:00", "2026-01-01 25:00:00", "now - 5y", "now - 999999999999d", 5]
)
def test_what_is_no_date_is_refused(sent: Any) -> None:
    with pytest.raises(InputError, match=r"^Day must be a date and time such as 2026-01-31 12:00:00, or now - 5m\.$"):
        DateTime(label="Day").preprocess(sent)
    with pytest.raises(InputError, match=r"^Day must be a date such as 2026-01-31, or now - 5m\.$"):
        DateTime(label="Day", include_time=False).preprocess(sent)


@pytest.mark.usefixtures("_in_berlin")
@pytest.mark.parametrize(
    "options", [{}, {"timezone": "Europe/Berlin"}, {"timezone": "Europe/Berlin", "type": "string"}]
)
def test_a_time_that_clocks_skip_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        DateTime(label="Day", **options).preprocess("2026-03-29 02:30:00")
    assert (
        str(caught.value) == "Day must be a time that clocks show; they skip 2026-03-29 02:30:00 when they go forward."
    )


@pytest.mark.usefixtures("_in_berlin")
def test_where_no_time_zone_is_meant_no_clock_is_put_forward() -> None:
    assert DateTime(type="string").preprocess("2026-03-29 02:30:00") == "2026-03-29 02:30:00"
    skipped = datetime(2026, 3, 29, 2, 30)
    assert DateTime(type="datetime").preprocess("2026-03-29 02:30:00") == skipped
    assert DateTime(type="datetime").postprocess(skipped) == "2026-03-29 02:30:00"


@pytest.mark.usefixtures("_in_berlin")
@pytest.mark.parametrize("options", [{}, {"timezone": "Europe/Berlin"}])
def test_a_time_that_clocks_skip_is_shown_as_they_show_it(options: dict[str, Any]) -> None:
    assert DateTime(**options).postprocess(datetime(2026, 3, 29, 2, 30)) == "2026-03-29 03:30:00"


@pytest.mark.usefixtures("_in_berlin")
@pytest.mark.parametrize("options", [{}, {"timezone": "Europe/Berlin"}])
def test_the_hour_that_comes_twice_is_told_apart(options: dict[str, Any]) -> None:
    day = DateTime(**options)
    first, second = "2026-10-25 02:30:00", "2026-10-25 02:30:00+01:00"
    assert day.preprocess(second) - day.preprocess(first) == 3_600
    assert [day.postprocess(day.preprocess(text)) for text in (first, second)] == [first, second]
    assert day.postprocess("2026-10-25 02:30:00+02:00") == first
    assert day.postprocess(datetime(2026, 10, 25, 2, 30, fold=1)) == second


@pytest.mark.usefixtures("_in_berlin")
def test_a_naive_datetime_knows_whether_it_comes_for_the_second_time() -> None:
    moment = DateTime(type="datetime").preprocess("2026-10-25 02:30:00+01:00")
    assert (moment.tzinfo, moment.fold) == (None, 1)
    assert DateTime(type="datetime").postprocess(moment) == "2026-10-25 02:30:00+01:00"


def test_a_day_may_begin_at_one_in_the_morning() -> None:
    midnight = DateTime(type="datetime", include_time=False, timezone="America/Sao_Paulo").preprocess("2018-11-04")
    assert midnight.replace(tzinfo=None) == datetime(2018, 11, 4, 1)


@pytest.mark.usefixtures("_server")
@pytest.mark.parametrize(
    "text", ["0001-01-01 00:00:00", "1899-12-31 12:00:00", "2400-02-29 01:02:03", "9999-12-31 23:59:59"]
)
def test_no_year_is_too_early_or_too_late(text: str) -> None:
    for options in ({}, {"timezone": "Europe/Berlin"}, {"timezone": "America/New_York"}, {"timezone": "UTC"}):
        day = DateTime(**options)  # type: ignore[arg-type]  # mypy takes the dictionaries for those of others
        assert day.postprocess(day.preprocess(text)) == text


@pytest.mark.parametrize(
    ("timezone", "hint"),
    [
        ("Europe/Berln", "Did you mean 'Europe/Berlin'"),
        ("berlin", "Did you mean 'Europe/Berlin'"),
        ("new york", "Did you mean 'America/New_York'"),
        ("Mars/One", "It is a name such as 'Europe/Berlin' or 'UTC'"),
        ("../etc/passwd", "It is a name such as 'Europe/Berlin' or 'UTC'"),
        (5, "It is a name such as 'Europe/Berlin' or 'UTC'"),
    ],
)
def test_an_unknown_time_zone_is_a_mistake_of_the_author(timezone: Any, hint: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        DateTime(timezone=timezone)
    assert str(caught.value).startswith(f"DateTime got timezone={timezone!r}. {hint}")


def test_an_unknown_type_is_a_mistake_of_the_author() -> None:
    with pytest.raises(ConfigurationError) as caught:
        DateTime(type="date")  # type: ignore[arg-type]  # that is the mistake
    assert str(caught.value) == "DateTime got type='date'; expected one of 'timestamp', 'datetime', 'string'."


def test_visitors_write_no_text_of_their_own() -> None:
    assert not DateTime().visitor_writes


def test_the_api_tells_how_a_date_is_written() -> None:
    assert DateTime().schema()["description"] == "YYYY-MM-DD HH:MM:SS, or 'now - 5m' and the like"
    assert DateTime(include_time=False).schema()["description"] == "YYYY-MM-DD, or 'now - 5m' and the like"
    assert DateTime(include_time=False).example() == "2026-01-31"
