"""`minidemo flags delete`: removes flags for good, with all that the folder holds of them."""

from argparse import Namespace
from pathlib import Path

from minidemo.cli._looking import opened
from minidemo.cli._text import count, say
from minidemo.errors import ConfigurationError
from minidemo.flagging.base import Removed
from minidemo.flagging.store import FlagStore, _selection


def delete(options: Namespace) -> int:
    """Say what would be removed, ask, and remove it; return 1 if the answer is no."""
    given = {"ids": options.ids, "username": options.user, "session": options.session, "before": options.before}
    if all(value is None for value in given.values()):
        raise ConfigurationError("Say which flags to delete: --user, --session, --before or --id.")
    store = opened(options.directory)
    store.settle()
    ids, size = _selection.matching(store.folder, **given)
    if not ids:
        say(f"No flag in {options.directory} fits. Nothing was removed.")
        return 0
    if options.dry_run or not options.yes:
        _announce(options.directory, size, _selection.aside(store.folder))
    if options.dry_run:
        return 0
    if not options.yes and not _agreed():
        say("Nothing was removed.")
        return 1
    _remove(store, options.directory, ids)
    return 0


def _announce(directory: Path, size: Removed, aside: Removed) -> None:
    say(f"{count(size.flags, 'flag')} in {directory} ({_files(size)}) would be removed for good.")
    if aside.files:
        say(
            f"So would all that is kept in .minidemo/aside ({_files(aside)}): "
            "nobody can tell whose rows its copies hold."
        )


def _agreed() -> bool:
    """Ask; no answer is a no."""
    try:
        return input("Remove them? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        say()
        return False


def _remove(store: FlagStore, directory: Path, ids: list[str]) -> None:
    removed = store.delete(ids)
    aside = _selection.clear_aside(store.folder)
    left = sum(1 for _ in store.records())
    say(f"Removed {count(removed.flags, 'flag')} ({_files(removed)}).")
    if aside.files:
        say(f"Removed what was kept in .minidemo/aside ({_files(aside)}).")
    say(f"{count(left, 'flag')} left in {directory}. What was handed on to other backends, or copied, is not removed.")


def _files(size: Removed) -> str:
    return f"{count(size.files, 'file')}, {count(size.nbytes, 'byte')}"
