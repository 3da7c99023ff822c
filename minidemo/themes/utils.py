"""The modules that Gradio has at this place."""

import minidemo.themes
from minidemo.themes import colors as colors
from minidemo.themes import sizes as sizes

fonts = minidemo.themes
"""The module of the fonts."""
