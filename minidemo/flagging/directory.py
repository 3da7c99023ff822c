"""The file system of a flagging folder: local disk or network share."""

import logging
from pathlib import Path

NETWORK = {"9p", "afs", "ceph", "cifs", "davfs", "glusterfs", "lustre", "nfs", "nfs4", "smb3", "smbfs", "vboxsf"}
"""File system types that several machines may write to."""
MOUNTS = Path("/proc/self/mountinfo")
logger = logging.getLogger("minidemo")


def warn_of_network(folder: Path, mounts: Path = MOUNTS) -> None:
    """Warn about a folder on a share, whose locks may not hold."""
    kind = network(folder, mounts)
    if kind:
        logger.warning(
            "%s lies on a network file system (%s). Flags of several machines may be lost there unless its locks work "
            "between them; give each machine a flagging_dir of its own.",
            folder,
            kind,
        )


def network(folder: Path, mounts: Path = MOUNTS) -> str | None:
    """Return a folder's network file system type, or None."""
    try:
        lines = mounts.read_text(errors="replace").splitlines()
    except OSError:
        return None
    best, kind = -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        point = before.split(" ")[4].encode().decode("unicode_escape")
        if folder.resolve().is_relative_to(point) and len(point) >= best:
            best, kind = len(point), after.split(" ")[0]
    return kind if kind in NETWORK or kind.startswith("fuse.") else None
