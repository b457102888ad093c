"""Pixel formats and the numbers of Pillow's methods."""

from enum import IntEnum

#: Mode: names of its bands.
BANDS = {
    "1": ("1",),
    "L": ("L",),
    "P": ("P",),
    "I": ("I",),
    "LA": ("L", "A"),
    "La": ("L", "a"),
    "RGB": ("R", "G", "B"),
    "RGBA": ("R", "G", "B", "A"),
    "RGBa": ("R", "G", "B", "a"),
    "CMYK": ("C", "M", "Y", "K"),
}


class Transpose(IntEnum):
    """Ways to turn and mirror."""

    FLIP_LEFT_RIGHT = 0
    FLIP_TOP_BOTTOM = 1
    ROTATE_90 = 2
    ROTATE_180 = 3
    ROTATE_270 = 4
    TRANSPOSE = 5
    TRANSVERSE = 6


class Resampling(IntEnum):
    """Filters for resizing."""

    NEAREST = 0
    BOX = 4
    BILINEAR = 2
    HAMMING = 5
    BICUBIC = 3
    LANCZOS = 1


class Dither(IntEnum):
    """Ways to dither."""

    NONE = 0
    ORDERED = 1
    RASTERIZE = 2
    FLOYDSTEINBERG = 3


class Palette(IntEnum):
    """Palettes to convert to."""

    WEB = 0
    ADAPTIVE = 1


class Quantize(IntEnum):
    """Ways to choose colours."""

    MEDIANCUT = 0
    MAXCOVERAGE = 1
    FASTOCTREE = 2
    LIBIMAGEQUANT = 3


ENUMS = (Transpose, Resampling, Dither, Palette, Quantize)

#: How far a filter reaches.
SUPPORT = {
    Resampling.BOX: 0.5,
    Resampling.BILINEAR: 1.0,
    Resampling.HAMMING: 1.0,
    Resampling.BICUBIC: 2.0,
    Resampling.LANCZOS: 3.0,
}


def pixel_bytes(mode, color):
    """One pixel of a mode as bytes, from a number or a tuple."""
    bands = len(BANDS[mode])
    if mode == "I":
        return int(color[0] if isinstance(color, (tuple, list)) else color).to_bytes(4, "little", signed=True)
    if isinstance(color, (int, float)):
        if bands > 1:
            # Pillow takes the bytes of a number, the lowest first.
            number = int(color)
            return bytes((number >> (8 * band)) & 255 for band in range(bands))
        value = _clip(color)
        return bytes([255 if value else 0]) if mode == "1" else bytes([value])
    values = [_clip(value) for value in color]
    if len(values) == bands - 1 and mode in ("RGBA", "LA"):
        values.append(255)
    if len(values) == bands + 1 and mode in ("RGB", "L"):
        values = values[:bands]
    if len(values) != bands:
        raise TypeError("color must be int, or tuple of one, three or four elements")
    return bytes(values)


def _clip(value):
    return max(0, min(255, int(value)))
