"""The reference of the API: the page for people, OpenAPI for programs.

What the page says is made by modules that are loaded when somebody opens it.
"""

from typing import TYPE_CHECKING

from minidemo.utils.lazy_imports import lazily as _lazily

if TYPE_CHECKING:
    from minidemo.server.reference import describe as describe
else:
    __getattr__ = _lazily(__name__, {"describe": "minidemo.server.reference.describe"})
