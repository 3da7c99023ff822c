"""A sepia filter on minidemo: `python sepia_minidemo.py PORT FLAGGING_DIR`."""

import sys

from PIL import Image

import minidemo as gr

TONES = (0.393, 0.769, 0.189, 0, 0.349, 0.686, 0.168, 0, 0.272, 0.534, 0.131, 0)


def sepia(im: Image.Image) -> Image.Image:
    """Mix the colours of each pixel into tones of brown."""
    return im.convert("RGB", TONES)


demo = gr.Interface(sepia, gr.Image(type="pil"), "image", flagging_dir=sys.argv[2])

if __name__ == "__main__":
    demo.launch(server_port=int(sys.argv[1]))
