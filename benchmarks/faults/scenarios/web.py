"""Servers that are killed or stopped, and visitors who leave."""

import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from benchmarks.faults import acks
from benchmarks.faults.arena import Arena
from benchmarks.faults.case import Case
from benchmarks.faults.scenario import scenario
from benchmarks.faults.tally import Tally
from benchmarks.faults.web import Visitor, kill_all, launched, uvicorn

STOPPED = 5.0
"""How long a server may take to stop, in seconds."""
REFUSALS = ("503", "507", "410")


@scenario("ST-3", "whole server killed", 50, "kills of uvicorn with 4 processes under load")
def server_killed(arena: Arena, size: int) -> Tally:
    """Kill all processes of a server at once while visitors flag."""
    tally = Tally()
    for _ in range(size):
        case = arena.case()
        with uvicorn(case.folder, 4) as (port, process), _visited(case, port, 4):
            case.see_acks(arena.random.randint(5, 30))
            kill_all(process)
        case.judge(tally)
    return tally


@scenario("ST-4", "SIGTERM or SIGINT while flags are on their way", 50, "stops, of launch() and of uvicorn")
def server_stopped(arena: Arena, size: int) -> Tally:
    """Stop a server as its author does; it ends soon, and every flag is stored or was not acknowledged."""
    tally, slowest = Tally(), 0.0
    for i in range(size):
        case = arena.case()
        served = uvicorn(case.folder, 2) if i % 2 else launched(case.folder)
        with served as (port, process), _visited(case, port, 4):
            case.see_acks(arena.random.randint(5, 30))
            started = time.monotonic()
            process.send_signal(signal.SIGTERM if i % 4 < 2 else signal.SIGINT)
            tally.expect(_ends(process), "the server does not stop")
            slowest = max(slowest, time.monotonic() - started)
        case.judge(tally)
    tally.expect_soon(slowest <= STOPPED, f"a stop took {slowest:.1f} s")
    tally.facts.append(f"stopped after {slowest:.1f} s at most")
    return tally


def _ends(process: "subprocess.Popen[bytes]") -> bool:
    try:
        process.wait(timeout=4 * STOPPED)
    except subprocess.TimeoutExpired:
        return False
    return True


@contextmanager
def _visited(case: Case, port: int, visitors: int) -> Iterator[None]:
    """Let visitors flag until the server is gone, and wait until they have noticed."""
    with acks.Writer(case.log) as log, ThreadPoolExecutor(visitors) as pool:
        for i in range(visitors):
            pool.submit(Visitor(port, f"v{i}", log).visit, range(10**6))
        yield


@scenario("ST-7", "visitor leaves in the middle of a flag", 500, "visitors", daily=0)
def visitor_leaves(arena: Arena, size: int) -> Tally:
    """Close the connection after a part of the request, or right behind it; a row is whole or absent."""
    tally, case = Tally(), arena.case()
    with launched(case.folder) as (port, _), acks.Writer(case.log) as log:
        visitor = Visitor(port, "v", log)
        for number in range(size):
            _leave(port, visitor.predict(number), arena.random.choice([0.3, 0.9, 1.0, 1.0]))
        tally.expect(visitor.flag(size, visitor.predict(size)) == 201, "the next flag was refused")
    case.judge(tally)
    return tally


def _leave(port: int, run: str, share: float) -> None:
    """Send a share of a flag, and go."""
    body = f'{{"run": "{run}"}}'
    head = f"POST /flag HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    request = f"{head}\r\n\r\n{body}".encode()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.sendall(request[: int(len(request) * share)])


@scenario("ST-23", "HTTP, 4 processes", 5, "trials of 2,000 flags from 64 visitors")
def four_processes(arena: Arena, size: int) -> Tally:
    """Flag from 64 visitors at once at a server of four processes; what was answered is what is stored."""
    tally = Tally()
    for _ in range(size):
        case = arena.case()
        with uvicorn(case.folder, 4) as (port, _), acks.Writer(case.log) as log:
            visitors = [Visitor(port, f"v{i}", log) for i in range(64)]
            with ThreadPoolExecutor(64) as pool:
                list(pool.map(lambda visitor: visitor.visit(range(31)), visitors))
        said = case.said
        tally.expect(not said.notes, f"no answer: {said.notes[:1]}")
        for refusal in said.refusals:
            tally.expect(refusal.text.startswith(REFUSALS), f"refused: {refusal.text[:80]}")
        case.judge(tally)
    return tally


@scenario("ST-14b", "folder read-only, over HTTP", 1, "run", needs=("root", "chattr"))
def read_only_over_http(arena: Arena, size: int) -> Tally:
    """Serve a demo whose folder cannot be written to; it predicts, and says of a flag that it was not saved."""
    tally, case = Tally(), arena.case()
    case.folder.mkdir()
    subprocess.run(["chattr", "+i", str(case.folder)], check=True)
    try:
        with launched(case.folder) as (port, _), acks.Writer(case.log) as log:
            visitor = Visitor(port, "v", log)
            tally.expect(visitor.flag(0, visitor.predict(0)) in (503, 507), "a flag was not refused with 503 or 507")
    finally:
        subprocess.run(["chattr", "-i", str(case.folder)], check=True)
    case.judge(tally)
    return tally
