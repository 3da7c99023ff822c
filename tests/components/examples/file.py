"""Examples of File, and the files that a visitor may send."""

from functools import partial
from typing import Any

from hypothesis import strategies as st

from minidemo import File
from minidemo.content.media import Media
from tests.components.examples.example import TEXT, Example
from tests.components.uploads import sent

ENDINGS = st.sampled_from(["", ".txt", ".csv", ".TXT", ".tar.gz", ".pdf", ".docx", ".x"])
NAMES = st.builds(lambda stem, ending: stem + ending, TEXT, ENDINGS)
FILES = st.builds(sent, st.binary(max_size=40), NAMES)
"""Any content, also none, under any name."""

NO_FILES: tuple[Any, ...] = ("notes.txt", 5, True, {}, {"path": "/etc/passwd"}, {"url": "http://127.0.0.1/notes.txt"})


def tables(ending: str = ".csv") -> st.SearchStrategy[Media]:
    """Return files with one ending."""
    return st.builds(lambda data, stem: sent(data, f"{stem}a{ending}"), st.binary(max_size=40), TEXT)


EXAMPLES = {
    File: [
        Example(name="File", make=File, wire=FILES, wrong=(*NO_FILES, [], [sent(b"")])),
        Example(name="File in bytes", make=partial(File, type="binary"), wire=FILES, wrong=NO_FILES),
        Example(
            name="File of several",
            make=partial(File, file_count="multiple"),
            wire=st.lists(FILES, max_size=4),
            wrong=(*NO_FILES, sent(b""), [None], [[sent(b"")]], ["notes.txt"], [sent(b""), {}]),
        ),
        Example(
            name="File of a folder",
            make=partial(File, file_count="directory", type="binary"),
            wire=st.lists(FILES, max_size=4),
            wrong=(*NO_FILES, sent(b"")),
        ),
        Example(
            name="File with a table",
            make=partial(File, file_types=["image", ".csv"]),
            wire=tables(),
            wrong=(sent(b"", "notes.txt"), sent(b"", "csv"), sent(b"a", "cat.png"), sent(b"", "a.csv.exe")),
        ),
    ],
}
