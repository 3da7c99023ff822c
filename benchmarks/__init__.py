"""minidemo, Gradio and the same job written by hand on FastAPI, measured side by side."""
