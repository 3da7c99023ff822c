"""Calls a calculator by Gradio's client, many at once: `python gradio_calls.py URL CLIENTS SECONDS`; prints calls/s."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from gradio_client import Client  # type: ignore[import-not-found]  # lives in Gradio's environment


def work(client: Client, deadline: float) -> int:
    """Call until the time is up, and count."""
    done = 0
    while time.monotonic() < deadline:
        if client.predict(5, "add", 7, api_name="/calculate") != 12:
            raise SystemExit("A call was answered wrongly.")
        done += 1
    return done


def main() -> None:
    """Call, and print how many calls a second were answered."""
    url, clients, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    connected = [Client(url, verbose=False, analytics_enabled=False) for _ in range(clients)]
    started = time.monotonic()
    with ThreadPoolExecutor(clients) as pool:
        counts = list(pool.map(work, connected, [started + seconds] * clients))
    print(sum(counts) / (time.monotonic() - started))


if __name__ == "__main__":
    main()
