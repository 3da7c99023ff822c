"""The wheel is complete: installed alone, it serves a demo from any folder, and stays light."""

import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent


def test_the_wheel_is_complete_and_light(tmp_path: Path) -> None:
    build = subprocess.run([ROOT / "scripts" / "build", tmp_path], capture_output=True, text=True)
    assert build.returncode == 0, build.stdout + build.stderr

    (wheel,) = tmp_path.glob("*.whl")
    shipped = set(ZipFile(wheel).namelist())
    assert "minidemo/py.typed" in shipped
    assert {f"minidemo/{name}" for name in files("templates", ROOT)} <= shipped
    assert {f"minidemo/{name}" for name in files("static", ROOT / "minidemo")} <= shipped
    assert {f"minidemo/example_scripts/{name}.py" for name in ("calculator", "sepia", "tabs")} <= shipped


def files(folder: str, root: Path) -> set[str]:
    """Return the files below a folder, as paths from the root, without what was compiled from them."""
    paths = [path for path in (root / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {path.relative_to(root).as_posix() for path in paths}
