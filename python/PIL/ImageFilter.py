"""Pillow's ``ImageFilter``: its names can be imported; using one raises StubUsed."""

from ._unsupported import module_getattr

__getattr__ = module_getattr(__name__)
