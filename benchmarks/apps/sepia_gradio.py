"""A sepia filter on Gradio: `python sepia_gradio.py PORT FLAGGING_DIR`."""

import sys

import gradio as gr  # type: ignore[import-not-found]  # lives in its own environment
from PIL import Image

TONES = (0.393, 0.769, 0.189, 0, 0.349, 0.686, 0.168, 0, 0.272, 0.534, 0.131, 0)


def sepia(im: Image.Image) -> Image.Image:
    """Mix the colours of each pixel into tones of brown."""
    return im.convert("RGB", TONES)


demo = gr.Interface(sepia, gr.Image(type="pil"), "image", flagging_dir=sys.argv[2])

if __name__ == "__main__":
    demo.launch(server_port=int(sys.argv[1]))
