"""JSON text with very many lists, objects and members is told apart, and brackets in its strings do not count."""

import pytest

from minidemo.content.json_size import MAX_PARTS, has_too_many_parts


@pytest.mark.parametrize(
    ("unit", "parts"), [(b"[]", 1), (b"{}", 1), (b'{"a":0}', 2), (b'{"\\"":[]}', 3), (b'"\\\\",[]', 1)]
)
def test_parts_are_counted(unit: bytes, parts: int) -> None:
    count = MAX_PARTS // parts
    assert not has_too_many_parts(b",".join([unit] * count))
    assert has_too_many_parts(b",".join([unit] * (count + 1)))


@pytest.mark.parametrize(
    "text", [b'"' + b"[{:" * MAX_PARTS + b'"', b'"' + b'\\"[' * (2 * MAX_PARTS), b"1," * MAX_PARTS]
)
def test_other_text_has_no_parts(text: bytes) -> None:
    assert not has_too_many_parts(text)
