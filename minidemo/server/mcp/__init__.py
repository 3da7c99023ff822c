"""MCP: a demo's public endpoints as tools for agents."""
