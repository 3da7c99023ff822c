"""A nursery of workers: python -m benchmarks.faults.nursery SUBJECT, a command on each line of its input.

It imports the subject once and forks, so that a worker is there in milliseconds, with nothing in it but the imports.
Commands: `spawn JOB` answers with the worker's id, `wait ID` with how it ended, `poll ID` with that or `alive`.
"""

import contextlib
import gc
import os
import signal
import sys
import traceback

from benchmarks.faults import backends, job, worker


def main(subject: str) -> None:
    """Do what the input says until it ends, and leave no worker behind."""
    backend = backends.load(subject)
    output = os.dup(1)
    os.dup2(2, 1)
    children: set[int] = set()
    gc.freeze()  # so that a worker copies no page that it does not change
    _say(output, "ready")
    for line in sys.stdin:
        command, _, rest = line.partition(" ")
        if command == "spawn":
            child = os.fork()
            if child == 0:
                _work(backend, rest)
            children.add(child)
            _say(output, str(child))
        else:
            _say(output, _ended(int(rest), command == "wait", children))
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def _say(output: int, text: str) -> None:
    os.write(output, text.encode() + b"\n")


def _work(backend: type[backends.Backend], line: str) -> None:
    """Be a worker, and end with it."""
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    code = 1
    try:
        worker.run(backend, job.load(line))
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _ended(child: int, wait: bool, children: set[int]) -> str:
    """Return the exit code of a worker, negative for a signal."""
    if child not in children:
        return "gone"
    ended, status = os.waitpid(child, 0 if wait else os.WNOHANG)
    if not ended:
        return "alive"
    children.discard(child)
    return str(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(sys.argv[1])
