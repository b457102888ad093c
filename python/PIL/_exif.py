"""EXIF: the tags of a picture's first directory, such as its orientation."""

import struct
from collections.abc import MutableMapping

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_CODES = {1: "B", 3: "H", 4: "L", 6: "b", 8: "h", 9: "l", 11: "f", 12: "d"}
_ORIENTATION = 0x0112


class Exif(MutableMapping):
    """Tags by number; reads what a file has and takes changes, and writes back the orientation alone."""

    endian = "<"

    def __init__(self):
        self._tags = {}

    def load(self, data):
        """Reads the tags of EXIF data, with or without its ``Exif`` mark."""
        self._tags = {}
        while data and data.startswith(b"Exif\x00\x00"):
            data = data[6:]
        if not data or data[:2] not in (b"II", b"MM"):
            return
        self.endian = "<" if data[:2] == b"II" else ">"
        try:
            (start,) = struct.unpack_from(self.endian + "L", data, 4)
            self._tags = dict(_entries(data, start, self.endian))
        except struct.error:
            # Damaged tags are no reason to refuse a picture.
            pass

    def tobytes(self, offset=8):
        """EXIF data with the tags that are numbers."""
        entries = [
            struct.pack("<HHLHH", tag, 3, 1, value, 0)
            for tag, value in sorted(self._tags.items())
            if isinstance(value, int) and 0 <= value <= 0xFFFF
        ]
        head = b"Exif\x00\x00II" + struct.pack("<HL", 42, 8) + struct.pack("<H", len(entries))
        return head + b"".join(entries) + b"\0\0\0\0"

    def __getitem__(self, tag):
        return self._tags[tag]

    def __setitem__(self, tag, value):
        self._tags[tag] = value

    def __delitem__(self, tag):
        del self._tags[tag]

    def __iter__(self):
        return iter(self._tags)

    def __len__(self):
        return len(self._tags)


def _entries(data, start, endian):
    (count,) = struct.unpack_from(endian + "H", data, start)
    for index in range(count):
        at = start + 2 + index * 12
        tag, kind, number = struct.unpack_from(endian + "HHL", data, at)
        size = _SIZES.get(kind, 0) * number
        if size == 0:
            continue
        place = at + 8 if size <= 4 else struct.unpack_from(endian + "L", data, at + 8)[0]
        raw = data[place : place + size]
        if len(raw) == size:
            yield tag, _value(raw, kind, number, endian)


def _value(raw, kind, number, endian):
    if kind == 2:
        return raw.rstrip(b"\0").decode("latin-1")
    if kind in (5, 10):
        values = struct.unpack(endian + ("LL" if kind == 5 else "ll") * number, raw)
        pairs = zip(values[::2], values[1::2])
        values = tuple(above / below if below else float("nan") for above, below in pairs)
    elif kind in _CODES:
        values = struct.unpack(endian + _CODES[kind] * number, raw)
    else:
        return raw
    return values[0] if number == 1 else values
