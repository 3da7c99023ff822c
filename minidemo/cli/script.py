"""Script: a file that makes a demo, run anew whenever it changes, or what it imports from its folder."""

import importlib
import linecache
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

from minidemo.errors import ConfigurationError, did_you_mean
from minidemo.interfaces.demo import Demo
from minidemo.interfaces.launch import HOOK, Launched, LaunchSettings

Stamp: TypeAlias = tuple[int, int]
_OWN = Path(__file__).parents[1]


class Script:
    """Runs a script, and finds the demo that it makes: the one of this name, the one it launches, or the first."""

    def __init__(self, path: Path, *, name: str | None = None) -> None:
        self._path = path.resolve()
        self._name = name
        self._seen: dict[Path, Stamp] = {}
        self._further: set[Path] = set()
        if not self._path.is_file():
            raise ConfigurationError(f"There is no file {str(path)!r}. Name the script that makes the demo.")

    @property
    def title(self) -> str:
        """The name of the file."""
        return self._path.name

    def load(self) -> tuple[Demo, LaunchSettings]:
        """Run the script, and return its demo with what it says to `launch`; raise whatever the script raises."""
        self._seen = {path: stamp for path in self._files() if (stamp := _stamp(path))}
        self._forget()
        launched: list[tuple[Demo, LaunchSettings]] = []
        token = HOOK.set(lambda demo, options: _note(launched, demo, options))
        try:
            names = self._run()
            found = self._found(names, [demo for demo, _ in launched])
            options = next((options for demo, options in launched if demo is found), None) or default(found)
            self._further |= {*_assets(found), *found.page.looks.under(options.app.looks).sources}
        finally:
            HOOK.reset(token)
            self._look()
        return found, options

    def explain(self, error: BaseException) -> str:
        """Return the traceback of what the script raised, from where the script comes in; watch the files in it."""
        trace = traceback.TracebackException.from_exception(error)
        files = [frame.filename for frame in trace.stack]
        own = files.index(str(self._path)) if str(self._path) in files else len(files)
        trace.stack[:] = trace.stack[own:]
        self._further |= {Path(file) for file in [*files, getattr(error, "filename", None) or ""] if self._is_own(file)}
        self._look()
        return "".join(trace.format()).strip()

    def has_changed(self) -> bool:
        """Tell whether a file is another than when it was looked at; one that is just being written is waited for."""
        return any(
            stamp not in (None, seen) for seen, stamp in ((seen, _stamp(path)) for path, seen in self._seen.items())
        )

    def _run(self) -> dict[str, Any]:
        """Run the script as Python does, so that what it says about `__main__` and `sys.argv` holds."""
        module = ModuleType("__main__")
        module.__file__ = str(self._path)
        sys.modules["__main__"] = module
        sys.argv = [str(self._path)]
        sys.path[:] = [here := str(self._path.parent), *(place for place in sys.path if place != here)]
        # Compiled modules are told apart by the second: of two edits in one, the first would stay.
        kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
        try:
            with suppress(_Serves):  # what comes after `launch` comes after the end of serving
                exec(compile(self._path.read_bytes(), self._path, "exec"), module.__dict__)
        finally:
            sys.dont_write_bytecode = kept
        return module.__dict__

    def _found(self, names: dict[str, Any], launched: list[Demo]) -> Demo:
        demos = {name: value for name, value in names.items() if isinstance(value, Demo)}
        if self._name is not None:
            if self._name not in demos:
                raise ConfigurationError(
                    f"{self.title} makes no demo {self._name!r}. {did_you_mean(self._name, demos)}"
                )
            return demos[self._name]
        found = [*launched, *([demos["demo"]] if "demo" in demos else []), *demos.values()]
        if not found:
            raise ConfigurationError(f"{self.title} makes no demo. Give it one: demo = gr.Interface(…).")
        return found[0]

    def _forget(self) -> None:
        """Let what lies in the script's folder be imported anew."""
        for name, file in self._modules():
            del sys.modules[name]
            self._further.add(file)
        importlib.invalidate_caches()
        linecache.checkcache()

    def _modules(self) -> list[tuple[str, Path]]:
        named = [(name, getattr(module, "__file__", None)) for name, module in sys.modules.items()]
        return [(name, Path(file)) for name, file in named if file and name != "__main__" and self._is_own(file)]

    def _is_own(self, file: str) -> bool:
        """Tell whether a file is the author's: in the folder of the script, and not of an installed package."""
        path = Path(file)
        if not file or not path.is_relative_to(self._path.parent) or path.is_relative_to(_OWN):
            return False
        return not path.is_relative_to(sys.prefix) and "site-packages" not in path.parts

    def _files(self) -> set[Path]:
        return {self._path, *self._further, *(file for _, file in self._modules())}

    def _look(self) -> None:
        """Watch the files that came to be known while the script ran, from what they are now."""
        fresh = self._files() - self._seen.keys()
        self._seen |= {path: stamp for path in fresh if (stamp := _stamp(path))}


def default(demo: Demo) -> LaunchSettings:
    """Return what `launch` makes of no arguments."""
    launched: list[tuple[Demo, LaunchSettings]] = []
    token = HOOK.set(lambda demo, options: _note(launched, demo, options))
    try:
        demo.launch(prevent_thread_lock=True)
    finally:
        HOOK.reset(token)
    return launched[0][1]


class _Serves(BaseException):
    """Ends a script where it would wait for the end of serving."""


def _note(launched: list[tuple[Demo, LaunchSettings]], demo: Demo, options: LaunchSettings) -> Launched:
    launched.append((demo, options))
    if options.waits:
        raise _Serves
    return Launched(demo.app, "")


def _assets(demo: Demo) -> Iterator[Path]:
    """Yield the files that the author's own components consist of besides Python."""
    for folder in {component.folder for component in demo.page.components if component.folder}:
        yield from (path for path in folder.iterdir() if path.suffix in (".html", ".js", ".css"))


def _stamp(path: Path) -> Stamp | None:
    found = path.stat() if path.is_file() else None
    return None if found is None else (found.st_mtime_ns, found.st_size)
