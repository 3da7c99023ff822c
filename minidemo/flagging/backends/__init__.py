"""Flagging backends: one file for each."""
