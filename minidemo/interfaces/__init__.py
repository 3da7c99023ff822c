"""Interfaces that authors write: Interface, TabbedInterface, load, launch."""
