"""One exception class for each SQLSTATE, such as ``UniqueViolation``; made when first asked for."""

from . import _exceptions

_PARENT_OF_CLASS = {
    "08": "OperationalError",
    "0A": "NotSupportedError",
    "20": "ProgrammingError",
    "21": "ProgrammingError",
    "22": "DataError",
    "23": "IntegrityError",
    "24": "InternalError",
    "25": "InternalError",
    "26": "OperationalError",
    "27": "OperationalError",
    "28": "OperationalError",
    "2B": "InternalError",
    "2D": "InternalError",
    "2F": "InternalError",
    "34": "OperationalError",
    "38": "InternalError",
    "39": "InternalError",
    "3B": "InternalError",
    "3D": "ProgrammingError",
    "3F": "ProgrammingError",
    "40": "TransactionRollbackError",
    "42": "ProgrammingError",
    "44": "ProgrammingError",
    "53": "OperationalError",
    "54": "OperationalError",
    "55": "OperationalError",
    "57": "OperationalError",
    "58": "OperationalError",
    "F0": "InternalError",
    "HV": "OperationalError",
    "P0": "InternalError",
    "XX": "InternalError",
}

_QUERY_CANCELED = "57014"

# Success and warning are no errors.
_NO_ERRORS = ("00", "01")

_codes = {}
_classes = {}


def lookup(code):
    """The class of an SQLSTATE; KeyError when PostgreSQL has no such condition."""
    known = _classes.get(code)
    if known is not None:
        return known
    if not _codes:
        _read_codes()
    for name, named in _codes.items():
        if named == code:
            return _make(name, code)
    raise KeyError(code)


def class_of(code):
    """The class to raise for an SQLSTATE: its own, or that of its kind of errors."""
    try:
        return lookup(code)
    except KeyError:
        return parent_of(code)


def parent_of(code):
    """The class of PEP 249 (or of ``extensions``) that an SQLSTATE belongs to."""
    if code == _QUERY_CANCELED:
        return _exceptions.QueryCanceledError
    return getattr(_exceptions, _PARENT_OF_CLASS.get(code[:2], "DatabaseError"))


def _make(name, code):
    made = type(name, (parent_of(code),), {"__module__": __name__})
    globals()[name] = _classes[code] = made
    return made


def _read_codes():
    from . import errorcodes

    for constant, code in sorted(vars(errorcodes).items(), key=lambda item: str(item[1])):
        if constant.startswith("_") or not isinstance(code, str) or len(code) != 5:
            continue
        if code[:2] in _NO_ERRORS:
            continue
        name = "".join(word.capitalize() for word in constant.split("_"))
        if hasattr(_exceptions, name):
            name += "_"
        # The SQL standard gives three conditions the same name in two classes.
        _codes[name + "Ext" if name in _codes else name] = code


def __getattr__(name):
    if not _codes:
        _read_codes()
    if name in _codes:
        return _make(name, _codes[name])
    raise AttributeError("module %r has no attribute %r" % (__name__, name))


def __dir__():
    if not _codes:
        _read_codes()
    return sorted({*globals(), *_codes})
