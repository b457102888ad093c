"""Comparing versions the way Odoo's `parse_version` does."""

import re

_PART = re.compile(r"(\d+ | [a-z]+ | \.| -)", re.VERBOSE)
_WORDS = {"pre": "c", "preview": "c", "-": "final-", "_": "final-", "rc": "c", "dev": "@", "saas": "", "~": ""}


def _parts(text):
    for part in _PART.split(text):
        part = _WORDS.get(part, part)
        if not part or part == ".":
            continue
        # Numbers compare as text of equal width, words after a star so that they sort below numbers.
        yield part.zfill(8) if part[0] in "0123456789" else "*" + part
    yield "*final"


def parse_version(text):
    """Turns a version such as `saas~16.3` or `16.0.1.2.3` into a tuple that compares as Odoo compares."""
    parts = []
    for part in _parts((text or "0.1").lower()):
        if part.startswith("*"):
            if part < "*final":
                while parts and parts[-1] == "*final-":
                    parts.pop()
            while parts and parts[-1] == "00000000":
                parts.pop()
        parts.append(part)
    return tuple(parts)
