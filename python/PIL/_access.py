"""Single pixels: an image's pixels are fetched once, and sent back when the host needs them."""

from ._modes import BANDS, pixel_bytes


class PixelAccess:
    """``image.load()``: reads and writes pixels by ``[x, y]``."""

    def __init__(self, image):
        self._image = image

    def __getitem__(self, place):
        return self._image.getpixel(place)

    def __setitem__(self, place, color):
        self._image.putpixel(place, color)


class Buffer:
    """Pixels in this interpreter; ``changed`` when the host's are older."""

    def __init__(self, mode, size, data):
        self.mode = mode
        self.size = size
        self.data = bytearray(data)
        self.changed = False
        self._bytes = 4 if mode == "I" else len(BANDS[mode])

    def get(self, place):
        """A number, or a tuple of one per band."""
        at = self._at(place)
        raw = self.data[at : at + self._bytes]
        if self.mode == "I":
            return int.from_bytes(raw, "little", signed=True)
        return raw[0] if self._bytes == 1 else tuple(raw)

    def put(self, place, color):
        """Sets a pixel."""
        at = self._at(place)
        self.data[at : at + self._bytes] = pixel_bytes(self.mode, color)
        self.changed = True

    def _at(self, place):
        x, y = place
        width, height = self.size
        x, y = x + width if x < 0 else x, y + height if y < 0 else y
        if not (0 <= x < width and 0 <= y < height):
            raise IndexError("image index out of range")
        return (int(y) * width + int(x)) * self._bytes
