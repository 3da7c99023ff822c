"""Endpoints: the functions a page offers, their signatures and API names."""
