"""An author's arguments become a page: fields, type hints, buttons, recipe."""
