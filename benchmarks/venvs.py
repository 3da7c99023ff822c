"""One environment per subject, holding that subject alone."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.paths import CACHE, ROOT
from benchmarks.subjects.base import Subject


def prepare(subject: Subject) -> None:
    """Make the environment unless it is there and still right; what lies in this checkout is installed anew."""
    folder = environment(subject)
    stamp, wanted = folder / "benchmark-stamp", fingerprint(subject)
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
        pip(subject, "install")
        stamp.write_text(wanted, encoding="utf-8")
    elif str(ROOT) in subject.packages:
        pip(subject, "install", "--force-reinstall", "--no-deps")


def pip(subject: Subject, *arguments: str) -> None:
    """Run this environment's pip on the subject's, so that pip itself is not in it."""
    base = [sys.executable, "-m", "pip", "--python", str(python(subject))]
    subprocess.run([*base, *arguments, "-qq", *subject.packages], check=True, stdout=sys.stderr)


def fingerprint(subject: Subject) -> str:
    """Name what the environment is made from."""
    project = (ROOT / "pyproject.toml").read_bytes() if str(ROOT) in subject.packages else b""
    return f"{sys.version} {subject.packages} {hashlib.sha256(project).hexdigest()}"


def environment(subject: Subject) -> Path:
    """The folder of the environment."""
    return CACHE / "venvs" / subject.key


def python(subject: Subject) -> Path:
    """The interpreter of the environment."""
    return environment(subject) / "bin" / "python"


def site_packages(subject: Subject) -> Path:
    """Where the packages of the environment lie."""
    return next((environment(subject) / "lib").glob("python*/site-packages"))
