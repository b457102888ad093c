"""What became of a script, as the host is told."""

from .errors import NeedsNativeOrm
from .paths import to_user
from .traceback_text import shown_traceback, user_place


def passed():
    return {"kind": "passed"}


def invalid(message, path):
    """A file that is no script."""
    return {"kind": "invalid", "message": message, "file": to_user(path)}


def needs_native(error):
    """Only the release's own ORM can run it."""
    return {"kind": "needs-odoo", "model": str(error.model), "name": str(error.name)}


def failed(error, path):
    """An exception came out of the script."""
    if isinstance(error, NeedsNativeOrm):
        return needs_native(error)
    file, line = user_place(error)
    interrupted = isinstance(error, KeyboardInterrupt)
    outcome = {
        "kind": "interrupted" if interrupted else "failed",
        "type": type(error).__name__,
        "message": _message(error),
        "traceback": shown_traceback(error),
        "file": file or to_user(path),
        "line": line,
    }
    state = getattr(error, "pgcode", None)
    if isinstance(state, str):
        outcome["sqlState"] = state
    # A lone surrogate in a message must not keep the failure from being told.
    return {key: _sendable(value) for key, value in outcome.items()}


def _message(error):
    try:
        text = str(error).strip()
    except Exception:
        text = ""
    return text or type(error).__name__


def _sendable(value):
    if not isinstance(value, str):
        return value
    return value.encode("utf-8", "backslashreplace").decode("utf-8")
