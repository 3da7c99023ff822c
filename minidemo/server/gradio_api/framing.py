"""Format of messages and events in a stream."""

from minidemo.server.wire import responses


def data(content: object) -> bytes:
    """Return one message as Gradio's clients read it, without a name."""
    return b"data: %s\n\n" % responses.encode(content)


def event(name: str, content: object) -> bytes:
    """Return one event with a name, for curl users."""
    return b"event: %s\ndata: %s\n\n" % (name.encode(), responses.encode(content))
