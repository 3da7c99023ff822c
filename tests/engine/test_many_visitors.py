"""Many visitors at once: all together where that is allowed, else one after the other, and nobody is forgotten."""

import gc
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import minidemo as gr
from tests.engine.test_streaming import Tap, partial
from tests.following import Stream, following

VISITORS = 40


def test_without_a_limit_all_are_served_at_once() -> None:
    together = threading.Barrier(VISITORS)

    def meet(number: float) -> float:
        together.wait(30)
        return number

    demo = gr.Interface(meet, "number", "number", concurrency_limit=None)
    with following(demo) as follower, ThreadPoolExecutor(VISITORS) as visitors:
        streams = list(visitors.map(follower.call, range(VISITORS)))
        assert [stream.until("result")["data"] for stream in streams] == [[i] for i in range(VISITORS)]


def test_with_one_at_a_time_they_are_served_in_order_and_see_their_positions_fall() -> None:
    served: list[float] = []
    gate = threading.Event()

    def serve(number: float) -> float:
        gate.wait(30)
        served.append(number)
        time.sleep(0.02)  # long enough for positions to be told
        return number

    def read(stream: Stream) -> list[int]:
        places = []
        while (event := stream.next())[0] != "result":
            assert event[0] == "queued"
            places.append(event[1]["position"])
        return places

    with following(gr.Interface(serve, "number", "number")) as follower, ThreadPoolExecutor(VISITORS) as visitors:
        streams = [follower.call(i) for i in range(VISITORS)]
        told = [visitors.submit(read, stream) for stream in streams]
        gate.set()
        positions = [each.result(60) for each in told]
    assert served == sorted(served)
    assert all(places == sorted(places, reverse=True) for places in positions)
    assert len(set(positions[-1])) > 2


def test_a_full_queue_is_told_and_takes_calls_again_later() -> None:
    tap = Tap()
    demo = gr.Interface(tap, "text", "text").queue(max_size=1)
    with following(demo) as follower:
        first = follower.call("a")
        tap.drops.release()
        assert partial(first) == "a"
        second = follower.call("b")
        assert second.until("queued")["position"] == 0
        assert follower.call("c").until("error")["message"].startswith("Too many people are waiting")
        response = follower.http.post("/predict", json={"data": ["d"]})
        assert (response.status_code, response.headers["retry-after"]) == (503, "2")
        follower.stop(first.run)
        tap.drops.release()
        assert first.until("error")["message"] == "Stopped."
        third = follower.call("e")
        follower.stop(second.run)
        tap.drops.release(2)
        assert partial(third) == "e"
        follower.stop(third.run)
        tap.drops.release()


def test_who_comes_back_again_and_again_leaves_nothing_behind() -> None:
    tap = Tap()
    with following(gr.Interface(tap, "text", "text")) as follower:
        stream = follower.call("a")
        tap.drops.release()
        assert partial(stream) == "a"

        for _ in range(50):
            again = follower.come_back(stream.run)
            assert partial(again) == "a"
            again.leave()
        deadline = time.monotonic() + 30
        left = next(filter(lambda left: left <= 1 or time.monotonic() > deadline, iter(followers, None)))
        assert left <= 1, "the first, who still follows"
        follower.stop(stream.run)
        tap.drops.release()


def followers() -> int:
    """Return how many follow a call in this process."""
    time.sleep(0.02)  # the processor is for the server
    gc.collect()
    return sum(type(each).__name__ == "_EventWriter" for each in gc.get_objects())
