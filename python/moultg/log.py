"""What scripts log and print, on its way to the host: in batches, in order with the statements."""

import io
import logging
import sys

from . import paths
from .traceback_text import shown_traceback

_BATCH = 64
_lines = []
_sending = False


def flush():
    """Sends the lines that wait."""
    global _sending
    if not _lines or _sending:
        return
    from .transport import send_log

    batch = _lines[:]
    del _lines[:]
    # A line that is logged while lines are sent waits for the next time.
    _sending = True
    try:
        send_log(batch)
    finally:
        _sending = False


def add(level, logger, text, path=None, line=None):
    """Keeps one line for the host."""
    # A lone surrogate cannot cross, and a log line must not end a script.
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    _lines.append([level, logger, text, path and paths.to_user(path), line])
    if len(_lines) >= _BATCH:
        flush()


class HostHandler(logging.Handler):
    """The one handler of the root logger."""

    def emit(self, record):
        try:
            text = self.format(record)
        except Exception:
            self.handleError(record)
            return
        add(_level(record.levelno), record.name, text, record.pathname, record.lineno)


class _Formatter(logging.Formatter):
    def formatException(self, ei):  # noqa: N802 (the standard library's name)
        return shown_traceback(ei[1]).rstrip("\n")


class LogStream(io.TextIOBase):
    """Stands in for ``sys.stdout`` and ``sys.stderr``: a log line for each line."""

    def __init__(self, name, level):
        self._name = name
        self._level = level
        self._rest = ""
        self._origin = (None, None)

    @property
    def encoding(self):
        return "utf-8"

    @property
    def errors(self):
        return "backslashreplace"

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("write() argument must be str, not %s" % type(text).__name__)
        frame = sys._getframe(1)
        while frame is not None and not paths.is_user(frame.f_code.co_filename):
            frame = frame.f_back
        if frame is not None:
            self._origin = (frame.f_code.co_filename, frame.f_lineno)
        parts = (self._rest + text).split("\n")
        self._rest = parts.pop()
        for part in parts:
            add(self._level, self._name, part, *self._origin)
        return len(text)

    def finish(self):
        """Ends a line that has no end yet."""
        if self._rest:
            add(self._level, self._name, self._rest, *self._origin)
        self._rest = ""
        self._origin = (None, None)


_handler = HostHandler()
_handler.setFormatter(_Formatter())
_streams = (LogStream("stdout", "info"), LogStream("stderr", "warning"))


def begin():
    """Sets up logging for a script, whatever the one before did to it."""
    root = logging.getLogger()
    root.handlers[:] = [_handler]
    root.filters[:] = []
    _handler.filters[:] = []
    _handler.setLevel(logging.NOTSET)
    root.setLevel(logging.DEBUG)
    root.disabled = False
    logging.disable(logging.NOTSET)
    logging.captureWarnings(True)
    sys.stdout, sys.stderr = _streams
    sys.__stdout__, sys.__stderr__ = _streams


def end():
    """Sends what is left."""
    for stream in _streams:
        stream.finish()
    flush()


def _level(number):
    if number >= logging.CRITICAL:
        return "critical"
    if number >= logging.ERROR:
        return "error"
    if number >= logging.WARNING:
        return "warning"
    return "info" if number >= logging.INFO else "debug"
