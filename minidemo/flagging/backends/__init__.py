"""The flagging backends, one per file; rarely needed ones are loaded on first use."""

from typing import TYPE_CHECKING

from minidemo.utils.lazy_imports import lazily as _lazily

if TYPE_CHECKING:
    from minidemo.flagging.backends.fanout import FanOut as FanOut
    from minidemo.flagging.backends.function import FunctionLogger as FunctionLogger
else:
    __getattr__ = _lazily(
        __name__,
        {
            "FanOut": "minidemo.flagging.backends.fanout",
            "FunctionLogger": "minidemo.flagging.backends.function",
        },
    )
