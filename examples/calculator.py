"""A calculator: two numbers and an operation."""

import minidemo as gr


def calculator(num1: float, operation: str, num2: float) -> float:
    """Add, subtract, multiply or divide."""
    if operation == "add":
        return num1 + num2
    if operation == "subtract":
        return num1 - num2
    if operation == "multiply":
        return num1 * num2
    if num2 == 0:
        raise gr.Error("Cannot divide by zero.")
    return num1 / num2


demo = gr.Interface(
    calculator,
    ["number", gr.Radio(["add", "subtract", "multiply", "divide"], value="add"), "number"],
    "number",
    title="Toy calculator",
    description="Two numbers and an operation. Flag a result that looks wrong.",
    flagging_options=["incorrect", "off-topic", ("Something else", "other")],
)

if __name__ == "__main__":
    demo.launch()
