"""A worker: a process that flags, and notes each answer."""

import importlib
import logging
import os
import resource
import signal
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.faults import acks, flows, inject, tokens
from benchmarks.faults.backends import Backend
from benchmarks.faults.job import Job


def run(kind: type[Backend], job: Job) -> None:
    """Do a job under its circumstances."""
    with acks.Writer(job.log) as log:
        _suffer(job)
        logging.getLogger("minidemo").addHandler(_Notes(log))
        if job.halt:
            os.kill(os.getpid(), signal.SIGSTOP)
        flow = getattr(flows, job.flow)
        flow(job, log, partial(_open, kind, job, log))
        log.note("done")


class Flagger:
    """Flags by number, and notes what came of it."""

    def __init__(self, store: Backend, job: Job, log: acks.Writer) -> None:
        self.store, self.job, self.log = store, job, log

    def flag(self, number: int) -> bool:
        """Store the flag with a number, and tell whether it was acknowledged."""
        token = tokens.token(self.job.name, number)
        values = values_of(self.job, number)
        given = self.job.given[number % len(self.job.given)] if self.job.given else ()
        asked = time.monotonic_ns()
        try:
            row = self.store.flag(values, *given)
        except Exception as error:
            self.log.refusal(token, error, asked)
            return False
        self.log.ack(token, row, asked)
        return True

    def flag_all(self, numbers: Iterable[int] | None = None) -> None:
        """Store the flags of the job, from as many threads as it says."""
        wanted = self.job_numbers() if numbers is None else numbers
        if self.job.threads == 1:
            for number in wanted:
                self.flag(number)
                time.sleep(self.job.pause)
        else:
            with ThreadPoolExecutor(self.job.threads) as pool:
                list(pool.map(self.flag, wanted))

    def job_numbers(self) -> range:
        """Return the numbers of the flags of the job."""
        return range(self.job.first, self.job.first + self.job.count)


def values_of(job: Job, number: int) -> Sequence[Any]:
    """Return the values of a flag: those of the job, or such as say its token."""
    if job.values is not None:
        return job.values[number - job.first]
    return [_value(job, kind, label, number) for kind, label in job.columns]


def _value(job: Job, kind: str, label: str, number: int) -> Any:
    token = tokens.token(job.name, number)
    if label in job.extra:
        return job.extra[label]
    if kind == "image":
        return tokens.picture(token, job.weight)
    return {"text": token, "number": number, "files": [token, token]}[kind]


def _open(kind: type[Backend], job: Job, log: acks.Writer) -> Flagger:
    """Open the folder when the time has come."""
    time.sleep(max(0.0, job.at - time.monotonic()))
    return Flagger(kind(job.columns, Path(job.folder), job.options), job, log)


def _suffer(job: Job) -> None:
    """Get into the job's circumstances."""
    os.umask(job.umask)
    for name, value in job.limits.items():
        kind = getattr(resource, f"RLIMIT_{name.upper()}")
        resource.setrlimit(kind, (value, resource.getrlimit(kind)[1]))
    if job.user:
        os.setgroups([])
        os.setgid(job.user)
        os.setuid(job.user)
    inject.install(job.faults)
    if "network" in job.extra:
        place: Any = importlib.import_module("minidemo.flagging.directory")
        place.network = lambda *_: job.extra["network"]


class _Notes(logging.Handler):
    """Notes the warnings that the author of a demo would read."""

    def __init__(self, log: acks.Writer) -> None:
        super().__init__(logging.WARNING)
        self.log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Note a warning."""
        self.log.note(f"{record.levelname} {record.getMessage()}")
