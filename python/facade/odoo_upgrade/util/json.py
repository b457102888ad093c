"""JSON as the library writes it."""

import json as _json


def dumps(value, sort_keys=False):
    """Compact JSON."""
    return _json.dumps(value, sort_keys=sort_keys, separators=(",", ":"))


def loads(value):
    return _json.loads(value)


def load(fp):
    return _json.load(fp)
