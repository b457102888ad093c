"""The frames of an image."""


class Iterator:
    """Yields an image once per frame; only the first one can be seen."""

    def __init__(self, image):
        self._image = image

    def __iter__(self):
        yield self._image
        for frame in range(1, getattr(self._image, "n_frames", 1)):
            self._image.seek(frame)
            yield self._image
