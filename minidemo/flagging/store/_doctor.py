"""The doctor: finds problems of a folder of flags, and repairs them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from minidemo.flagging.store import _checks, _database, _deletion, _verify_files
from minidemo.flagging.store._checks import Trouble
from minidemo.flagging.store._database import Transaction


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A problem: its kind, its description, and whether it was repaired.

    Kinds: `database`, `log`, `header`, `width`, `end`, `row`, `gone`, `dangling`, `altered`, `orphan`, `link`, `mode`,
    `id`; and `aside`, which is no problem: it reports the content of `.minidemo/aside`.
    """

    kind: str
    detail: str
    repaired: bool = False


def examine(folder: Path, in_transaction: Callable[..., Any], *, repair: bool) -> list[Finding]:
    """Return the problems of a folder; with `repair`, repair them first.

    Flags wait while the logs are read and the files are counted; the files' content is read afterwards.
    """
    damage = _database_of(folder)
    if damage is not None:
        if not repair:
            return [_finding(trouble) for trouble in (damage, *_checks.modes(folder), *_checks.links(folder))]
        _database.set_aside(folder, _database.identity(folder / ".minidemo" / "flags.db"))
    try:
        findings: list[Finding] = in_transaction(lambda transaction: _inspect(transaction, repair), everything=True)
    except PermissionError:
        with _database.reading(folder) as db:
            findings = _inspect(Transaction(folder, db), False)
    if repair and any(finding.kind == "gone" for finding in findings):
        _remove_gone(in_transaction)
        findings = [replace(finding, repaired=True) if finding.kind == "gone" else finding for finding in findings]
    files = map(_finding, _verify_files.verify(folder))
    aside = map(_finding, _checks.aside(folder))
    first = [] if damage is None else [_finding(damage, repaired=True)]
    return [*first, *findings, *files, *aside]


def _inspect(transaction: Transaction, repair: bool) -> list[Finding]:
    """Run the checks that need the lock."""
    before = transaction.db.total_changes
    findings = [_mended(trouble) if repair else _finding(trouble) for trouble in _troubles(transaction)]
    if transaction.db.total_changes > before:
        transaction.commit()
    return findings


def _troubles(transaction: Transaction) -> Iterable[Trouble]:
    checks = (
        _checks.logs(transaction),
        _checks.gone(transaction),
        _checks.ids(transaction),
        _checks.orphans(transaction),
    )
    by_path = (_checks.links(transaction.folder), _checks.modes(transaction.folder))
    return [trouble for check in (*checks, *by_path) for trouble in check]


def _mended(trouble: Trouble) -> Finding:
    if trouble.mend is not None:
        trouble.mend()
    return _finding(trouble, repaired=trouble.mend is not None)


def _finding(trouble: Trouble, repaired: bool = False) -> Finding:
    return Finding(kind=trouble.kind, detail=trouble.detail, repaired=repaired)


def _database_of(folder: Path) -> Trouble | None:
    """Return the database's damage, if any, without repairing it."""
    path = folder / ".minidemo" / "flags.db"
    if not path.exists():
        return None
    try:
        with _database.reading(folder) as db:
            ((result, *_), *_) = db.execute("PRAGMA integrity_check(1)").fetchall()
    except _database.Unreadable as damage:
        result = str(damage)
    if result == "ok":
        return None
    return Trouble("database", f".minidemo/flags.db is damaged: {result}. It can be made anew from the logs.")


def _remove_gone(in_transaction: Callable[..., Any]) -> None:
    """Delete the flags whose rows were removed from the logs."""
    while in_transaction(_remove_some, erasing=True):
        pass


def _remove_some(transaction: Transaction) -> int:
    query = f"SELECT id FROM flags WHERE gone IS NOT NULL LIMIT {_deletion.MOST}"
    return _deletion.delete(transaction, [id for (id,) in transaction.db.execute(query)]).flags
