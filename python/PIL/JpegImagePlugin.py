"""Importing it makes ``PIL.Image`` know the format JPEG."""

from . import Image

Image.register("JPEG")
