"""Route handlers, one file for each path."""
