"""Revision: the version of the code that a flag belongs to."""

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

_STARTED = time.time()
_COMMIT = r"[0-9a-f]{40}(?:[0-9a-f]{24})?"
_BRANCH = r"ref: (refs/\S+)"


def revision(fn: Callable[..., Any], version: str | None = None) -> str | None:
    """Return the version or git commit, and a source hash.

    None if all are unknown. Reads files: call it when a flag is stored, not when the demo is built.
    """
    code = _plain(fn)
    parts = [version or _commit(_folder(code)), _hash(code)]
    return "+".join(filter(None, parts)) or None


def _plain(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Return the author's function behind partials, decorators and callable objects."""
    while isinstance(fn, partial):
        fn = fn.func
    with suppress(ValueError):  # circular decorators
        fn = inspect.unwrap(fn)
    return fn if inspect.isroutine(fn) or inspect.isclass(fn) else type(fn).__call__


def _hash(fn: Callable[..., Any]) -> str | None:
    """Return a hash of the source; None if unreadable or edited."""
    try:
        source = None if _is_newer(inspect.getsourcefile(fn)) else inspect.getsource(fn)
    except Exception:  # no file content may lose a flag
        return None
    return source and f"fn.{hashlib.sha256(source.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _is_newer(file: str | None) -> bool:
    """Return True for a file edited since the start."""
    try:
        return Path(str(file)).stat().st_mtime > _STARTED
    except OSError:
        return False


def _folder(fn: Callable[..., Any]) -> Path | None:
    """Return the folder of the function's file, else of the script."""
    file = ""
    with suppress(TypeError):
        file = inspect.getfile(fn)
    if not file or file.startswith("<"):  # a builtin, or from a shell
        file = getattr(sys.modules.get("__main__"), "__file__", None) or ""
    return Path(file).absolute().parent if file else None


def _commit(folder: Path | None) -> str | None:
    """Return the first 12 digits of the commit checked out at a folder."""
    for place in (folder, *folder.parents) if folder else ():
        if (git := place / ".git").exists():
            commit = re.fullmatch(_COMMIT, _head(git))
            return commit[0][:12] if commit else None
    return None


def _head(git: Path) -> str:
    """Return the commit of HEAD, through its branch."""
    if not git.is_dir():  # a worktree or submodule
        git = git.parent / _text(git).removeprefix("gitdir: ")
    head = _text(git / "HEAD")
    branch = re.fullmatch(_BRANCH, head)
    return next(filter(None, _tips(git, branch[1])), "") if branch else head


def _tips(git: Path, branch: str) -> Iterator[str]:
    """Yield candidates for a branch's commit: file and packed refs."""
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
    except (OSError, ValueError):  # ValueError: a name that no file system accepts
        return ""
