"""Versions, compared part by part."""

import functools
import re

_PARTS = re.compile(r"(\d+ | [a-z]+ | \.)", re.VERBOSE)


@functools.total_ordering
class LooseVersion:
    """A version of any form: numbers compare as numbers, words as words."""

    def __init__(self, vstring=None):
        if vstring:
            self.parse(vstring)

    def parse(self, vstring):
        """Splits a version into its parts."""
        self.vstring = vstring
        parts = [part for part in _PARTS.split(vstring) if part and part != "."]
        self.version = [int(part) if part.isdigit() else part for part in parts]

    def __str__(self):
        return self.vstring

    def __eq__(self, other):
        return self.version == _parts_of(other)

    def __lt__(self, other):
        return self.version < _parts_of(other)


class StrictVersion(LooseVersion):
    """Of the same kind here: what it refuses is of no use to an upgrade."""


def _parts_of(other):
    return LooseVersion(other).version if isinstance(other, str) else other.version
