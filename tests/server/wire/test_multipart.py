"""Forms are read as they arrive, in chunks of any size; invalid ones are refused before they cost anything."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from minidemo.errors import InputError
from minidemo.server.wire.multipart import Part, parts

TYPE = "multipart/form-data; boundary=frontier"
NASTY = [
    b"",
    b"\r\n",
    b"\r\n--",
    b"--frontier",
    b"\r\n--frontie",
    b"\r\n--frontierX\r\n--frontier-",
    b"\r\r\n\n--frontier\r",
    b"a\r\n\r\nb",
    bytes(range(256)) * 3,
    b"\r\n-" * 500,
]
"""Contents that look like the lines between parts, but for the last sign."""


def form(contents: list[bytes], head: str = 'Content-Disposition: form-data; name="files"; filename="a.bin"') -> bytes:
    body = b"".join(b"--frontier\r\n%s\r\n\r\n%s\r\n" % (head.encode(), content) for content in contents)
    return body + b"--frontier--\r\n"


def read(body: bytes, size: int = 2**16, kind: str = TYPE, most: int = 1_000) -> list[tuple[Part, bytes]]:
    """Return the parts of a form that comes in pieces of a size, with their contents."""

    async def chunks() -> AsyncIterator[bytes]:
        for i in range(0, len(body), size):
            yield body[i : i + size]

    async def collect() -> list[tuple[Part, bytes]]:
        found: list[tuple[Part, bytes]] = []
        async for piece in parts(chunks(), kind, max_parts=most):
            if isinstance(piece, Part):
                found.append((piece, b""))
            else:
                found[-1] = found[-1][0], found[-1][1] + piece
        return found

    return asyncio.run(collect())


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 11, 12, 13, 64, 1000, 2**16])
def test_contents_come_through_byte_by_byte_whatever_the_pieces(size: int) -> None:
    assert [content for _, content in read(form(NASTY), size)] == NASTY


@pytest.mark.parametrize(
    ("head", "part"),
    [
        ('Content-Disposition: form-data; name="a"', Part(field="a", file=None, mime=None)),
        ("content-disposition:form-data;name=a;filename=b.txt", Part(field="a", file="b.txt", mime=None)),
        (
            'Content-Disposition: form-data; filename="b.png"; name="a"\r\nContent-Type: Image/PNG; x=y',
            Part(field="a", file="b.png", mime="image/png"),
        ),
        ('Content-Disposition: form-data; name="a"; filename=""', Part(field="a", file="", mime=None)),
        ('Content-Disposition: form-data; name="a"; filename="%22é%22"', Part(field="a", file='"é"', mime=None)),
        ('Content-Disposition: form-data; name="a"; filename="x"; filename="y"', Part(field="a", file="y", mime=None)),
        ("Content-Disposition: form-data; name=\"a\"; filename*=utf-8''z", Part(field="a", file=None, mime=None)),
        ('X: y\r\nContent-Disposition: form-data; name="a;b"', Part(field="a;b", file=None, mime=None)),
    ],
)
def test_the_head_of_a_part(head: str, part: Part) -> None:
    assert read(form([b"x"], head)) == [(part, b"x")]


@pytest.mark.parametrize("boundary", ['"fron tier"', "frontier; charset=utf-8", '"frontier"'])
def test_how_boundaries_are_written(boundary: str) -> None:
    name = boundary.partition(";")[0].strip('"').encode()
    body = form([b"x"]).replace(b"frontier", name)
    assert [content for _, content in read(body, kind=f"multipart/form-data; boundary={boundary}")] == [b"x"]


def test_empty_lines_before_and_anything_after_are_ignored() -> None:
    assert [content for _, content in read(b"\r\n\r\n" + form([b"x"]) + b"goodbye" * 9)] == [b"x"]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"", "it has no end"),
        (form([b"x"])[:-4], "it has no end"),
        (b"--frontier\r\nContent-Disposition: form-data; name=a", "it has no end"),
        (b"--frontier\r\n\r\nx\r\n--frontier--", "a part has no name"),
        (form([b"x"], "Content-Disposition: form-data"), "a part has no name"),
        (form([b""] * 100_000), "it has too many parts"),
        (b"x" * 10 * 2**20, "Expected boundary"),
        (b"hello\r\n" + form([b"x"]), "Expected boundary"),
        (b"--frontier\r\nContent-Disposition: " + b"x" * 10 * 2**20, "Maximum header size"),
        (b"--frontier\r\n" + b"x" * 10 * 2**20, "Maximum header size"),
        (b"--frontier\r\n" + b"X: y\r\n" * 100_000, "Maximum header count"),
    ],
)
def test_what_no_client_sends_is_refused(body: bytes, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        read(body)


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("multipart/form-data", "names no boundary"),
        ("multipart/form-data; boundary=", "names no boundary"),
        (f"multipart/form-data; boundary={'x' * 300}", "Boundary length"),
    ],
)
def test_a_type_without_a_boundary_is_refused(kind: str, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        read(form([b"x"]), kind=kind)
