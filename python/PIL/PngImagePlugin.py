"""Importing it makes ``PIL.Image`` know the format PNG."""

from . import Image

Image.register("PNG")
