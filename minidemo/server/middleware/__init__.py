"""Middleware: applies to every request."""
