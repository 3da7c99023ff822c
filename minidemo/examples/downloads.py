"""Examples whose values are addresses."""

from minidemo.content.media import Media, files_of
from minidemo.content.tree import map_tree
from minidemo.examples.checks import checked
from minidemo.page.page import Page
from minidemo.stores.base import BaseFileStore


def fetch(page: Page, files: BaseFileStore) -> None:
    """Download the files at addresses in a page's examples; raise `ConfigurationError` if one does not fit."""
    for examples in page.examples.values():
        endpoint = page.endpoint(examples.endpoint)
        for row in examples.rows:
            for place, value in row.values.items():
                if any(media.url for media in files_of(value)):
                    with checked(endpoint, row.place, endpoint.input_names[place]):
                        files.fetch(value)
                        examples.inputs[place].check_example(map_tree(value, Media, Media.duplicate))
