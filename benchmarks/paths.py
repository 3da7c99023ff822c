"""Where things lie."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ROOT / "benchmarks" / "apps"
PROBE = ROOT / "benchmarks" / "probe.js"
TABLE = ROOT / "benchmarks" / "table.js"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "minidemo-benchmarks"
