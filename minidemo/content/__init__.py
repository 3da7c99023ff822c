"""Content of any kind: media, Markdown, sanitized HTML, differences of JSON."""
