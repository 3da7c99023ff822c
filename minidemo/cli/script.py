"""Script: a file that makes a demo, reloaded after changes."""

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
_PACKAGE_FOLDER = Path(__file__).parents[1]


class Script:
    """Runs a script, and finds its demo.

    It is the demo of the given name, the launched one, or the first.
    """

    def __init__(self, path: Path, *, name: str | None = None) -> None:
        self._path = path.resolve()
        self._name = name
        self._stamps: dict[Path, Stamp] = {}
        self._extra_files: set[Path] = set()
        if not self._path.is_file():
            raise ConfigurationError(f"There is no file {str(path)!r}. Name the script that makes the demo.")

    @property
    def title(self) -> str:
        """The name of the file."""
        return self._path.name

    def load(self) -> tuple[Demo, LaunchSettings]:
        """Run the script, and return its demo with what it says to `launch`; raise whatever the script raises."""
        self._stamps = {path: stamp for path in self._files() if (stamp := _stamp(path))}
        self._unload_modules()
        launched: list[tuple[Demo, LaunchSettings]] = []
        token = HOOK.set(lambda demo, options: _record_launch(launched, demo, options))
        try:
            names = self._run()
            demo = self._select_demo(names, [each for each, _ in launched])
            options = next((options for each, options in launched if each is demo), None) or default_options(demo)
            self._extra_files |= {*_assets(demo), *demo.page.appearance.overridden_by(options.app.appearance).sources}
        finally:
            HOOK.reset(token)
            self._watch_new_files()
        return demo, options

    def explain(self, error: BaseException) -> str:
        """Return the traceback of an error, beginning with the script.

        Its files are watched from now on.
        """
        trace = traceback.TracebackException.from_exception(error)
        files = [frame.filename for frame in trace.stack]
        own = files.index(str(self._path)) if str(self._path) in files else len(files)
        trace.stack[:] = trace.stack[own:]
        self._extra_files |= {
            Path(file) for file in [*files, getattr(error, "filename", None) or ""] if self._is_own(file)
        }
        self._watch_new_files()
        return "".join(trace.format()).strip()

    def has_changed(self) -> bool:
        """Return whether a file has changed since it was loaded.

        Files that are being written are ignored.
        """
        return any(
            stamp not in (None, seen) for seen, stamp in ((seen, _stamp(path)) for path, seen in self._stamps.items())
        )

    def _run(self) -> dict[str, Any]:
        """Run the script with its `__main__` and `sys.argv`, as Python does."""
        module = ModuleType("__main__")
        module.__file__ = str(self._path)
        sys.modules["__main__"] = module
        sys.argv = [str(self._path)]
        sys.path[:] = [here := str(self._path.parent), *(place for place in sys.path if place != here)]
        # Python compares compiled modules by the second: after two edits in one second, the first would stay.
        previous, sys.dont_write_bytecode = sys.dont_write_bytecode, True
        try:
            with suppress(_ServingStarted):  # the rest of the script would run after serving
                exec(compile(self._path.read_bytes(), self._path, "exec"), module.__dict__)
        finally:
            sys.dont_write_bytecode = previous
        return module.__dict__

    def _select_demo(self, names: dict[str, Any], launched: list[Demo]) -> Demo:
        demos = {name: value for name, value in names.items() if isinstance(value, Demo)}
        if self._name is not None:
            if self._name not in demos:
                raise ConfigurationError(
                    f"{self.title} makes no demo {self._name!r}. {did_you_mean(self._name, demos)}"
                )
            return demos[self._name]
        candidates = [*launched, *([demos["demo"]] if "demo" in demos else []), *demos.values()]
        if not candidates:
            raise ConfigurationError(f"{self.title} makes no demo. Give it one: demo = gr.Interface(…).")
        return candidates[0]

    def _unload_modules(self) -> None:
        """Unload the modules in the script's folder."""
        for name, file in self._modules():
            del sys.modules[name]
            self._extra_files.add(file)
        importlib.invalidate_caches()
        linecache.checkcache()

    def _modules(self) -> list[tuple[str, Path]]:
        named = [(name, getattr(module, "__file__", None)) for name, module in sys.modules.items()]
        return [(name, Path(file)) for name, file in named if file and name != "__main__" and self._is_own(file)]

    def _is_own(self, file: str) -> bool:
        """Return whether a file is in the script's folder and not installed."""
        path = Path(file)
        if not file or not path.is_relative_to(self._path.parent) or path.is_relative_to(_PACKAGE_FOLDER):
            return False
        return not path.is_relative_to(sys.prefix) and "site-packages" not in path.parts

    def _files(self) -> set[Path]:
        return {self._path, *self._extra_files, *(file for _, file in self._modules())}

    def _watch_new_files(self) -> None:
        """Watch the files that were found while the script ran."""
        new_files = self._files() - self._stamps.keys()
        self._stamps |= {path: stamp for path in new_files if (stamp := _stamp(path))}


def default_options(demo: Demo) -> LaunchSettings:
    """Return what `launch` makes of no arguments."""
    launched: list[tuple[Demo, LaunchSettings]] = []
    token = HOOK.set(lambda demo, options: _record_launch(launched, demo, options))
    try:
        demo.launch(prevent_thread_lock=True)
    finally:
        HOOK.reset(token)
    return launched[0][1]


class _ServingStarted(BaseException):
    """Ends a script where it would wait for the end of serving."""


def _record_launch(launched: list[tuple[Demo, LaunchSettings]], demo: Demo, options: LaunchSettings) -> Launched:
    launched.append((demo, options))
    if options.waits:
        raise _ServingStarted
    return Launched(demo.app, "")


def _assets(demo: Demo) -> Iterator[Path]:
    """Yield the files that the author's own components consist of besides Python."""
    for folder in {component.folder for component in demo.page.components if component.folder}:
        yield from (path for path in folder.iterdir() if path.suffix in (".html", ".js", ".css"))


def _stamp(path: Path) -> Stamp | None:
    status = path.stat() if path.is_file() else None
    return None if status is None else (status.st_mtime_ns, status.st_size)
