"""Routes: one file for each address."""
