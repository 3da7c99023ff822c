"""Wrong clocks: a small library that is loaded before all others, compiled when it is needed."""

import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

SOURCE = Path(__file__).with_name("clock.c")
DAY = 86_400


def _at(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())


def _off(zone: str, seconds: float) -> dict[str, str]:
    return {"TZ": zone, "WRONG_CLOCK": f"+{int(seconds)}"}


NOW = int(time.time())
CLOCKS = {
    "a day back": _off("UTC", -DAY),
    "ten years on": _off("UTC", 3652 * DAY),
    "1970": _off("UTC", 1 - NOW),
    "2262, the last year of Python's clock": _off("UTC", _at("2262-04-01") - NOW),
    "frozen": {"TZ": "UTC", "WRONG_CLOCK": f"={_at('2026-03-29T00:59:59')}"},
    "end of summer time": _off("Europe/Berlin", _at("2026-10-25T00:59:58") - NOW),
    "begin of summer time": _off("Europe/Berlin", _at("2026-03-29T00:59:58") - NOW),
    "another time zone": _off("Pacific/Kiritimati", 0),
}


def surroundings(name: str, place: Path) -> dict[str, str]:
    """Return the environment in which a clock is wrong; what is compiled for it goes to a place."""
    library = place / "clock.so"
    if not library.exists():
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE)], check=True)
    return CLOCKS[name] | {"LD_PRELOAD": str(library)}
