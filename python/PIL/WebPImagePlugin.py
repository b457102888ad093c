"""Importing it makes ``PIL.Image`` know the format WEBP."""

from . import Image

Image.register("WEBP")
