"""The folder of flags: the log, the files and the database, kept in agreement whatever happens to them."""

from minidemo.flagging.store.flag_store import FlagStore as FlagStore
