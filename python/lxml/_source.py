"""The text that a document was read from, kept for the lines of its elements."""

import re
from bisect import bisect_left

_tag_end = re.compile(rb"""(?:[^>"']|"[^"]*"|'[^']*')*""").match


class Source:
    """UTF-8 text by byte offsets; lines are worked out when somebody asks."""

    def __init__(self, data):
        self._data = data
        self._breaks = None

    def line_at(self, offset):
        """The line, from 1, on which the markup at an offset ends: libxml2's line of a node."""
        if self._breaks is None:
            self._breaks = [match.start() for match in re.finditer(b"\n", self._data)]
        if self._data.startswith(b"<!--", offset):
            offset = self._data.find(b"-->", offset)
        elif self._data.startswith(b"<?", offset):
            offset = self._data.find(b"?>", offset)
        else:
            offset = _tag_end(self._data, offset).end()
        return bisect_left(self._breaks, offset) + 1


class TextSource:
    """The text of an HTML document by character offsets; ``text`` is set when it has been read."""

    def __init__(self):
        self.text = ""
        self._breaks = None

    def line_at(self, offset):
        """The line, from 1, of an offset."""
        if self._breaks is None:
            self._breaks = [match.start() for match in re.finditer("\n", self.text)]
        return bisect_left(self._breaks, offset) + 1
