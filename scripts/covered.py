"""Be a worker of pytest-xdist that coverage follows where Playwright runs: `--tx popen//python=scripts/covered.py`.

Playwright's blocking interface switches greenlets under the tests, so coverage keeps what it knows by greenlet, in a
dictionary that forgets those which are gone. Where several threads end at once, their greenlets go while Python is busy
with the first; a callback written in Python then never gets past its first line, if it is traced (Python 3.11). Here
the dictionary forgets without one.
"""

import sys
import weakref
from typing import Any

from coverage import Coverage


class Forgetful(weakref.WeakKeyDictionary[Any, Any]):
    """Forgets a key that is gone by a function that is not written in Python."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._remove = self.data.pop


if __name__ == "__main__":
    weakref.WeakKeyDictionary = Forgetful  # type: ignore[misc]  # for coverage, which makes its own when it starts
    # Of the tests alone: all lines of the package are covered without a browser, and tracing them here takes long.
    Coverage(auto_data=True, concurrency=["thread", "greenlet"], source_pkgs=["tests"]).start()
    exec(sys.argv[-1])  # as python -c does, which pytest-xdist takes this for
