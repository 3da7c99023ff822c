"""Rendering of templates, static files and the words of scripts."""
