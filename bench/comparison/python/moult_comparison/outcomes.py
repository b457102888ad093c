"""Outcomes of cases: texts that are equal where two interpreters agree."""

import datetime
import hashlib
import random
import re
import time
from contextlib import contextmanager

# Drawn anew each time, on every interpreter.
_TOKENS = re.compile(r"\b(token|hash|nonce)(=|%3D)[\w.-]+", re.IGNORECASE)
_HEXADECIMAL = re.compile(r"\b[0-9a-f]{32}\b")
# So far from the present, a moment is the clock's.
_NOW = datetime.timedelta(hours=1)
_ADDRESSES = re.compile(r" at 0x[0-9a-f]+")


class Undo(Exception):
    """Ends a savepoint whose effects are not wanted."""


class Outcomes:
    """Outcomes by group, with the seconds that each group took."""

    def __init__(self, env):
        self._env = env
        self.groups = {}

    @contextmanager
    def group(self, name):
        """Within it, :meth:`add` belongs to this group."""
        group = self.groups[name] = {"seconds": 0.0, "cases": {}}
        started = time.perf_counter()
        try:
            yield group["cases"]
        finally:
            group["seconds"] = round(time.perf_counter() - started, 3)

    def run(self, cases, name, body):
        """Keeps what ``body()`` answers, or how it fails."""
        random.seed(7)
        try:
            cases[name] = shown(body())
        except Exception as error:
            cases[name] = failure(error)

    def run_undone(self, cases, name, body):
        """The same for cases that write: it is undone, and each begins with empty caches."""
        random.seed(7)
        try:
            with self._env.cr.savepoint(flush=False):
                cases[name] = shown(body())
                raise Undo
        except Undo:
            pass
        except Exception as error:
            cases[name] = failure(error)
        # Pending writes of an undone case must not be sent by the next one.
        self._env.clear()


def failure(error):
    """The outcome of a case that failed."""
    return "! %s: %s" % (type(error).__name__, masked(str(error)))


def shown(value):
    """A text of a value; the same for equal values of every interpreter."""
    if isinstance(value, str):
        return masked(str.__str__(value))
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)
    if type(value) is datetime.datetime and value.tzinfo is None:
        present = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
        if abs(value - present) < _NOW:
            return "now"
    if isinstance(value, (bytes, bytearray, memoryview)):
        content = bytes(value)
        return "bytes %d %s" % (len(content), hashlib.sha1(content).hexdigest())
    if hasattr(value, "_name") and hasattr(value, "_ids"):
        ids = [one if isinstance(one, int) else "new" for one in value._ids]
        return "%s%s" % (value._name, ids)
    if isinstance(value, (set, frozenset)):
        return "{%s}" % ", ".join(sorted(map(shown, value)))
    if isinstance(value, dict):
        pairs = sorted((shown(key), shown(one)) for key, one in value.items())
        return "{%s}" % ", ".join("%s: %s" % pair for pair in pairs)
    if isinstance(value, (list, tuple)):
        return "[%s]" % ", ".join(map(shown, value))
    return masked(_ADDRESSES.sub("", str(value)))


def masked(text):
    """A text without what is random in it."""
    return _HEXADECIMAL.sub("...", _TOKENS.sub(r"\1\2...", text))
