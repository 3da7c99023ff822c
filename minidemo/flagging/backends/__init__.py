"""The flagging backends, one per file."""
