"""Examples: values for the inputs, and their outputs."""
