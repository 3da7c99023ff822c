"""MCP: the public endpoints of a demo as tools for agents; loaded by those demos that offer it."""
