"""Where and when the figures were taken."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import venvs
from benchmarks.browser import executable
from benchmarks.subjects.base import Subject

VERSIONS = (
    "from importlib.metadata import distributions; print(*(f'{d.name} {d.version}' for d in distributions()), sep=',')"
)
QUIET = 0.3
WORTH_NAMING = ("minidemo", "gradio", "fastapi", "starlette", "uvicorn", "pydantic", "httptools", "uvloop")


def describe(subjects: tuple[Subject, ...], load: float) -> str:
    """Name the day, the machine, what it had to do besides, and the versions."""
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {os.cpu_count()} cores ({processor()}) · {platform.system()}"
        f" · Python {platform.python_version()} · {chromium_version()}",
        f"Load before the run: {load:.1f} of {os.cpu_count()} cores"
        + (": **too much to trust the figures**" * (load > QUIET)),
        *(f"{subject.title}: {', '.join(versions(subject))}" for subject in subjects),
    ]
    return "\n".join(f"- {line}" for line in lines)


def processor() -> str:
    """Name the processor, where Linux tells it."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def chromium_version() -> str:
    """Ask Chromium for its version."""
    answer = subprocess.run([executable(), "--version"], check=True, capture_output=True, text=True).stdout
    return " ".join(answer.split()[:2])


def versions(subject: Subject) -> list[str]:
    """Name the packages of the environment that matter for the figures."""
    command = [str(venvs.python(subject)), "-c", VERSIONS]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip().split(",")
    return sorted(name for name in found if name.split()[0] in WORTH_NAMING)
