"""The backends that are built in: one a file. Those that few demos need are loaded when they are asked for."""

from typing import TYPE_CHECKING

from minidemo.utils.lazy_imports import lazily as _lazily

if TYPE_CHECKING:
    from minidemo.flagging.backends.function import FunctionLogger as FunctionLogger
    from minidemo.flagging.backends.several import Several as Several
else:
    __getattr__ = _lazily(
        __name__,
        {
            "FunctionLogger": "minidemo.flagging.backends.function",
            "Several": "minidemo.flagging.backends.several",
        },
    )
