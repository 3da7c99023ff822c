"""Flags: the backend contract, and the built-in backends."""
