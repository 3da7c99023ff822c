"""The demos that Gradio's clients are tried with: one page with a function for each thing that a client can do."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import minidemo as gr
from minidemo.interfaces.demo import Demo


def calculator(num1: float, operation: str, num2: float = 2) -> float:
    """Calculate with two numbers."""
    return num1 + num2 if operation == "add" else num1 * num2


def flip(picture: Any) -> Any:
    """Turn a picture upside down."""
    return picture.transpose(1)


def sizes(files: list[str]) -> str:
    """Tell the names and sizes of files."""
    return ", ".join(f"{Path(file).name} {Path(file).stat().st_size}" for file in files)


def story(words: float) -> Iterator[str]:
    """Tell a story, word by word."""
    text = ""
    for i in range(int(words)):
        text += f"word{i} "
        yield text


def steps(count: float, progress: gr.Progress = gr.Progress()) -> str:  # noqa: B008 - as Gradio's guide has it
    """Go some steps."""
    for _ in progress.tqdm(range(int(count)), desc="Going"):
        time.sleep(0.1)
    return "there"


def tally(number: float, total: float) -> tuple[float, float]:
    """Add to what there was before."""
    return total + number, total + number


def complain(message: str) -> str:
    """Say what is wrong."""
    raise gr.Error(message, title="Oops", duration=3)


def crash(_: str) -> str:
    """Fail with a secret."""
    raise RuntimeError("the secret of the author")


def stumble(_: str) -> Iterator[str]:
    """Give something, and fail then."""
    yield "so far so good"
    raise gr.Error("fell over")


def shout(texts: list[str]) -> tuple[list[str]]:
    """Make several texts loud at once."""
    return ([text.upper() for text in texts],)


def forever(_: str) -> Iterator[int]:
    """Count until somebody stops it."""
    i = 0
    while True:
        yield i
        i += 1
        time.sleep(0.01)


BELL = threading.Semaphore(0)
"""Wakes one call of `doze` for each of `ring`."""


def doze(_: str) -> str:
    """Sleep until the bell rings, which cannot be stopped."""
    BELL.acquire()
    return "awake"


def ring(_: str) -> str:
    """Ring the bell."""
    BELL.release()
    return "rung"


def chat(text: str) -> str:
    """Say this and that while it works."""
    gr.Info("one", title="First", duration=2)
    gr.Warning("two")
    gr.Success("three")
    return text


def long_enough(text: str) -> str:
    """Take only long texts."""
    return text


def check(text: str) -> Any:
    return gr.validate(len(text) > 3, "too short")


def hidden(text: str) -> str:
    """Be called, but not written about."""
    return text[::-1]


def secret(text: str) -> None:
    """Be for the page alone."""


def everything(flags: Path) -> Demo:
    """Return a page with a demo for each function; the calculator flags its runs by itself."""
    text: Any = "text"
    operation = gr.Radio(["add", "multiply"])
    demos = [
        gr.Interface(calculator, ["number", operation, "number"], "number", flagging_mode="auto", flagging_dir=flags),
        gr.Interface(flip, gr.Image(type="pil"), gr.Image()),
        gr.Interface(sizes, gr.File(file_count="multiple", label="The files"), text),
        gr.Interface(story, "number", text),
        gr.Interface(steps, "number", text),
        gr.Interface(tally, ["number", gr.State(0)], ["number", gr.State()]),
        gr.Interface(complain, text, text),
        gr.Interface(crash, text, text),
        gr.Interface(stumble, text, text),
        gr.Interface(shout, text, text, batch=True, max_batch_size=4),
        gr.Interface(forever, text, "number"),
        gr.Interface(doze, text, text),
        gr.Interface(ring, text, text),
        gr.Interface(chat, text, text),
        gr.Interface(long_enough, text, text, validator=check),
        gr.Interface(hidden, text, text, api_visibility="undocumented"),
        gr.Interface(secret, text, text, api_visibility="private"),
    ]
    return gr.TabbedInterface(demos)


NESTED: dict[str, Any] = {"path": "/etc/hosts", "list": [{"path": "a"}, {"b": [1, 2.5, None]}], "text": "é"}


def nested(count: float) -> Iterator[Any]:
    """Give objects of any shape, also such as look like files."""
    for i in range(int(count)):
        yield NESTED | {"list": NESTED["list"] * i, "i": i}
    yield NESTED


def of_objects() -> Demo:
    """Return a demo whose outputs may be anything."""
    demos = [
        gr.Interface(nested, "number", "json"),
        gr.Interface(calculator, ["number", "text", "number"], "number", flagging_mode="never"),
    ]
    return gr.TabbedInterface(demos)


def crowded() -> Demo:
    """Return a demo whose functions have room for two calls each."""
    demos = [gr.Interface(call, "text", "text", flagging_mode="never") for call in (doze, ring)]
    return gr.TabbedInterface(demos).queue(max_size=1)
