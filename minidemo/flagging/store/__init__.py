"""The folder of flags: log, files and database, kept consistent."""

from minidemo.flagging.store.flag_store import FlagStore as FlagStore
