"""Framing: messages and events as they travel in a stream."""

from minidemo.server.wire import responses


def data(content: object) -> bytes:
    """Return one message: Gradio's clients read nothing but lines of data, with a blank line after each."""
    return b"data: %s\n\n" % responses.encode(content)


def event(name: str, content: object) -> bytes:
    """Return one event with its name, as those read it who use curl."""
    return b"event: %s\ndata: %s\n\n" % (name.encode(), responses.encode(content))
