"""Schemas: every JSON shape on the wire."""
