"""Importing it makes ``PIL.Image`` know the format BMP."""

from . import Image

Image.register("BMP")
