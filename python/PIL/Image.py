"""Opens and makes images."""

import builtins
import io
import os
import struct
import warnings

from . import UnidentifiedImageError, _host
from ._exif import Exif
from ._headers import READERS
from ._image import Image
from ._modes import BANDS, ENUMS, Dither, Palette, Quantize, Resampling, Transpose, pixel_bytes
from ._source import Source
from ._unsupported import StubUsed

# Pillow's old names of its numbers.
globals().update({item.name: item for enum in ENUMS for item in enum})
ANTIALIAS = Resampling.LANCZOS
LINEAR = Resampling.BILINEAR
CUBIC = Resampling.BICUBIC

#: Above it a warning, above twice as much an error: a small file may hold a gigantic image.
MAX_IMAGE_PIXELS = int(1024 * 1024 * 1024 // 4 // 3)

#: The formats that ``open`` knows, in the order they are tried.
ID = []
MIME = {
    "BMP": "image/bmp",
    "GIF": "image/gif",
    "ICO": "image/x-icon",
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "TIFF": "image/tiff",
    "WEBP": "image/webp",
}
EXTENSION = {
    ".bmp": "BMP",
    ".gif": "GIF",
    ".ico": "ICO",
    ".jfif": "JPEG",
    ".jpe": "JPEG",
    ".jpeg": "JPEG",
    ".jpg": "JPEG",
    ".pdf": "PDF",
    ".png": "PNG",
    ".tif": "TIFF",
    ".tiff": "TIFF",
    ".webp": "WEBP",
}

# Odoo sets it to 2 after preinit(), so that no further format is ever taken up.
_initialized = 0

_EVERY_PROCESS = ("BMP", "GIF", "JPEG", "PNG")
_ON_DEMAND = ("ICO", "TIFF", "WEBP")


class DecompressionBombWarning(RuntimeWarning):
    """An image is larger than MAX_IMAGE_PIXELS."""


class DecompressionBombError(Exception):
    """An image is more than twice as large as MAX_IMAGE_PIXELS."""


def register(name):
    """Has ``open`` know a format."""
    if name not in ID:
        ID.append(name)


def preinit():
    """Makes the usual formats known."""
    global _initialized
    if _initialized < 1:
        for name in _EVERY_PROCESS:
            register(name)
        _initialized = 1


def init():
    """Makes all formats known; answers whether there were new ones."""
    global _initialized
    if _initialized >= 2:
        return 0
    preinit()
    for name in _ON_DEMAND:
        register(name)
    _initialized = 2
    return 1


def open(fp, mode="r", formats=None):
    """Opens a picture file by its header; pixels are read when they are needed."""
    if mode != "r":
        raise ValueError("bad mode %r" % (mode,))
    if isinstance(fp, io.StringIO):
        raise ValueError("StringIO cannot be used to open an image. Binary data must be used instead.")
    data, shown = _content(fp)
    preinit()
    image = _identify(data, formats or ID)
    if image is None and init():
        image = _identify(data, formats or ID)
    if image is None:
        raise UnidentifiedImageError("cannot identify image file %r" % (shown,))
    return image


def _content(fp):
    if isinstance(fp, (str, bytes, os.PathLike)):
        path = os.fspath(fp)
        with builtins.open(path, "rb") as stream:
            return stream.read(), path
    if hasattr(fp, "seek"):
        fp.seek(0)
    return fp.read(), fp


def _identify(data, formats):
    for name in formats:
        reader = READERS.get(name.upper())
        try:
            header = reader(data) if reader is not None else None
        except (struct.error, IndexError):
            continue
        if header is None:
            continue
        _check_size(header.size)
        image = Image()
        image.format = image.format_description = name.upper()
        image.mode, image._size, image.info = header.mode, header.size, header.info
        image._source = Source(data, name.upper(), header)
        return image
    return None


def _check_size(size):
    if MAX_IMAGE_PIXELS is None:
        return
    pixels = max(1, size[0]) * max(1, size[1])
    message = "Image size (%d pixels) exceeds limit of %d pixels, could be decompression bomb DOS attack."
    if pixels > 2 * MAX_IMAGE_PIXELS:
        raise DecompressionBombError(message % (pixels, 2 * MAX_IMAGE_PIXELS))
    if pixels > MAX_IMAGE_PIXELS:
        warnings.warn(message % (pixels, MAX_IMAGE_PIXELS), DecompressionBombWarning)


def new(mode, size, color=0):
    """An image of one colour."""
    width, height = size
    if width < 0 or height < 0:
        raise ValueError("Width and height must be >= 0")
    if isinstance(color, str):
        from .ImageColor import getcolor

        color = getcolor(color, mode)
    pixel = pixel_bytes(mode, 0 if color is None else color) if mode in BANDS else b"\0"
    return Image._of(_host.make("create", mode, width, height, pixel))


def frombytes(mode, size, data, decoder_name="raw", *args):
    """An image of pixels, row by row."""
    if decoder_name != "raw" or mode == "1" or any(arg not in (mode, 0, 1) for arg in args):
        raise StubUsed("Image.frombytes", "has no decoders")
    return Image._of(_host.make("load", mode, size[0], size[1], bytes(data)))


frombuffer = frombytes


def isImageType(thing):
    """Whether something is an image."""
    return isinstance(thing, Image)


def getmodebands(mode):
    """How many bands a mode has."""
    return len(BANDS[mode])


def getmodebandnames(mode):
    """The names of a mode's bands."""
    return BANDS[mode]


def registered_extensions():
    """Endings of file names, and the formats they mean."""
    init()
    return EXTENSION


__all__ = [
    "Dither",
    "Exif",
    "Image",
    "Palette",
    "Quantize",
    "Resampling",
    "Transpose",
    "UnidentifiedImageError",
    "new",
    "open",
]
