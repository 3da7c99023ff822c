"""The folder of flags: the log, the files and the database, kept in agreement whatever happens to them.

Its code, and SQLite, are loaded with the first flag.
"""

from typing import TYPE_CHECKING

from minidemo.utils.lazy_imports import lazily as _lazily

if TYPE_CHECKING:
    from minidemo.flagging.store._books import Heading as Heading
    from minidemo.flagging.store._writer import Draft as Draft
    from minidemo.flagging.store.flag_store import FlagStore as FlagStore
else:
    __getattr__ = _lazily(
        __name__,
        {
            "Draft": "minidemo.flagging.store._writer",
            "FlagStore": "minidemo.flagging.store.flag_store",
            "Heading": "minidemo.flagging.store._books",
        },
    )
