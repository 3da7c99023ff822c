"""The stores that are put to the test; each module runs in the environment of its subject."""

import importlib

from benchmarks.faults.backends.base import Backend as Backend


def load(subject: str) -> type[Backend]:
    """Import a subject's backend; only its own environment can."""
    backend: type[Backend] = importlib.import_module(f"benchmarks.faults.backends.{subject}").Store
    return backend
