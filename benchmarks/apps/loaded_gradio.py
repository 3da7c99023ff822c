"""The app that the tests of `load` load, behind a login: `python loaded_gradio.py PORT FOLDER`."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr  # type: ignore[import-not-found]  # lives in its own environment

FOLDER = Path(sys.argv[2])


def calculate(num1: float, operation: str, num2: float) -> float:
    """Reckon."""
    if operation == "divide" and num2 == 0:
        raise gr.Error("Cannot divide by zero.", title="Arithmetic")
    return num1 / num2 if operation == "divide" else num1 + num2


def story(text: str, progress: Any = gr.Progress()) -> Iterator[str]:  # noqa: B008  # as Gradio wants it
    """Say a text word by word."""
    words = list(progress.tqdm(text.split(), desc="Reading"))
    gr.Warning("Read.", duration=3)
    said = ""
    for word in words:
        said += f"{word} "
        yield said
        time.sleep(0.05)


def endless(text: str) -> Iterator[str]:
    """Go on until it is stopped, and leave a note then."""
    try:
        yield text
        while True:
            time.sleep(0.05)
            yield text
    finally:
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / "stopped").touch()


def mirror(picture: Any) -> Any:
    """Swap left and right."""
    return picture[:, ::-1]


def count(word: str, times: int | None) -> tuple[str, int]:
    """Tell how often it was called by the same visitor."""
    times = (times or 0) + 1
    return f"{word} {times}", times


def several(files: Any, table: Any, gallery: Any) -> Any:
    """Hand back what was given, and show what else there is."""
    label, pieces = {"cat": 0.75, "dog": 0.25}, [("Ada", "person"), (" was here", None)]
    return files, table, gallery, label, pieces, {"answer": [42]}


def talk(text: str) -> list[dict[str, str]]:
    """Answer politely."""
    return [{"role": "user", "content": text}, {"role": "assistant", "content": f"You said {text}."}]


def fail(text: str) -> str:
    """Fail, and tell nobody why."""
    raise ValueError(f"secret {text}")


with gr.Blocks(title="All that can be loaded") as demo:
    text, times, picture = gr.Textbox(label="Text", info="A few words", lines=2), gr.State(), gr.Image(label="im")
    out = gr.Textbox(label="Said")
    files = gr.File(label="Files", file_count="multiple")
    table, gallery = gr.Dataframe(label="Table", headers=["x", "y"]), gr.Gallery(label="Pictures")
    operation = gr.Radio(["add", "divide"], value="add", label="operation")
    numbers = [gr.Number(2, label="num1"), operation, gr.Slider(0, 10, value=3, step=0.5, label="num2")]
    shown = [gr.File(file_count="multiple"), gr.Dataframe(), gr.Gallery(), gr.Label(), gr.HighlightedText(), gr.JSON()]
    for fn, inputs, outputs in (
        (calculate, numbers, gr.Number(label="Result")),
        (story, text, out),
        (endless, text, out),
        (mirror, picture, gr.Image(label="Mirrored")),
        (count, [text, times], [out, times]),
        (several, [files, table, gallery], shown),
        (talk, text, gr.Chatbot(label="Talk")),
        (fail, text, out),
    ):
        gr.Button(fn.__name__).click(fn, inputs, outputs, api_name=fn.__name__)

if __name__ == "__main__":
    demo.launch(server_port=int(sys.argv[1]), auth=("ann", "secret"))
