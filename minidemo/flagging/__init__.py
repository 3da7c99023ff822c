"""Flags: the contract of a backend, and the backends that are built in: one a file."""
