"""Examples of DownloadButton."""

from minidemo import DownloadButton
from tests.components.examples.example import Example
from tests.components.examples.file import FILES, NO_FILES

EXAMPLES = {
    DownloadButton: [
        Example(name="DownloadButton", make=DownloadButton, wire=FILES, wrong=(*NO_FILES, [])),
    ],
}
