"""Runs the load generator."""

import subprocess
import sys

from benchmarks.load.job import JOB, OUTCOME, Job, Outcome
from benchmarks.paths import ROOT

BUSY = 0.85
PATIENCE = 60.0


def run(job: Job) -> Outcome:
    """Do the job in a process of its own; a wrong answer ends the benchmark."""
    command = [sys.executable, "-m", "benchmarks.load"]
    seconds = job.seconds + PATIENCE
    answer = subprocess.run(
        command, input=JOB.dump_json(job), cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=seconds
    )
    outcome = OUTCOME.validate_json(answer.stdout)
    if outcome.failures:
        raise RuntimeError("A server answered wrongly under load:\n" + "\n".join(outcome.failures))
    if outcome.own_cpu > BUSY:
        print(f"The load generator itself used {outcome.own_cpu:.0%} of a core: the rate is too low.", file=sys.stderr)
    return outcome
