"""3D models for the tests: a cube in every format."""

import base64
import json
import struct
from typing import Any

CORNERS = [(x, y, z) for x in (-1.0, 1.0) for y in (-1.0, 1.0) for z in (-1.0, 1.0)]
FACES = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
DRACO = base64.b64decode(
    "RFJBQ08CAgEBAAAACAwACwAAA19LFQEBEAH/AAABAAkDAAACAQEBAAMDASABIAMAsEIxokCEAAAAAAD/BwAAAACAvwAAgL8AAIC/AAAAQAs="
)
"""The cube, as Draco's encoder compresses it."""
TRIANGLES = [corner for a, b, c, d in FACES for corner in ((a, b, c), (a, c, d))]


def obj(colour: tuple[float, float, float] | None = None) -> bytes:
    """Return a cube as OBJ, its faces four-sided, its vertices coloured if asked for."""
    tint = "".join(f" {part}" for part in colour or ())
    lines = [f"v {x} {y} {z}{tint}" for x, y, z in CORNERS]
    return "\n".join([*lines, *(f"f {' '.join(str(i + 1) for i in face)}" for face in FACES), ""]).encode()


def stl(*, text: bool = False) -> bytes:
    """Return a cube as STL."""
    if text:
        facets = [
            "facet normal 0 0 0\nouter loop\n"
            + "".join(f"vertex {x} {y} {z}\n" for x, y, z in (CORNERS[i] for i in triangle))
            + "endloop\nendfacet\n"
            for triangle in TRIANGLES
        ]
        return f"solid cube\n{''.join(facets)}endsolid cube\n".encode()
    facets_of_numbers = [
        struct.pack("<12fH", 0, 0, 0, *(part for i in triangle for part in CORNERS[i]), 0) for triangle in TRIANGLES
    ]
    return b"solid, though binary".ljust(80) + struct.pack("<I", len(TRIANGLES)) + b"".join(facets_of_numbers)


def pentagon() -> bytes:
    """Return a red pentagon in one face, as PLY."""
    corners = [(0, 1, 0), (0, 0.3, -1), (0, -0.8, -0.6), (0, -0.8, 0.6), (0, 0.3, 1)]
    head = ply(cloud=True).split(b"end_header\n")[0].replace(b"vertex 8", b"vertex 5").replace(b"face 0", b"face 1")
    rows = [f"{x} {y} {z} 255 0 0" for x, y, z in corners]
    return head + "\n".join(["end_header", *rows, "5 0 1 2 3 4", ""]).encode()


def ply(form: str = "ascii", *, cloud: bool = False) -> bytes:
    """Return a red cube, or its corners alone, as PLY."""
    faces = [] if cloud else FACES
    head = (
        f"ply\nformat {form} 1.0\ncomment a cube\nelement vertex {len(CORNERS)}\n"
        "property float x\nproperty float y\nproperty float z\n"
        "property uchar red\nproperty uchar green\nproperty uchar blue\n"
        f"element face {len(faces)}\nproperty list uchar int vertex_indices\nend_header\n"
    ).encode()
    if form == "ascii":
        rows = [f"{x} {y} {z} 255 0 0" for x, y, z in CORNERS]
        return head + "\n".join([*rows, *(f"4 {' '.join(map(str, face))}" for face in faces), ""]).encode()
    order = "<" if "little" in form else ">"
    corners = b"".join(struct.pack(f"{order}3f3B", *corner, 255, 0, 0) for corner in CORNERS)
    return head + corners + b"".join(struct.pack(f"{order}B4i", 4, *face) for face in faces)


def scene(**more: Any) -> tuple[dict[str, Any], bytes]:
    """Return a cube as glTF has it, in a colour and where its node puts it; `more` replaces parts of the scene."""
    positions = b"".join(struct.pack("<3f", *corner) for corner in CORNERS)
    indices = b"".join(struct.pack("<3H", *triangle) for triangle in TRIANGLES)
    told: dict[str, Any] = {
        "asset": {"version": "2.0"},
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0, "translation": [5, 0, 0], "rotation": [0, 0, 0, 1], "scale": [2, 2, 2]}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1, "material": 0}]}],
        "materials": [{"pbrMetallicRoughness": {"baseColorFactor": [1, 0, 0, 1]}}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": len(CORNERS), "type": "VEC3"},
            {"bufferView": 1, "componentType": 5123, "count": 3 * len(TRIANGLES), "type": "SCALAR"},
        ],
        "bufferViews": [
            {"buffer": 0, "byteOffset": 0, "byteLength": len(positions)},
            {"buffer": 0, "byteOffset": len(positions), "byteLength": len(indices)},
        ],
        "buffers": [{"byteLength": len(positions) + len(indices)}],
    }
    return told | more, positions + indices


def gltf(**more: Any) -> bytes:
    """Return a cube as glTF, with all in one JSON file."""
    told, data = scene(**more)
    told["buffers"][0]["uri"] = f"data:application/octet-stream;base64,{base64.b64encode(data).decode()}"
    return json.dumps(told).encode()


def glb(**more: Any) -> bytes:
    """Return a cube as binary glTF."""
    told, data = scene(**more)
    return packed(json.dumps(told).encode(), data)


def draco(data: bytes = DRACO) -> bytes:
    """Return a cube as binary glTF, its mesh compressed by Draco."""
    extension = "KHR_draco_mesh_compression"
    told, _ = scene(
        extensionsUsed=[extension],
        extensionsRequired=[extension],
        accessors=[
            {"componentType": 5126, "count": len(CORNERS), "type": "VEC3"},
            {"componentType": 5123, "count": 3 * len(TRIANGLES), "type": "SCALAR"},
        ],
        bufferViews=[{"buffer": 0, "byteLength": len(data)}],
        buffers=[{"byteLength": len(data)}],
    )
    [primitive] = told["meshes"][0]["primitives"]
    primitive["extensions"] = {extension: {"bufferView": 0, "attributes": {"POSITION": 0}}}
    return packed(json.dumps(told).encode(), data)


def moving() -> bytes:
    """Return a cube as binary glTF that grows to five times its size, and stays so for an hour."""
    times, sizes = struct.pack("<3f", 0, 0.1, 3600), struct.pack("<9f", *[1] * 3, *[5] * 6)
    told, data = scene()
    told["animations"] = [
        {
            "channels": [{"sampler": 0, "target": {"node": 0, "path": "scale"}}],
            "samplers": [{"input": 2, "output": 3, "interpolation": "STEP"}],
        }
    ]
    told["accessors"] += [
        {"bufferView": 2, "componentType": 5126, "count": 3, "type": "SCALAR", "min": [0], "max": [3600]},
        {"bufferView": 3, "componentType": 5126, "count": 3, "type": "VEC3"},
    ]
    told["bufferViews"] += [
        {"buffer": 0, "byteOffset": len(data), "byteLength": len(times)},
        {"buffer": 0, "byteOffset": len(data) + len(times), "byteLength": len(sizes)},
    ]
    told["buffers"] = [{"byteLength": len(data) + len(times) + len(sizes)}]
    return packed(json.dumps(told).encode(), data + times + sizes)


def splat(*splats: tuple[tuple[float, float, float], tuple[int, int, int, int]]) -> bytes:
    """Return round splats at some places in some colours, or red ones at the cube's corners."""
    found = splats or [(corner, (255, 0, 0, 255)) for corner in CORNERS]
    turned = (255, 128, 128, 128)
    return b"".join(struct.pack("<6f8B", *place, *[0.7] * 3, *colour, *turned) for place, colour in found)


def packed(text: bytes, data: bytes) -> bytes:
    """Return a GLB file of some JSON and some data."""
    text, data = text.ljust(-len(text) % 4 + len(text)), data.ljust(-len(data) % 4 + len(data), b"\0")
    parts = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(data), b"BIN\0") + data
    return struct.pack("<4sII", b"glTF", 2, 12 + len(parts)) + parts


MODELS = {
    "cube.glb": glb(),
    "cube.gltf": gltf(),
    "draco.glb": draco(),
    "cube.obj": obj((1, 0, 0)),
    "cube.stl": stl(),
    "text.stl": stl(text=True),
    "cube.ply": ply(),
    "little.ply": ply("binary_little_endian"),
    "big.ply": ply("binary_big_endian"),
    "cube.splat": splat(),
}
