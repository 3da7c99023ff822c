"""The calculator without a limit on Gradio: `python unlimited_gradio.py PORT FLAGGING_DIR`."""

import sys

import gradio as gr  # type: ignore[import-not-found]  # lives in its own environment


def calculate(num1: float, operation: str, num2: float) -> float:
    """Apply the operation to the two numbers."""
    if operation == "add":
        return num1 + num2
    if operation == "subtract":
        return num1 - num2
    if operation == "multiply":
        return num1 * num2
    return num1 / num2


demo = gr.Interface(
    calculate,
    ["number", gr.Radio(["add", "subtract", "multiply", "divide"]), "number"],
    "number",
    concurrency_limit=None,
    flagging_dir=sys.argv[2],
    flagging_options=["incorrect", "off-topic"],
)

if __name__ == "__main__":
    demo.launch(server_port=int(sys.argv[1]))
