"""Settings of how files are read."""

from ._image import Image as ImageFile
from ._unsupported import module_getattr

#: Whether a file that ends early gives what there is of it, instead of OSError.
LOAD_TRUNCATED_IMAGES = False
MAXBLOCK = 65536

__all__ = ["LOAD_TRUNCATED_IMAGES", "MAXBLOCK", "ImageFile"]

__getattr__ = module_getattr(__name__)
