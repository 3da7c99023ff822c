"""Databases that do not do as they are told."""

import sqlite3
from typing import Any

import pytest


class Refusing(sqlite3.Connection):
    """A database on a disk that does not take what begins with `refused`."""

    refused = "BEGIN"
    code = sqlite3.SQLITE_IOERR

    def execute(self, sql: str, *arguments: Any) -> sqlite3.Cursor:
        """Run a statement, unless it is refused."""
        if sql.startswith(self.refused):
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = self.code
            raise error
        return super().execute(sql, *arguments)


def use(patch: pytest.MonkeyPatch, factory: type[sqlite3.Connection]) -> None:
    """Let each new connection be of a class."""
    connect = sqlite3.connect
    patch.setattr(sqlite3, "connect", lambda *arguments, **options: connect(*arguments, **options, factory=factory))
