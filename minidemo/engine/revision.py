"""The revision of a demo: which code a flag speaks of."""

import hashlib
import inspect
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

_BEGUN = time.time()
_COMMIT = r"[0-9a-f]{40}(?:[0-9a-f]{24})?"
_BRANCH = r"ref: (refs/\S+)"


def revision(fn: Callable[..., Any], version: str | None = None) -> str | None:
    """Return the author's version, else the git commit, then a hash of the function's source; None if all are unknown.

    It reads files, so ask when a flag is stored, not when the demo is built.
    """
    code = _plain(fn)
    parts = [version or _commit(_folder(code)), _hash(code)]
    return "+".join(filter(None, parts)) or None


def _plain(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function whose source is meant, behind partials, decorators and objects that can be called."""
    while isinstance(fn, partial):
        fn = fn.func
    with suppress(ValueError):  # decorators that wrap each other in a circle
        fn = inspect.unwrap(fn)
    return fn if inspect.isroutine(fn) or inspect.isclass(fn) else type(fn).__call__


def _hash(fn: Callable[..., Any]) -> str | None:
    """Return a hash of the source; None if that cannot be read, or was edited since the demo began."""
    try:
        source = None if _is_newer(inspect.getsourcefile(fn)) else inspect.getsource(fn)
    except Exception:  # whatever the file may hold by now, a flag must not be lost for it
        return None
    return source and f"fn.{hashlib.sha256(source.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _is_newer(file: str | None) -> bool:
    """Tell whether a file was edited since the demo began; what was typed into a notebook is in none."""
    try:
        return Path(str(file)).stat().st_mtime > _BEGUN
    except OSError:
        return False


def _folder(fn: Callable[..., Any]) -> Path | None:
    """Return the folder of the function's file, or of the script where the function has none."""
    file = ""
    with suppress(TypeError):
        file = inspect.getfile(fn)
    if not file or file.startswith("<"):  # built in, or typed into a shell
        file = getattr(sys.modules.get("__main__"), "__file__", None) or ""
    return Path(file).absolute().parent if file else None


def _commit(folder: Path | None) -> str | None:
    """Return the first digits of the commit that is checked out where the folder lies."""
    for place in (folder, *folder.parents) if folder else ():
        if (git := place / ".git").exists():
            found = re.fullmatch(_COMMIT, _head(git))
            return found[0][:12] if found else None
    return None


def _head(git: Path) -> str:
    """Return what HEAD says, by way of the branch that it names."""
    if not git.is_dir():  # of a worktree or a submodule
        git = git.parent / _text(git).removeprefix("gitdir: ")
    head = _text(git / "HEAD")
    branch = re.fullmatch(_BRANCH, head)
    return next(filter(None, _tips(git, branch[1])), "") if branch else head


def _tips(git: Path, branch: str) -> Iterator[str]:
    """Yield where a branch may say its commit: in a file of its own, or in the list of packed ones."""
    common = git / (_text(git / "commondir") or ".")
    yield _text(git / branch)
    yield _text(common / branch)
    for line in _text(common / "packed-refs").splitlines():
        commit, _, name = line.partition(" ")
        if name == branch:
            yield commit


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except (OSError, ValueError):  # a name may hold what no file system takes
        return ""
