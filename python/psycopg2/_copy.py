"""COPY: finds its direction, builds its statements, moves text between files and the host."""

import re

import moultg

from ._exceptions import NotSupportedError
from ._identifiers import quote_identifier

#: Bytes or characters asked of a file at a time.
DEFAULT_SIZE = 8192

# Whatever a keyword in it is no keyword: comments, texts, quoted names.
_OPAQUE = re.compile(
    r"--[^\n]*|/\*.*?\*/|(\$\w*\$).*?\1|[eE]'(?:[^'\\]|\\.|'')*'|'[^']*'|\"[^\"]*\"", re.DOTALL
)
_COPY = re.compile(r"(?:^|;)\s*copy\b[^;]*?\b(?:(to\s+stdout)|(from\s+stdin))\b", re.IGNORECASE)
_BINARY = re.compile(r"\bbinary\b", re.IGNORECASE)


def copy_direction(text):
    """``"to"`` or ``"from"`` when the statement is a COPY to or from the client, else None."""
    # Nearly every statement ends here: a search that minds case is several times as fast.
    if "std" not in text.lower():
        return None
    match = _COPY.search(_OPAQUE.sub(" ", text))
    if match is None:
        return None
    return "to" if match.group(1) else "from"


def table_statement(direction, table, sep, null, columns):
    """The COPY of a whole table or of some of its columns."""
    target = quote_identifier(table)
    if columns is not None:
        names = [quote_identifier(column) for column in columns]
        if names:
            target += "(%s)" % ",".join(names)
    stream = "TO stdout" if direction == "to" else "FROM stdin"
    options = (_literal(sep), _literal(null))
    return "COPY %s %s WITH DELIMITER AS %s NULL AS %s" % (target, stream, *options)


def copy_in(text, file, size, connection):
    """Feeds a COPY FROM STDIN with what the file holds; answers the number of rows."""
    _refuse_binary(text)
    pieces = []
    while True:
        piece = file.read(size)
        if not piece:
            break
        pieces.append(piece)
    if not pieces:
        data = ""
    elif isinstance(pieces[0], str):
        data = "".join(pieces)
    else:
        data = b"".join(pieces).decode("utf-8")
    return moultg.call("copy_in", text, data, connection=connection)


def copy_out(text, file, connection):
    """Writes what a COPY TO STDOUT sends into the file; answers the number of rows."""
    _refuse_binary(text)
    data = moultg.call("copy_out", text, connection=connection)
    if data:
        _write(file, data)
    return _count_rows(data, set(re.findall(r"\w+", _OPAQUE.sub(" ", text).lower())))


def _count_rows(data, words):
    header = 1 if data and "header" in words else 0
    if "csv" not in words:
        return data.count("\n") - header
    if "quote" in words:
        # Another quote character: lines cannot be told from line ends in values.
        return -1
    return "".join(data.split('"')[::2]).count("\n") - header


def _write(file, data):
    import io

    if isinstance(file, io.TextIOBase):
        file.write(data)
        return
    if isinstance(file, io.IOBase):
        file.write(data.encode("utf-8"))
        return
    # A file of another kind tells by refusing.
    try:
        file.write(data.encode("utf-8"))
    except TypeError:
        file.write(data)


def _refuse_binary(text):
    if _BINARY.search(_OPAQUE.sub(" ", text)):
        raise NotSupportedError("COPY in binary format is not available here; use text or CSV")


def _literal(text):
    return "'%s'" % text.replace("'", "''")
