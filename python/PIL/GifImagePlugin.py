"""Importing it makes ``PIL.Image`` know the format GIF."""

from . import Image

Image.register("GIF")
