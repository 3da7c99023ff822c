"""A function may run on the workers of a Dask cluster."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from distributed import Client, LocalCluster

import minidemo as gr
from tests.visitor import Visitor

pytestmark = pytest.mark.slow


def work(number: float) -> tuple[float, int]:
    """Return twice a number, and the process that doubled it."""
    time.sleep(0.05)
    return 2 * number, os.getpid()


@pytest.fixture
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:  # type: ignore[no-untyped-call]
        yield cluster


@pytest.mark.filterwarnings("default")  # those of a cluster that loses a worker are its own
def test_predictions_run_on_both_workers_and_outlive_one(cluster: LocalCluster) -> None:
    with Client(cluster) as client, ThreadPoolExecutor(20) as visitors:  # type: ignore[no-untyped-call]
        executor = client.get_executor(pure=False)
        demo = gr.Interface(work, "number", ["number", "number"], executor=executor, concurrency_limit=None)
        visitor = Visitor(demo)

        def answers() -> tuple[list[float], set[int]]:
            results = list(visitors.map(visitor.result, range(20)))
            return [double for double, _ in results], {process for _, process in results}

        doubles, processes = answers()
        assert doubles == [2 * number for number in range(20)]
        assert len(processes) == 2
        waiting = visitors.submit(answers)
        os.kill(processes.pop(), 9)
        assert waiting.result(60)[0] == doubles
        assert answers()[0] == doubles
