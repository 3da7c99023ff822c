"""Breaks a folder of flags in every way that is known, and counts what was lost."""
