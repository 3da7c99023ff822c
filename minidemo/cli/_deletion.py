"""`minidemo flags delete`: permanent deletion of flags with their files."""

from argparse import Namespace
from pathlib import Path

from minidemo.cli._listing import open_store
from minidemo.cli._text import count_phrase, print_line
from minidemo.errors import ConfigurationError
from minidemo.flagging.base import Removed
from minidemo.flagging.store import FlagStore, _selection


def delete(options: Namespace) -> int:
    """Announce, confirm and delete; return 1 after a refusal."""
    conditions = {"ids": options.ids, "username": options.user, "session": options.session, "before": options.before}
    if all(value is None for value in conditions.values()):
        raise ConfigurationError("Say which flags to delete: --user, --session, --before or --id.")
    store = open_store(options.directory)
    store.settle()
    ids, size = _selection.matching(store.folder, **conditions)
    if not ids:
        print_line(f"No flag in {options.directory} fits. Nothing was removed.")
        return 0
    if options.dry_run or not options.yes:
        _announce(options.directory, size, _selection.aside(store.folder))
    if options.dry_run:
        return 0
    if not options.yes and not _confirm():
        print_line("Nothing was removed.")
        return 1
    _remove(store, options.directory, ids)
    return 0


def _announce(directory: Path, size: Removed, aside: Removed) -> None:
    print_line(f"{count_phrase(size.flags, 'flag')} in {directory} ({_files(size)}) would be removed for good.")
    if aside.files:
        print_line(
            f"So would all that is kept in .minidemo/aside ({_files(aside)}): "
            "nobody can tell whose rows its copies hold."
        )


def _confirm() -> bool:
    """Ask; no answer is a no."""
    try:
        return input("Remove them? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        print_line()
        return False


def _remove(store: FlagStore, directory: Path, ids: list[str]) -> None:
    removed = store.delete(ids)
    aside = _selection.clear_aside(store.folder)
    remaining = sum(1 for _ in store.records())
    print_line(f"Removed {count_phrase(removed.flags, 'flag')} ({_files(removed)}).")
    if aside.files:
        print_line(f"Removed what was kept in .minidemo/aside ({_files(aside)}).")
    print_line(
        f"{count_phrase(remaining, 'flag')} left in {directory}. "
        "What was handed on to other backends, or copied, is not removed."
    )


def _files(size: Removed) -> str:
    return f"{count_phrase(size.files, 'file')}, {count_phrase(size.nbytes, 'byte')}"
