"""Stores: the runs, files, sessions and links that the server remembers."""
