"""The tables of the database."""

import secrets
import sqlite3

VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS ledger (id INTEGER PRIMARY KEY, number INTEGER, size INTEGER);
CREATE TABLE state (token TEXT, serial INTEGER, last TEXT, identity TEXT, nbytes INTEGER);
CREATE TABLE logs (
    id INTEGER PRIMARY KEY,
    name TEXT,          -- that of the file, NULL once it is lost
    columns TEXT,       -- a JSON list of [header, folder, kind]
    inputs INTEGER,     -- how many of the columns are inputs, where that is known
    delimiter TEXT,     -- after U+FEFF if the file begins with one, after U+FFFD if it is not UTF-8
    ending TEXT,
    unfinished INTEGER, -- whether the last line has no end
    inode INTEGER,
    mtime INTEGER,      -- in nanoseconds
    size INTEGER        -- in bytes
);
CREATE TABLE flags (
    row INTEGER PRIMARY KEY,
    id TEXT UNIQUE NOT NULL,
    log INTEGER NOT NULL,
    digest INTEGER NOT NULL,    -- of the row's cells
    gone TEXT,                  -- since when the row is no longer in its log
    length INTEGER NOT NULL,    -- of the row, in bytes
    nbytes INTEGER NOT NULL,    -- of its files
    files TEXT,                 -- a JSON list of paths seen from the log, or NULL
    inputs INTEGER,             -- how many of the values are inputs
    data TEXT,                  -- a JSON list of the values, or NULL: then the cells tell
    cells TEXT,                 -- a JSON list of cells that somebody else wrote
    run TEXT, created TEXT, option TEXT, comment TEXT, expected TEXT, error TEXT, duration REAL,
    session TEXT, username TEXT, source TEXT, version TEXT, status TEXT, note TEXT, reviewer TEXT
);
CREATE TABLE deliveries (id TEXT, sink TEXT, PRIMARY KEY (id, sink)) WITHOUT ROWID;
"""


def prepare(db: sqlite3.Connection) -> bool:
    """Create missing tables, and tell whether; refuse a later format."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise OSError(f"The flags were written by a later version of minidemo (format {version}). Update minidemo.")
    if version == 0:
        for statement in _TABLES.split(";\n"):
            if statement.strip():
                db.execute(statement)
        db.execute("INSERT OR IGNORE INTO ledger VALUES (1, 0, -1)")
        db.execute("INSERT INTO state VALUES (?, 0, NULL, '', 0)", (secrets.token_hex(8),))
        db.execute(f"PRAGMA user_version = {VERSION}")
    return bool(version == 0)
