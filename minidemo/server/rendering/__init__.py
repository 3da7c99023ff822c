"""Rendering: templates, static files, and the words of a page's scripts."""
