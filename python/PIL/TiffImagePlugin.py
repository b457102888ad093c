"""Importing it makes ``PIL.Image`` know the format TIFF."""

from . import Image

Image.register("TIFF")
