"""Importing it makes ``PIL.Image`` know the format ICO."""

from . import Image

Image.register("ICO")
