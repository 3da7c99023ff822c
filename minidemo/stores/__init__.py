"""Stores: the server's memory of runs, files, sessions and links."""
