"""Ready-made operations on images."""

from ._modes import Transpose
from ._unsupported import module_getattr

_METHODS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


def exif_transpose(image, *, in_place=False):
    """A copy turned as its EXIF orientation says, which the copy does not have any more."""
    method = _METHODS.get(image.getexif().get(0x0112))
    if method is None:
        return None if in_place else image.copy()
    turned = image.transpose(method)
    exif = turned.getexif()
    exif.pop(0x0112, None)
    if "exif" in turned.info:
        turned.info["exif"] = exif.tobytes()
    if not in_place:
        return turned
    image._take(turned)
    return None


def flip(image):
    """Upside down."""
    return image.transpose(Transpose.FLIP_TOP_BOTTOM)


def mirror(image):
    """Left and right exchanged."""
    return image.transpose(Transpose.FLIP_LEFT_RIGHT)


def grayscale(image):
    """In shades of gray."""
    return image.convert("L")


__getattr__ = module_getattr(__name__)
