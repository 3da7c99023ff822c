"""The HTTP API of Gradio's, for its clients and for curl: a thin adapter over page, runner and files."""
