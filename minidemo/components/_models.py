"""What 3D models look like from outside: whether a file is what its name says, and whole."""

import io
import json
import re
import struct
from collections.abc import Callable
from typing import Any, BinaryIO

from minidemo.content.json_size import has_too_many_parts
from minidemo.content.media import Media

MIMES = {
    ".glb": "model/gltf-binary",
    ".gltf": "model/gltf+json",
    ".obj": "model/obj",
    ".stl": "model/stl",
    ".ply": "model/ply",
    ".splat": "application/octet-stream",
}
KINDS = "must be a 3D model: .glb, .gltf, .obj, .stl, .ply or .splat"
PYRAMID = b"""v 0 1 0
v -1 -1 1
v 1 -1 1
v 1 -1 -1
v -1 -1 -1
f 1 2 3
f 1 3 4
f 1 4 5
f 1 5 2
f 5 4 3 2
"""
_HEAD = 2**16
_OBJ_HEAD = 2**20
"""Bytes of an OBJ file among which there is a vertex."""
_TRIANGLE = 50
_SPLAT = 32


def fault(media: Media) -> str | None:
    """Say what is wrong with a file, or None."""
    check = _CHECKS.get(media.suffix)
    if check is None:
        return KINDS
    with media.path.open("rb") if media.path else io.BytesIO(media.read()) as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        return check(file, size)


def _glb(file: BinaryIO, size: int) -> str | None:
    head = file.read(20)
    if len(head) < 20 or head[:4] != b"glTF":
        return "is not a GLB file, though its name says so"
    version, length, part, kind = struct.unpack("<III4s", head[4:])
    if version != 2:
        return f"is a GLB file of version {version}; only version 2 can be read"
    if length > size or part > size - 20 or kind != b"JSON":
        return "is a damaged or truncated GLB file"
    return _gltf_text(file.read(part), "a GLB file")


def _gltf(file: BinaryIO, _: int) -> str | None:
    return _gltf_text(file.read(), "a glTF file")


def _gltf_text(data: bytes, name: str) -> str | None:
    if has_too_many_parts(data):
        return "is too complex: move the vertices from its JSON to its buffers"
    try:
        scene = json.loads(data)
    except (ValueError, RecursionError):
        return f"is not {name}: its JSON cannot be read"
    if not isinstance(scene, dict) or not isinstance(_get(scene.get("asset"), "version"), str):
        return f"is not {name}: its JSON names no version of glTF"
    for item in (*_list(scene, "buffers"), *_list(scene, "images")):
        uri = _get(item, "uri")
        if uri is not None and not str(uri).startswith("data:"):
            return f"must hold all its parts; it names the file {str(uri)[:60]!r}"
    return None


def _obj(file: BinaryIO, _: int) -> str | None:
    head = file.read(_OBJ_HEAD)
    if b"\0" not in head[:_HEAD] and re.search(rb"^[ \t]*+v\s", head, re.MULTILINE):
        return None
    return "is not an OBJ file, though its name says so"


def _stl(file: BinaryIO, size: int) -> str | None:
    head = file.read(_HEAD)
    if size >= 84 and size == 84 + _TRIANGLE * struct.unpack_from("<I", head, 80)[0]:
        return None
    if head.lstrip()[:5].lower() == b"solid":
        return None if re.search(rb"\b(facet|endsolid)\b", head, re.IGNORECASE) else "is a damaged STL file"
    return "is not a whole STL file, though its name says so"


def _ply(file: BinaryIO, _: int) -> str | None:
    head = file.read(_HEAD)
    if re.match(rb"ply\r?\n", head) and re.search(rb"^format (ascii|binary_\w+) ", head, re.MULTILINE):
        return None if b"end_header" in head else "is a damaged PLY file"
    return "is not a PLY file, though its name says so"


def _splat(_: BinaryIO, size: int) -> str | None:
    return None if size and size % _SPLAT == 0 else "is not a whole .splat file"


def _get(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def _list(scene: dict[str, Any], key: str) -> list[Any]:
    found = scene.get(key)
    return found if isinstance(found, list) else []


_CHECKS: dict[str, Callable[[BinaryIO, int], str | None]] = {
    ".glb": _glb,
    ".gltf": _gltf,
    ".obj": _obj,
    ".stl": _stl,
    ".ply": _ply,
    ".splat": _splat,
}
