"""queue/join and queue/data: the stream in which a client is told of all its calls."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from threading import Event
from typing import Any

import pytest

import minidemo as gr
from minidemo.engine.backlog import Backlog
from minidemo.engine.job import CallContext, Job
from minidemo.server.gradio_api import channels
from minidemo.server.gradio_api.channels import Channel, Channels
from minidemo.server.gradio_api.client_profile import ClientProfile
from minidemo.server.gradio_api.queueing import OLDER_PYTHON_PROFILE
from minidemo.stores.owner import Owner
from minidemo.stores.runs import Run
from tests.server.gradio_api.caller import PREFIX, SESSION, Caller, calling

PYTHON = {"User-Agent": "gradio_client/2.7.2; hf_hub/2.4.0"}
OLDER_PYTHON = {"User-Agent": "gradio_client/2.6.0; hf_hub/2.4.0"}
AT_ONCE = ClientProfile(delay=0.0, burst_delay=0.0, idle_timeout=0.0)


def upper(text: str) -> str:
    """Say it loud."""
    return text.upper()


def of_upper(**options: Any) -> gr.Interface:
    return gr.Interface(upper, "text", "text", **options)


def grow(count: float) -> Iterator[Any]:
    """Grow."""
    for i in range(1, int(count) + 1):
        yield "ab" * i, {"list": [*range(i)], "path": "/etc/hosts", f"key{i}": i}


def test_a_call_is_told_from_beginning_to_end() -> None:
    with calling(of_upper()) as caller:
        messages = caller.messages(event := caller.event("a"))
    assert [message["msg"] for message in messages] == ["process_starts", "process_completed"]
    assert {message["event_id"] for message in messages} == {event}
    end = messages[-1]
    assert end["success"] is True
    assert end["output"]["data"] == ["A"]
    assert end["output"]["is_generating"] is False


def test_the_stream_is_framed_as_the_client_for_python_reads_it() -> None:
    with calling(of_upper()) as caller:
        caller.event("a\u2028\x85\n")
        content = caller.http.get(f"{PREFIX}/queue/data", params={"session_hash": SESSION}).content
    assert content.endswith(b'data: {"msg":"close_stream","event_id":null}\n\n')
    assert all(block.startswith(b"data: ") and b"\n" not in block for block in content.split(b"\n\n")[:-1])
    assert b"\r" not in content


def test_it_is_called_by_other_names_too() -> None:
    with calling(of_upper()) as caller:
        assert [caller.end_of("a", number=number)["output"]["data"] for number in (0, 1)] == [["A"], ["A"]]
        assert [caller.join("a", number=number).status_code for number in (2, -1)] == [404, 404]


def test_what_a_function_yields_is_told_by_what_has_changed() -> None:
    with calling(gr.Interface(grow, "number", ["text", "json"])) as caller:
        messages = caller.messages(caller.event(3))
    made = [message["output"]["data"] for message in messages if message["msg"] == "process_generating"]
    first = ["ab", {"list": [0], "path": "/etc/hosts", "key1": 1}]
    assert made[0] == first
    assert made[1] == [
        [["append", [], "ab"]],
        [["add", ["list", 1], 1], ["delete", ["key1"], None], ["add", ["key2"], 2]],
    ]
    assert len(made) == 3
    assert messages[-1]["output"]["data"] == ["ababab", {"list": [0, 1, 2], "path": "/etc/hosts", "key3": 3}]


def test_progress_and_messages_are_told() -> None:
    def work(text: str, progress: gr.Progress = gr.Progress()) -> str:  # noqa: B008 - as Gradio's guide has it
        progress((1, 4), desc="half")
        gr.Info("hello", duration=3, title="Note")
        return text

    with calling(gr.Interface(work, "text", "text")) as caller:
        messages = {message["msg"]: message for message in caller.messages(caller.event("a"))}
    assert messages["progress"]["progress_data"] == [
        {"index": 1, "length": 4, "unit": "steps", "progress": None, "desc": "half"}
    ]
    log = {"log": "hello", "level": "info", "duration": 3, "visible": True, "title": "Note"}
    assert log.items() <= messages["log"].items()


def test_errors_are_told_with_what_belongs_to_them() -> None:
    def fail(text: str) -> Iterator[str]:
        yield text
        raise gr.Error("boom", title="Oops", duration=3) if text == "told" else RuntimeError("secret")

    with calling(gr.Interface(fail, "text", "text")) as caller:
        told = caller.end_of("told")
        assert (told["msg"], told["success"], told["title"]) == ("process_completed", False, "Oops")
        assert told["output"] == {"error": "boom", "title": "Oops", "duration": 3, "visible": True}
        untold = caller.end_of("untold")
        assert untold["output"] == {"error": "Something went wrong while running this demo."}
        assert untold["title"] == "Error"


def test_what_does_not_fit_is_told_in_the_stream_for_clients_show_nothing_else() -> None:
    with calling(of_upper()) as caller:
        for data, said in ((({"a": 3},), "must be text"), ((), "must hold 1 values")):
            end = caller.end_of(*data)
            assert end["success"] is False
            assert said in end["output"]["error"]


@pytest.mark.parametrize("body", [{"session_hash": None}, {"session_hash": "../x"}, {"fn_index": None}, {"data": "x"}])
def test_a_request_that_no_client_makes_is_refused(body: dict[str, Any]) -> None:
    with calling(of_upper()) as caller:
        assert caller.join("a", **body).status_code == 422
        assert caller.http.get(f"{PREFIX}/queue/data").status_code == 422


def test_a_full_queue_and_the_authors_validator_refuse_at_once() -> None:
    go = Event()

    def check(text: str) -> Any:
        return gr.validate(text != "", "say something")

    demo = gr.Interface(lambda text: go.wait(60), "text", "text", validator=check).queue(max_size=1)
    with calling(demo) as caller:
        assert caller.join("").json()["detail"][0]["message"] == "say something"
        events = [caller.event("a"), caller.event("b")]
        assert caller.join("c").status_code == 503
        with caller.listening() as stream:
            waits = next(message for message in stream if message["msg"] == "estimation")
            assert (waits["rank"], waits["queue_size"], waits["event_id"]) == (0, 1, events[1])
            go.set()
            ends = [message["event_id"] for message in stream if message["msg"] == "process_completed"]
    assert ends == events


def test_a_validator_that_takes_long_is_not_waited_for() -> None:
    go = Event()

    def check(text: str) -> Any:
        go.wait(60)
        return gr.validate(False, "too short")

    with calling(of_upper(validator=check)) as caller:
        event = caller.event("a")
        go.set()
        assert caller.messages(event)[-1]["output"]["error"] == "too short"


def test_all_calls_of_a_session_are_told_in_one_stream_and_those_of_others_are_not() -> None:
    with calling(of_upper()) as caller:
        other = Caller(caller.http, "an0ther")
        events = {caller.event("a"), caller.event("b")}
        theirs = other.event("c")
        assert {message["event_id"] for message in caller.messages()} == {*events, None}
        assert {message["event_id"] for message in other.messages()} == {theirs, None}


def test_a_session_of_another_user_is_another_session() -> None:
    with calling(of_upper(), auth=[("ann", "pass"), ("bob", "word")]) as caller:
        caller.http.post("/login", data={"username": "ann", "password": "pass"})
        event = caller.event("a")
        caller.http.cookies.clear()
        caller.http.post("/login", data={"username": "bob", "password": "word"})
        assert [message["msg"] for message in caller.messages()] == ["close_stream"]
        caller.http.post(f"{PREFIX}/cancel", json={"event_id": event, "session_hash": SESSION})


def test_a_call_that_comes_while_the_stream_rests_is_told_in_it() -> None:
    with calling(of_upper()) as caller:
        first = caller.event("a")
        with caller.listening() as stream:
            assert next(m for m in stream if m["msg"] == "process_completed")["event_id"] == first
            second = caller.event("b")
            assert next(m for m in stream if m["msg"] == "process_completed")["event_id"] == second
            assert next(stream)["msg"] == "close_stream"


def ending(caller: Caller) -> str:
    """Return the part of the stream in which the end of a call is told."""
    with caller.http.stream("GET", f"{PREFIX}/queue/data", params={"session_hash": SESSION}) as response:
        return next(part for part in response.iter_text() if "process_completed" in part)


@pytest.mark.parametrize(("agent", "rests"), [(PYTHON, True), (OLDER_PYTHON, False)])
def test_for_the_client_of_python_it_rests_after_the_second_call_at_the_earliest(
    agent: dict[str, str], rests: bool
) -> None:
    with calling(of_upper()) as caller:
        caller.http.headers.update(agent)
        caller.event("a")
        assert "close_stream" in ending(caller)
        time.sleep(0.5)
        caller.event("b")
        assert ("close_stream" in ending(caller)) is not rests


def test_one_that_calls_again_and_again_finds_it_open() -> None:
    with calling(of_upper()) as caller:
        caller.http.headers.update(PYTHON)
        caller.end_of("a")
        time.sleep(0.5)
        second = caller.event("b")
        with caller.listening() as stream:
            assert next(m for m in stream if m["msg"] == "process_completed")["event_id"] == second
            third = caller.event("c")
            assert next(m for m in stream if m["msg"] == "process_completed")["event_id"] == third
            assert next(stream)["msg"] == "close_stream"


def test_a_client_that_comes_back_is_told_the_rest() -> None:
    go = Event()
    with calling(gr.Interface(lambda text: go.wait(60) and text, "text", "text")) as caller:
        event = caller.event("a")
        with caller.listening() as stream:
            assert next(stream)["msg"] == "process_starts"
        with caller.listening() as stream:
            go.set()
            assert next(stream)["event_id"] == event


def test_the_latest_stream_of_a_session_is_told_and_the_others_end_with_it() -> None:
    go = Event()
    with calling(gr.Interface(lambda text: go.wait(60) and text, "text", "text")) as caller:
        event = caller.event("a")
        with caller.listening() as older:
            assert next(older)["msg"] == "process_starts"
            with caller.listening() as newer:
                go.set()
                assert next(newer)["event_id"] == event
                assert next(newer)["msg"] == "close_stream"
                assert [message["msg"] for message in older] == ["close_stream"]


def job(text: str = "a") -> Job:
    return Job(of_upper().page.endpoint(None), (text,), CallContext())


def done(job: Job) -> Job:
    job.end(Run(endpoint=job.endpoint.name, inputs=job.inputs, outputs=("A",), duration=0.0, id=job.id))
    return job


def in_loop(test: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    """Let a test run in an event loop."""

    def run() -> None:
        asyncio.run(test())

    run.__name__ = test.__name__
    return run


def ids(told: list[bytes], *jobs: Job) -> list[int]:
    """Return the jobs whose end is told, in order, by their places."""
    ends = [line for part in told for line in part.split(b"\n\n") if b"process_completed" in line]
    return [next(i for i, job in enumerate(jobs) if job.id.encode() in line) for line in ends]


async def settled(future: asyncio.Future[Any]) -> bool:
    """Tell whether something is done as soon as the event loop comes round."""
    for _ in range(10):
        await asyncio.sleep(0)
    return future.done()


async def read(channel: Channel, manner: ClientProfile = AT_ONCE) -> list[bytes]:
    return [part async for part in channel.stream(lambda value, _: value, manner)]


@in_loop
async def test_a_function_that_is_faster_than_its_client_holds_up_nobody() -> None:
    channel, fast, given, told = Channel(client_closes=False), job(), list[Any](), list[bytes]()
    fast.backlog = backlog = Backlog()
    backlog.add(("a",))

    def publish(value: Any, _: Owner) -> Any:
        given.append(value)
        assert len(given) < 1_000
        backlog.add(("a",))
        return value

    async def follow() -> None:
        told.extend([part async for part in channel.stream(publish, AT_ONCE)])

    await channel.add(fast, AT_ONCE)
    following = asyncio.ensure_future(follow())
    assert not await settled(following)
    done(fast)
    await following
    assert [part.count(b"process_generating") for part in told] == [1] * len(told)
    assert len(told) <= 12
    assert ids(told, fast) == [0]


@in_loop
async def test_a_client_that_leaves_by_itself_knows_of_the_next_call_before_the_end_of_the_last() -> None:
    channel = Channel(client_closes=True)
    first, second = done(job()), job()
    await channel.add(first, AT_ONCE)
    await channel.add(second, ClientProfile(delay=0.5, burst_delay=0.5, idle_timeout=0.0))
    stream = channel.stream(lambda value, _: value, AT_ONCE)
    begun = asyncio.ensure_future(anext(stream))
    assert not await settled(begun), "before the client knows of the second call"
    told = [await begun]
    assert ids(told, first, second) == [0]
    done(second)
    told += [part async for part in stream]
    assert ids(told, first, second) == [0, 1]


@in_loop
async def test_a_call_that_comes_just_after_the_end_is_accepted_when_the_client_has_noticed() -> None:
    channel = Channel(client_closes=False, settle_delay=0.5)
    await channel.add(done(job()), AT_ONCE)
    assert (await read(channel))[-1].endswith(channels.CLOSE)
    accepted = asyncio.ensure_future(channel.add(done(job()), AT_ONCE))
    assert not await settled(accepted)
    await accepted


@in_loop
async def test_a_call_of_an_older_client_is_accepted_when_that_has_hung_up() -> None:
    channel = Channel(client_closes=False)
    await channel.add(done(job()), OLDER_PYTHON_PROFILE)
    stream = channel.stream(lambda value, _: value, OLDER_PYTHON_PROFILE)
    assert (await anext(stream)).endswith(channels.CLOSE)
    accepted = asyncio.ensure_future(channel.add(done(job()), OLDER_PYTHON_PROFILE))
    await asyncio.sleep(2 * channels.SETTLE_DELAY)
    assert not accepted.done(), "the end get the stream is not enough"
    await stream.aclose()  # type: ignore[attr-defined]  # an async generator has `aclose`
    await accepted


@in_loop
async def test_a_new_session_ends_the_streams_that_rest_at_its_host() -> None:
    kept, resting = Channels(), AT_ONCE._replace(idle_timeout=60.0)
    idle, busy = (kept.get(Owner(name), client_closes=False, host="here") for name in ("idle", "busy"))
    await idle.add(done(job()), resting)
    await busy.add(job(), resting)
    readers = [asyncio.create_task(read(channel, resting)) for channel in (idle, busy)]
    await asyncio.sleep(0)
    await kept.end_idle_streams(Owner("new"), "elsewhere")
    await kept.end_idle_streams(Owner("idle"), "here")
    assert not readers[0].done()
    await kept.end_idle_streams(Owner("new"), "here")
    assert [reader.done() for reader in readers] == [True, False]
    readers[1].cancel()


@in_loop
async def test_who_listens_hears_that_the_server_is_there() -> None:
    channel = Channel(client_closes=False, interval=0.001)
    await channel.add(job(), AT_ONCE)
    stream = channel.stream(lambda value, _: value, AT_ONCE)
    assert await anext(stream) == channels.HEARTBEAT
    await stream.aclose()  # type: ignore[attr-defined]  # an async generator has `aclose`


@in_loop
async def test_calls_that_nobody_asks_for_are_forgotten() -> None:
    channel = Channel(client_closes=False)
    first = done(job())
    await channel.add(first, AT_ONCE)
    jobs = [done(job()) for _ in range(channels.MAX_UNREAD)]
    for each in jobs:
        await channel.add(each, AT_ONCE)
    told = await read(channel)
    assert first.id.encode() not in b"".join(told)
    assert ids(told, *jobs) == [*range(channels.MAX_UNREAD)]


@in_loop
async def test_channels_that_are_not_in_use_make_room_for_others() -> None:
    kept = Channels(capacity=2)
    busy, idle = (kept.get(Owner(name), client_closes=False) for name in ("busy", "idle"))
    await busy.add(job(), AT_ONCE)
    kept.get(Owner("new"), client_closes=False)
    assert kept.get(Owner("busy"), client_closes=False) is busy
    assert kept.get(Owner("idle"), client_closes=False) is not idle


@in_loop
async def test_where_all_channels_are_in_use_there_is_room_all_the_same() -> None:
    kept = Channels(capacity=1)
    busy = kept.get(Owner("busy"), client_closes=False)
    await busy.add(job(), AT_ONCE)
    kept.get(Owner("other"), client_closes=False)
    assert kept.get(Owner("busy"), client_closes=False) is busy


@in_loop
async def test_of_calls_that_were_stopped_only_the_latest_are_remembered() -> None:
    kept, owner = Channels(), Owner("mine")
    stopped = job()
    await kept.get(owner, client_closes=False).add(stopped, AT_ONCE)
    for event in (stopped.id, *map(str, range(channels.MAX_CANCELLED))):
        kept.cancel(owner, event)
    kept.reset(stopped.id)
    kept.reset("0")
    told = asyncio.ensure_future(read(kept.get(owner, client_closes=False)))
    assert not await settled(told), "the client has not said that it has noticed"
    assert ids(await told, stopped) == [0]


@in_loop
async def test_finished_calls_that_nobody_asks_for_take_so_much_memory() -> None:
    kept = Channels(max_bytes=1_500)
    owners = [Owner(name, client=client) for name, client in (("a", "many"), ("b", "many"), ("c", "one"))]
    jobs = [done(job()) for _ in owners]
    for owner, each in zip(owners, jobs, strict=True):
        await kept.get(owner, client_closes=False).add(each, AT_ONCE)
        await kept.note(result(each, owner, "x" * 400))
    assert [each.id in kept.get(owner, client_closes=False) for owner, each in zip(owners, jobs, strict=True)] == [
        *(False, True, True)
    ]


@in_loop
async def test_a_call_that_goes_on_is_not_forgotten() -> None:
    kept = Channels(max_bytes=1)
    calls = {Owner("running"): job(), Owner("done"): done(job())}
    for owner, each in calls.items():
        await kept.get(owner, client_closes=False).add(each, AT_ONCE)
        await kept.note(result(each, owner))
        await kept.note(result(each, Owner("unknown")))
    assert all(each.id in kept.get(owner, client_closes=False) for owner, each in calls.items())


def result(of: Job, owner: Owner, text: str = "") -> Run:
    """Return the run of a call with one output."""
    return Run(
        id=of.id, endpoint="", inputs=(), outputs=(text,), duration=0.0, session=owner.session, client=owner.client
    )


def test_a_client_whose_version_has_thousands_of_digits_is_unknown() -> None:
    with calling(of_upper()) as caller:
        caller.http.headers.update({"User-Agent": f"gradio_client/{'9' * 5_000}.1"})
        assert caller.messages(caller.event("a"))[-1]["output"]["data"] == ["A"]
