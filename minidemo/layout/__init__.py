"""The tree of a page: containers and buttons, with components as leaves."""
