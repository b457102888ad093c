"""What the shims want to be called for at the borders of a script."""

_flush = []
_reset = []


def register_flush(function):
    """Has ``function()`` called after ``migrate`` returned, to send writes that are still held back."""
    if function not in _flush:
        _flush.append(function)


def register_reset(function):
    """Has ``function()`` called before each script, to drop what the one before left in caches."""
    if function not in _reset:
        _reset.append(function)


def flush():
    for function in list(_flush):
        function()


def reset():
    for function in list(_reset):
        function()
