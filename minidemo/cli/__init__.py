"""The command `minidemo`, which serves demos and manages their flags."""

import errno
import os
import sys
from collections.abc import Sequence

from minidemo.cli._parser import parser
from minidemo.errors import MinidemoError
from minidemo.flagging.store._database import Unreadable

_HINTS = {
    errno.EACCES: "Run the command as the user who runs the demo.",
    errno.EPERM: "Run the command as the user who runs the demo.",
    errno.EROFS: "The disk cannot be written to; copy the directory to another.",
    errno.EAGAIN: "Try again in a moment.",
    errno.ENOSPC: "Make room on the disk, and try again.",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit code.

    It is 0, or 1 for findings or a refusal, or 2 after an error.
    """
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it ends
        return 0
    except KeyboardInterrupt:
        return 130
    except (OSError, Unreadable, MinidemoError) as error:
        print(f"minidemo: {_sentence(error)}", file=sys.stderr)
        return 2
    return code


def _sentence(error: Exception) -> str:
    """Return a sentence about an error, with a remedy."""
    if not isinstance(error, OSError) or error.strerror is None:
        return str(error)
    where = "" if error.filename is None else f": {error.filename}"
    message = f"{error.strerror}{where}".rstrip(".")
    return " ".join([f"{message}.", *filter(None, [_HINTS.get(error.errno or 0)])])
