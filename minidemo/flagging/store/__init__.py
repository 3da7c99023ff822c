"""The folder of flags: log, files and database, kept consistent.

Its code, and SQLite, are loaded with the first flag.
"""

from typing import TYPE_CHECKING

from minidemo.utils.lazy_imports import lazily as _lazily

if TYPE_CHECKING:
    from minidemo.flagging.store._tables import Heading as Heading
    from minidemo.flagging.store._writer import Row as Row
    from minidemo.flagging.store.flag_store import FlagStore as FlagStore
else:
    __getattr__ = _lazily(
        __name__,
        {
            "FlagStore": "minidemo.flagging.store.flag_store",
            "Heading": "minidemo.flagging.store._tables",
            "Row": "minidemo.flagging.store._writer",
        },
    )
