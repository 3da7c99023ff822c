"""The size of JSON text as objects, which can take many times its room."""

import re
from itertools import islice

MAX_PARTS = 1_000_000
"""Lists, objects and members of JSON text together; one takes up to 200 bytes of memory."""
_MARKS = (b"[", b"{", b":")
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|([\[{:])', re.DOTALL)


def has_too_many_parts(data: bytes) -> bool:
    """Return whether JSON text has more lists, objects and members than `MAX_PARTS`."""
    if sum(map(data.count, _MARKS)) <= MAX_PARTS:
        return False
    parts = (match for match in _TOKEN.finditer(data) if match[1])  # those in strings do not count
    return next(islice(parts, MAX_PARTS, None), None) is not None
