"""Drives a demo by the client for Python, in an environment of its own: prints as JSON what came of each scenario."""

import base64
import concurrent.futures
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gradio_client import Client, handle_file  # type: ignore[import-not-found]  # lives in another environment

URL, FOLDER = sys.argv[1], Path(sys.argv[2])


def connect(**options: Any) -> Any:
    return Client(URL, verbose=False, download_files=str(FOLDER / "downloads"), **options)


def clients_for(client: Any, calls: int) -> list[Any]:
    """Return a client for each of several calls at once.

    The older client loses answers where several threads share it: the thread that calls adds its call to
    `pending_event_ids` after the server has answered, and the thread that reads the stream may have removed it before.
    That raises KeyError in the reader, which ends the stream of all calls. The client of today has a lock.
    """
    return [client if hasattr(client, "pending_lock") else connect() for _ in range(calls)]


def failure(call: Callable[[], Any]) -> str:
    """Return the message of what a call raises."""
    try:
        return f"no failure: {call()!r}"
    except concurrent.futures.CancelledError:
        return "cancelled"
    except Exception as error:
        return str(error)


def content(path: str) -> str:
    return base64.b64encode(Path(path).read_bytes()).decode()


def calculator(client: Any) -> list[Any]:
    return [
        client.predict(5, "add", 7, api_name="/calculator"),
        client.predict(5, "add", api_name="/calculator"),
        client.predict(num1=6, operation="multiply", num2=1.5, api_name="/calculator"),
        client.predict(1, "add", 1, api_name="/predict"),
        client.predict(2, "add", 2, fn_index=0),
    ]


def picture(client: Any) -> list[Any]:
    return [content(client.predict(handle_file(str(FOLDER / "in put.png")), api_name="/flip"))]


def several_files(client: Any) -> list[Any]:
    files = [handle_file(str(FOLDER / name)) for name in ("a.txt", "b é.txt")]
    return [client.predict(files, api_name="/sizes")]


def streaming(client: Any) -> list[Any]:
    job = client.submit(4, api_name="/story")
    job.result()
    return list(job.outputs())


def progress(client: Any) -> list[Any]:
    job = client.submit(5, api_name="/steps")
    seen = []
    while not job.done():
        status = job.status()
        if status.progress_data:
            seen.append([status.progress_data[0].length, status.progress_data[0].desc])
        time.sleep(0.005)
    return [job.result(), bool(seen) and seen[-1]]


def state(client: Any) -> list[Any]:
    results = [client.predict(number, api_name="/tally") for number in (1, 2, 3)]
    client.reset_session()
    return [*results, client.predict(10, api_name="/tally")]


def raised(client: Any) -> list[Any]:
    return [failure(lambda: client.predict("no good", api_name="/complain"))]


def crashed(client: Any) -> list[Any]:
    return [failure(lambda: client.predict("x", api_name="/crash"))]


def stumbled(client: Any) -> list[Any]:
    job = client.submit("x", api_name="/stumble")
    return [failure(job.result), job.outputs()]


def batch(client: Any) -> list[Any]:
    jobs = [each.submit(word, api_name="/shout") for each, word in zip(clients_for(client, 5), "abcde", strict=True)]
    return [job.result() for job in jobs]


def cancel_generator(client: Any) -> list[Any]:
    job = client.submit("x", api_name="/forever")
    while not job.outputs():
        time.sleep(0.01)
    job.cancel()
    return [failure(lambda: job.result(timeout=60))]


def cancel_plain(client: Any) -> list[Any]:
    job = client.submit("x", api_name="/doze")
    while job.status().code.name != "PROCESSING":
        time.sleep(0.01)
    job.cancel()
    return [failure(lambda: job.result(timeout=60)), client.predict("x", api_name="/ring")]


def after_cancel(client: Any) -> list[Any]:
    return [client.predict(5, "add", 7, api_name="/calculator")]


def logs(client: Any) -> list[Any]:
    return [client.predict("hello", api_name="/chat")]


def validator(client: Any) -> list[Any]:
    return [
        failure(lambda: client.predict("ab", api_name="/long_enough")),
        client.predict("abcd", api_name="/long_enough"),
    ]


def undocumented(client: Any) -> list[Any]:
    return [client.predict("abc", api_name="/hidden")]


def private(client: Any) -> list[Any]:
    return [failure(lambda: client.predict("abc", api_name="/secret"))]


def unfit(client: Any) -> list[Any]:
    return [
        failure(lambda: client.predict("five", "add", 7, api_name="/calculator")),
        failure(lambda: client.predict(5, "divide", 7, api_name="/calculator")),
    ]


def address(client: Any) -> list[Any]:
    return [failure(lambda: client.predict(handle_file("http://127.0.0.1:9/a.png"), api_name="/flip"))]


def view_api(client: Any) -> list[Any]:
    printed = client.view_api(return_format="str")
    return [
        client.view_api(return_format="dict"),
        printed if printed is None else "/calculator" in printed,
        str(client),
    ]


def hammer(client: Any, threads: int = 3) -> list[Any]:
    calls = int(os.environ["CALLS"])

    def work(client: Any, number: int) -> list[Any]:
        return [client.predict(number, "add", i, api_name="/calculator") for i in range(calls)]

    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        results = list(pool.map(work, clients_for(client, threads), range(threads)))
    return [results == [[number + i for i in range(calls)] for number in range(threads)]]


def nested(client: Any) -> list[Any]:
    job = client.submit(3, api_name="/nested")
    return [job.result(), job.outputs()]


def login(_: Any) -> list[Any]:
    return [
        failure(connect),
        failure(lambda: connect(auth=("ann", "wrong"))),
        connect(auth=("ann", "pass")).predict(5, "add", 7, api_name="/calculator"),
    ]


def full(client: Any) -> list[Any]:
    jobs = [each.submit("x", api_name="/doze") for each in clients_for(client, 6)]
    done = concurrent.futures.as_completed([job.future for job in jobs])
    for _ in range(4):  # as many are refused, before anything else ends
        next(done)
    for _ in range(2):
        client.predict("x", api_name="/ring")
    return sorted({failure(job.result) for job in jobs} - {"no failure: 'awake'"})


if __name__ == "__main__":
    connected = None if sys.argv[3] == "login" else connect()
    print(json.dumps({name: globals()[name](connected) for name in sys.argv[3:]}))
