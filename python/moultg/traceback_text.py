"""Tracebacks as the author of a script wants them: own frames, own paths, line and caret."""

import re
import traceback

from . import paths

_FILE_LINE = re.compile(r'^(\s*(?:\|\s*)?File ")([^"]+)(")', re.MULTILINE)


def shown_traceback(error):
    """The traceback as text, without frames of the interpreter's start and of moult's guest code."""
    shown = traceback.TracebackException.from_exception(error)
    _trim(shown, set())
    text = "".join(shown.format())
    return _FILE_LINE.sub(lambda match: match[1] + paths.to_user(match[2]) + match[3], text)


def user_place(error):
    """File (as the user knows it) and line where a script's own code failed; ``(None, None)`` elsewhere."""
    if isinstance(error, SyntaxError) and error.filename and paths.is_user(error.filename):
        return paths.to_user(error.filename), error.lineno
    place = (None, None)
    for frame, line in traceback.walk_tb(error.__traceback__):
        if paths.is_user(frame.f_code.co_filename):
            place = (paths.to_user(frame.f_code.co_filename), line)
    return place


def _trim(shown, seen):
    if shown is None or id(shown) in seen:
        return
    seen.add(id(shown))
    shown.stack[:] = [frame for frame in shown.stack if not paths.is_own(frame.filename)]
    _trim(shown.__cause__, seen)
    _trim(shown.__context__, seen)
    for member in getattr(shown, "exceptions", None) or ():
        _trim(member, seen)
