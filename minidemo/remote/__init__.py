"""Clients of remote apps, made with minidemo or Gradio."""
