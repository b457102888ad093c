"""A picture file that was opened: its bytes, until somebody wants pixels."""

from . import _host


class Source:
    """The bytes of a file, what its header says, and at which part of its size it is to be read."""

    def __init__(self, data, name, header):
        self.data = data
        self.name = name
        self.header = header
        self.shrink = 1
        self.frame = 0

    def shrunk(self, factor):
        """The size at a part of the full one; a JPEG can be read so."""
        width, height = self.header.size
        return (-(-width // factor), -(-height // factor))

    def decode(self):
        """The picture, from the host. OSError for a damaged one."""
        from . import ImageFile

        if self.frame:
            from ._unsupported import StubUsed

            raise StubUsed("ImageSequence", "sees the first frame only")
        try:
            pixels = _host.make(
                "decode",
                self.data,
                self.name,
                self.header.mode,
                truncated=bool(ImageFile.LOAD_TRUNCATED_IMAGES),
            )
            if self.shrink == 1:
                return pixels
            # libjpeg leaves the fine waves out of each block, which is nearly its average.
            box = (0, 0) + pixels.size
            return _host.make("reduce", pixels, self.shrink, self.shrink, box)
        except ValueError as error:
            raise OSError("image file is damaged: %s" % error) from None
