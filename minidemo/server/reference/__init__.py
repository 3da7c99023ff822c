"""The API reference: a page for people, loaded lazily, and OpenAPI for programs."""

from typing import TYPE_CHECKING

from minidemo.utils.lazy_imports import lazily as _lazily

if TYPE_CHECKING:
    from minidemo.server.reference import describe as describe
else:
    __getattr__ = _lazily(__name__, {"describe": "minidemo.server.reference.describe"})
