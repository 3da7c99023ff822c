"""Requests, responses, event streams and uploads."""
