"""Examples: values to fill the inputs in with, and the outputs that they give."""
