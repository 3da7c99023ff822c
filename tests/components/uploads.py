"""Files for the tests, as an input holds them after a visitor has sent them."""

from minidemo.content.media import Media, plain_name


def sent(data: bytes, name: str = "notes.txt") -> Media:
    """Return an uploaded file; the server keeps a name that is only a name."""
    media = Media.of_bytes(data, plain_name(name))
    media.uploaded = True
    return media
