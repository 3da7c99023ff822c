"""Every component, as an input and as an output."""

import math
import shutil
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw

import minidemo as gr

try:
    import numpy
    from matplotlib.figure import Figure
except ModuleNotFoundError as error:
    raise SystemExit(f"This example needs {error.name}. Run: pip install 'minidemo[all]'") from None

COLOURS: list[str | tuple[str, str]] = ["red", "green", ("A rather long name for a colour", "blue")]
PICTURE = Image.linear_gradient("L").resize((320, 200)).convert("RGB")
REGIONS = [
    ((40, 40, 140, 160), "cat"),
    (Image.radial_gradient("L").resize((320, 200)).point(lambda x: 255 * (x < 70)), "sun"),
]
SHOTS = [(Image.effect_mandelbrot((200, 200), (x, -1, x + 1, 0), 50), f"From {x}") for x in (-2, -1, 0)]
FILM = shutil.copy(Path(__file__).with_name("film.webm"), tempfile.mkdtemp())
SOURCE = '''def area(radius: float) -> float:
    """Return the area of a circle."""
    return 3.14159 * radius**2  # roughly
'''
MODEL = shutil.copy(Path(__file__).with_name("ring.glb"), tempfile.mkdtemp())
CONVERSATION = [
    {"role": "user", "content": "Which numbers are *prime*?"},
    {"role": "assistant", "content": "Those with two divisors:\n\n- 2\n- 3\n- 5 …"},
]
SENTENCE = [("Ada Lovelace", "person"), (" was born in ", None), ("London", "place"), (" in ", None), ("1815", "date")]
HEADERS = ["name", "born", "alive", "day"]
PEOPLE = [
    ["Ada Lovelace", 1815, False, "12-10"],
    ["Alan Turing", 1912, False, "06-23"],
    ["Donald Knuth", 1938, True, "01-10"],
]
TABLE = """<table><caption>Stations</caption>
<tr><th>Place</th><th>Trains</th></tr>
<tr><td>Kyoto</td><td style="color: white; background-color: #1d6b42">12</td></tr>
<tr><td>Nara</td><td style="color: white; background-color: #a3123a">3</td></tr></table>"""
TEXT = """## A heading

A paragraph with *emphasis*, `code` and a [link](https://example.org).

1. One
2. Two

```python
print("Hello")
```
"""
SHEET = Path(FILM).with_name("visitors.csv")
SHEET.write_text("cat,dog,fox\n6,3,1\n", encoding="utf-8")


def plot() -> Figure:
    """Draw some bars."""
    figure = Figure(figsize=(6, 4.5), layout="constrained")
    axes = figure.subplots()
    axes.bar(["cat", "dog", "fox"], [6, 3, 1], color="#2456c9")
    axes.set(title="Visitors of a garden", ylabel="a day")
    return figure


SECONDS = numpy.arange(3 * 16_000) / 16_000
CHIRP = (16_000, numpy.sin(200 * math.tau * SECONDS**2) * numpy.exp(-SECONDS) * numpy.cos(9 * SECONDS) ** 2 / 2)


def drawn(color: str = "black") -> Image.Image:
    """Return a layer with a curve on it."""
    layer = Image.new("RGBA", (320, 200))
    ImageDraw.Draw(layer).arc((60, 30, 260, 170), 20, 240, color, width=12)
    return layer


INPUTS: list[gr.Component] = [
    gr.Audio(CHIRP, label="Audio"),
    gr.Button("Press me", label="Button", variant="primary"),
    gr.Chatbot(CONVERSATION, label="Chatbot", height=300),
    gr.Checkbox(True, label="Checkbox"),
    gr.CheckboxGroup(COLOURS, value=["red", "blue"], label="CheckboxGroup", show_select_all=True),
    gr.ClearButton(value="Empty all", label="ClearButton"),
    gr.Code(SOURCE, "python", label="Code"),
    gr.ColorPicker("#2456c9", label="ColorPicker"),
    gr.Dataframe(PEOPLE, headers=HEADERS, type="array", label="Dataframe"),
    gr.DateTime("2026-01-31 12:00:00", label="DateTime"),
    gr.DownloadButton("DownloadButton", SHEET),
    gr.Dropdown(COLOURS, label="Dropdown"),
    gr.File(SHEET, label="File"),
    gr.Gallery(SHOTS, label="Gallery", columns=3),
    gr.HTML(TABLE, label="HTML"),
    gr.HighlightedText(SENTENCE, label="HighlightedText"),
    gr.Image(PICTURE, label="Image", type="pil"),
    gr.ImageEditor({"background": PICTURE, "layers": [drawn("crimson")]}, label="ImageEditor", type="pil"),
    gr.ImageMask({"background": PICTURE, "layers": [drawn()]}, label="ImageMask", type="pil"),
    gr.JSON({"name": "Ada", "born": [1815, 12, 10]}, label="JSON"),
    gr.Markdown(TEXT, label="Markdown"),
    gr.Model3D(MODEL, label="Model3D"),
    gr.Number(5, label="Number"),
    gr.Paint(drawn("crimson"), label="Paint", type="pil"),
    gr.Radio(COLOURS, value="red", label="Radio"),
    gr.Sketchpad(drawn(), label="Sketchpad", type="pil"),
    gr.Slider(0, 10, 3, label="Slider"),
    gr.Textbox("Some text", lines=3, label="Textbox", info="Tell us something."),
    gr.UploadButton("UploadButton", SHEET),
    gr.Video(FILM, label="Video"),
]
OUTPUTS: list[gr.Component] = [
    gr.Audio(label="Audio out"),
    gr.Button(label="Button out"),
    gr.Chatbot(label="Chatbot out"),
    gr.Checkbox(label="Checkbox out"),
    gr.CheckboxGroup(COLOURS, label="CheckboxGroup out"),
    gr.ClearButton(label="ClearButton out"),
    gr.Code(language="python", label="Code out"),
    gr.ColorPicker(label="ColorPicker out"),
    gr.Dataframe(headers=HEADERS, label="Dataframe out"),
    gr.DateTime(label="DateTime out"),
    gr.DownloadButton("DownloadButton out"),
    gr.Dropdown(COLOURS, label="Dropdown out"),
    gr.File(label="File out"),
    gr.Gallery(label="Gallery out", columns=3),
    gr.HTML(label="HTML out"),
    gr.HighlightedText(label="HighlightedText out", show_legend=True),
    gr.Image(label="Image out"),
    gr.ImageEditor(label="ImageEditor out"),
    gr.ImageMask(label="ImageMask out"),
    gr.JSON(label="JSON out"),
    gr.Markdown(label="Markdown out"),
    gr.Model3D(label="Model3D out"),
    gr.Number(label="Number out"),
    gr.Paint(label="Paint out"),
    gr.Radio(COLOURS, label="Radio out"),
    gr.Sketchpad(label="Sketchpad out"),
    gr.Slider(0, 10, label="Slider out"),
    gr.Textbox(label="Textbox out"),
    gr.UploadButton("UploadButton out"),
    gr.Video(label="Video out"),
    # What only comes out:
    gr.AnnotatedImage((PICTURE, REGIONS), label="AnnotatedImage"),
    gr.Label({"cat": 0.7, "dog": 0.2, "fox": 0.1}, label="Label"),
    gr.Plot(plot, label="Plot"),
]


def kitchen_sink(*values: object) -> tuple[object, ...]:
    """Hand everything back, and add what only comes out."""
    return (*values, (PICTURE, REGIONS), {"cat": 0.6, "dog": 0.3, "fox": 0.1}, plot())


demo = gr.Interface(
    kitchen_sink,
    INPUTS,
    OUTPUTS,
    title="Kitchen sink",
    description="Every component there is: press Submit, and each shows on the right what it holds on the left.",
    flagging_options=["wrong", "odd"],
)

if __name__ == "__main__":
    demo.launch()
