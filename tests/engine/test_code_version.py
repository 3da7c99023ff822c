"""Which code a flag speaks of: the author's version, or git's commit, and a hash of the function."""

import functools
import linecache
import math
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from minidemo.engine.code_version import revision

SOURCE = "def fn(x):\n    return x\n"


def git(*arguments: str, folder: Path) -> str:
    """Run git, as nobody in particular."""
    nobody = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.com"]
    done = subprocess.run(["git", *nobody, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def planted(folder: Path, source: str = SOURCE) -> Callable[..., Any]:
    """Return the function of a script that lies in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    script = folder / "script.py"
    script.write_text(source)
    os.utime(script, (0, 0))  # it was there before the demo began
    module = ModuleType("planted_script")  # no other of that name may lend its source
    exec(compile(source, str(script), "exec"), module.__dict__)
    fn: Callable[..., Any] = module.fn
    return fn


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git("init", "-q", "-b", "main", folder=folder)
    git("commit", "-q", "--allow-empty", "-m", "First", folder=folder)
    return folder


def commit(folder: Path) -> str:
    return git("rev-parse", "HEAD", folder=folder)[:12]


def test_a_hash_tells_one_source_from_another(tmp_path: Path) -> None:
    one, same = planted(tmp_path / "a"), planted(tmp_path / "b")
    other = planted(tmp_path / "c", SOURCE.replace("return x", "return 2 * x"))
    assert revision(one) == revision(same) != revision(other)
    found = revision(one)
    assert found
    assert found.startswith("fn.")
    assert len(found) == 11


def test_the_author_may_name_the_version(repository: Path) -> None:
    fn = planted(repository)
    assert revision(fn, "2.1") == f"2.1+{str(revision(fn)).partition('+')[2]}"


def test_otherwise_it_is_the_commit(repository: Path) -> None:
    assert str(revision(planted(repository))).startswith(f"{commit(repository)}+fn.")
    assert str(revision(planted(repository / "deep" / "inside"))).startswith(f"{commit(repository)}+fn.")


def test_refs_may_be_packed(repository: Path) -> None:
    git("branch", "another", folder=repository)
    git("pack-refs", "--all", folder=repository)
    assert str(revision(planted(repository))).startswith(f"{commit(repository)}+fn.")


def test_head_may_be_detached(repository: Path) -> None:
    git("checkout", "-q", "--detach", folder=repository)
    assert str(revision(planted(repository))).startswith(f"{commit(repository)}+fn.")


@pytest.mark.parametrize("pack", [True, False])
def test_a_worktree_has_a_commit_of_its_own(repository: Path, tmp_path: Path, pack: bool) -> None:
    tree = tmp_path / "tree"
    git("worktree", "add", "-q", "-b", "side", str(tree), folder=repository)
    git("commit", "-q", "--allow-empty", "-m", "Second", folder=tree)
    if pack:
        git("pack-refs", "--all", folder=repository)
    assert commit(tree) != commit(repository)
    assert str(revision(planted(tree))).startswith(f"{commit(tree)}+fn.")


@pytest.mark.parametrize(
    "files",
    [
        {".git": "gitdir: /no/such/place"},
        {".git": "nonsense"},
        {".git": b"\xff\xfe\0"},
        {".git/HEAD": ""},
        {".git/HEAD": "ref: refs/heads/never-born"},
        {".git/HEAD": "ref: /etc/passwd"},
        {".git/HEAD": "ref: refs/../../script.py"},
        {".git/HEAD": "ref: refs/heads/a", ".git/packed-refs": "# packed\nzzz refs/heads/a\n"},
        {".git/description": "no head at all"},
    ],
)
def test_what_git_does_not_say_is_left_out(tmp_path: Path, files: dict[str, Any]) -> None:
    fn = planted(tmp_path / "odd")
    for name, content in files.items():
        place = tmp_path / "odd" / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert str(revision(fn)).startswith("fn.")


class Model:
    """Something to call."""

    def __call__(self, x: object) -> object: ...

    def predict(self, x: object) -> object: ...


def decorated(x: object) -> object: ...


decorated.__wrapped__ = planted  # type: ignore[attr-defined]  # as functools.wraps does


@pytest.mark.parametrize(
    ("fn", "same"),
    [
        (Model(), Model.__call__),
        (Model().predict, Model.predict),
        (functools.partial(functools.partial(planted, Path()), SOURCE), planted),
        (decorated, planted),
    ],
)
def test_the_function_that_is_meant_is_found(fn: Callable[..., Any], same: Callable[..., Any]) -> None:
    assert revision(fn, "1") == revision(same, "1")
    assert str(revision(fn, "1")).startswith("1+fn.")


def test_a_function_without_a_file_belongs_to_the_script(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    main = ModuleType("__main__")
    monkeypatch.setitem(sys.modules, "__main__", main)
    assert revision(math.hypot) is None, "as in a shell"
    main.__file__ = str(repository / "script.py")
    assert revision(math.hypot) == commit(repository)
    assert revision(math.hypot, "2.1") == "2.1"


def test_a_function_whose_source_is_lost_has_no_hash(tmp_path: Path) -> None:
    fn = planted(tmp_path / "lost")
    (tmp_path / "lost" / "script.py").unlink()
    assert revision(fn) is None
    assert revision(fn, "3") == "3"


def test_a_source_that_was_edited_since_has_no_hash(tmp_path: Path) -> None:
    fn = planted(tmp_path / "edited")
    (tmp_path / "edited" / "script.py").write_text('"""Half a text.\n' + SOURCE)
    assert revision(fn) is None
    os.utime(tmp_path / "edited" / "script.py", (0, 0))
    assert revision(fn, "3") == "3", "nor one that is damaged"


def test_a_function_that_was_typed_into_a_notebook_has_a_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("notebook")
    exec(compile(SOURCE, "/no/such/cell.py", "exec"), module.__dict__)
    monkeypatch.setitem(linecache.cache, "/no/such/cell.py", (len(SOURCE), None, SOURCE.splitlines(True), "cell"))
    assert str(revision(module.fn, "3")).startswith("3+fn.")


def test_decorators_in_a_circle_are_no_trouble() -> None:
    def circular(x: object) -> object: ...

    circular.__wrapped__ = circular  # type: ignore[attr-defined]  # as no decorator should
    assert revision(circular, "3") == "3"
