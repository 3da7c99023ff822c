"""The JSON shapes on the wire, one file for each topic."""
