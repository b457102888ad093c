"""Resizing: how large, from which part, and by which filter."""

import math

from . import _host
from ._modes import SUPPORT, Resampling

_PREMULTIPLIED = {"LA": "La", "RGBA": "RGBa"}


def resized(image, size, resample, box, reducing_gap):
    """The pixels of ``image`` in another size, as Pillow makes them."""
    if resample not in (0, 1, 2, 3, 4, 5):
        raise ValueError("Unknown resampling filter (%s)." % (resample,))
    if reducing_gap is not None and reducing_gap < 1.0:
        raise ValueError("reducing_gap must be 1.0 or greater")
    size = tuple(int(side) for side in size)
    pixels = image._pixels()
    box = (0, 0) + pixels.size if box is None else tuple(box)
    if pixels.size == size and box == (0, 0) + pixels.size:
        return _host.make("copy", pixels)
    if pixels.mode in ("1", "P"):
        resample = Resampling.NEAREST
    if pixels.mode in _PREMULTIPLIED and resample != Resampling.NEAREST:
        through = _host.make("convert", pixels, _PREMULTIPLIED[pixels.mode])
        through = _host.make("resize", through, size[0], size[1], int(resample), box)
        return _host.make("convert", through, pixels.mode)
    if reducing_gap is not None and resample != Resampling.NEAREST:
        pixels, box = _reduced(pixels, size, resample, box, reducing_gap)
    return _host.make("resize", pixels, size[0], size[1], int(resample), box)


def _reduced(pixels, size, resample, box, gap):
    across = int((box[2] - box[0]) / size[0] / gap) or 1
    down = int((box[3] - box[1]) / size[1] / gap) or 1
    if across == 1 and down == 1:
        return pixels, box
    # Pixels beyond the box that the filter reaches.
    reach = SUPPORT[resample] - 0.5
    side, top = (reach * (box[2] - box[0]) / size[0], reach * (box[3] - box[1]) / size[1])
    safe = (
        max(0, int(box[0] - side)),
        max(0, int(box[1] - top)),
        min(pixels.size[0], math.ceil(box[2] + side)),
        min(pixels.size[1], math.ceil(box[3] + top)),
    )
    pixels = _host.make("reduce", pixels, across, down, safe)
    box = (
        (box[0] - safe[0]) / across,
        (box[1] - safe[1]) / down,
        (box[2] - safe[0]) / across,
        (box[3] - safe[1]) / down,
    )
    return pixels, box


def thumbnail_size(current, wanted):
    """The largest size within ``wanted`` of the same shape; None where the image is small enough."""
    width, height = current
    x, y = (math.floor(side) for side in wanted)
    if x >= width and y >= height:
        return None
    shape = width / height
    if x / y >= shape:
        return _nearest_whole(y * shape, lambda side: abs(shape - side / y)), y
    return x, _nearest_whole(x / shape, lambda side: 0 if side == 0 else abs(shape - x / side))


def _nearest_whole(side, distance):
    return max(min(math.floor(side), math.ceil(side), key=distance), 1)
