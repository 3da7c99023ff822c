"""A text that grows on minidemo: `python story_minidemo.py PORT FLAGGING_DIR`."""

import sys
import time
from collections.abc import Iterator

import minidemo as gr


def story(pieces: float) -> Iterator[str]:
    """Give a text with ten characters more each time, a thousand times a second at the most."""
    text = ""
    for i in range(int(pieces)):
        text += f"{i:09} "
        time.sleep(0.001)
        yield text


demo = gr.Interface(story, "number", "text", flagging_dir=sys.argv[2])

if __name__ == "__main__":
    demo.launch(server_port=int(sys.argv[1]))
