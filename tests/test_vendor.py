"""The scripts of other projects are built as the repository says, from the versions that the lock file names."""

import json
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "minidemo" / "static" / "vendor"


def test_a_build_gives_the_committed_files(tmp_path: Path) -> None:
    build = subprocess.run([ROOT / "scripts" / "vendor", tmp_path], capture_output=True, text=True)
    assert build.returncode == 0, build.stdout + build.stderr
    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in VENDOR.iterdir() if path.suffix != ".ts"}
    assert sorted(built) == sorted(committed) == ["LICENSE", "draco.js", "draco.wasm", "three.js"]
    assert built == committed, "minidemo/static/vendor is out of date: run scripts/vendor"


def test_the_version_is_that_of_the_lock_file() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    head = (VENDOR / "three.js").read_text()[:100]
    assert re.search(r"three\.js ([\d.]+),", head)
    assert f"three.js {packages['node_modules/three']['version']}," in head


def test_it_offers_what_its_types_say() -> None:
    names = re.findall(r"\b(\w+)(?=,| \})", (VENDOR / "three.d.ts").read_text().split("//", 1)[1])
    exported = re.findall(r" as (\w+)", (VENDOR / "three.js").read_text()[-3_000:])
    assert sorted(exported) == sorted(names)
    assert "WebGLRenderer" in names
