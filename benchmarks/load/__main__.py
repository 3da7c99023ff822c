"""Reads a job as JSON from standard input, does it, and writes the outcome as JSON to standard output."""

import asyncio
import re
import sys
import time
from collections.abc import Iterator
from itertools import chain, islice, repeat

from benchmarks.load.connection import Connection
from benchmarks.load.job import JOB, OUTCOME, Job, Outcome, Request

EVENT_ID = re.compile(rb'"event_id": *"([^"]+)"')
MOST_FAILURES = 5

Prepared = tuple[Request, bytes]


def main() -> None:
    """Do the job."""
    job = JOB.validate_json(sys.stdin.read())
    sys.stdout.write(OUTCOME.dump_json(asyncio.run(do(job))).decode())


async def do(job: Job) -> Outcome:
    """Let all clients work and count what they got."""
    connections = [await connect(job.port) for _ in range(job.clients)]
    requests = prepared(job)
    failures: list[str] = []
    started, own = time.perf_counter(), time.process_time()
    deadline = started + job.seconds
    counts = await asyncio.gather(*(work(connection, requests, deadline, failures) for connection in connections))
    seconds, cpu = time.perf_counter() - started, time.process_time() - own
    for connection in connections:
        connection.close()
    return Outcome(done=sum(counts), seconds=seconds, own_cpu=cpu / seconds, failures=failures[:MOST_FAILURES])


async def connect(port: int) -> Connection:
    """Open one connection."""
    _, connection = await asyncio.get_running_loop().create_connection(Connection, "127.0.0.1", port)
    return connection


def prepared(job: Job) -> Iterator[Prepared]:
    """Give the requests of the job, as bytes made beforehand."""
    once = [(request, request.wire()) for request in job.requests]
    return islice(chain.from_iterable(repeat(once)) if job.repeat else iter(once), job.count)


async def work(connection: Connection, requests: Iterator[Prepared], deadline: float, failures: list[str]) -> int:
    """Send one request after the other until none is left or time is up; stop at the first failure."""
    done = 0
    while time.perf_counter() < deadline and (item := next(requests, None)):
        try:
            answer = await exchange(connection, *item)
        except OSError as error:
            failures.append(repr(error))
            return done
        if not is_right(answer, item[0]):
            failures.append(answer[:500].decode(errors="replace"))
            return done
        done += 1
    return done


async def exchange(connection: Connection, request: Request, wire: bytes) -> bytes:
    """Ask, and fetch the result if it lies elsewhere."""
    answer = await connection.ask(wire)
    if request.follow is None:
        return answer
    event = EVENT_ID.search(answer)
    if event is None:
        return answer
    path = request.follow + event[1].decode()
    return await connection.ask(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n".encode())


def is_right(answer: bytes, request: Request) -> bool:
    """Tell whether the answer is a success and holds what is expected."""
    return answer[9:10] == b"2" and request.expect.encode() in answer


if __name__ == "__main__":
    main()
