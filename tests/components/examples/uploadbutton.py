"""Examples of UploadButton."""

from functools import partial

from hypothesis import strategies as st

from minidemo import UploadButton
from tests.components.examples.example import Example
from tests.components.examples.file import FILES, NO_FILES, tables
from tests.components.uploads import sent

EXAMPLES = {
    UploadButton: [
        Example(name="UploadButton", make=UploadButton, wire=FILES, wrong=(*NO_FILES, [])),
        Example(
            name="UploadButton for tables",
            make=partial(UploadButton, file_count="multiple", file_types=[".csv"], type="binary"),
            wire=st.lists(tables(), max_size=4),
            wrong=(*NO_FILES, [sent(b"", "notes.txt")]),
        ),
    ],
}
