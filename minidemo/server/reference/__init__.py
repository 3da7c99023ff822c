"""The reference of the API: the page for people, OpenAPI for programs."""
