"""The work of a prompt on moult's own records."""


class FacadeWork:
    """The cursor that a prompt works on, and what is held back for it."""

    def __init__(self, cursor):
        self.cursor = cursor

    def flush(self):
        """Sends writes that are held back."""
        self.cursor.flush()

    def forget(self):
        """Drops writes that are held back and cached values."""
        self.cursor.clear()
        self.cursor.reset()
