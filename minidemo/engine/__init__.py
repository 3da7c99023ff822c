"""The engine: runs a call, and stores a flag."""
