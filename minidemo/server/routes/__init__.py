"""Routes: one file for each address; those that few pages have are loaded on first use."""

from typing import TYPE_CHECKING

from minidemo.utils.lazy_imports import lazily as _lazily

if TYPE_CHECKING:
    from minidemo.server.routes import changes as changes
    from minidemo.server.routes import examples as examples
    from minidemo.server.routes import links as links
    from minidemo.server.routes import login as login
    from minidemo.server.routes import plots as plots
else:
    __getattr__ = _lazily(
        __name__, {name: f"{__name__}.{name}" for name in ("changes", "examples", "links", "login", "plots")}
    )
