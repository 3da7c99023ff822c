"""Remote: apps of minidemo's or Gradio's that run elsewhere, as a program calls them."""
