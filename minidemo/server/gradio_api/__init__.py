"""Gradio's HTTP API, for its clients and curl."""
