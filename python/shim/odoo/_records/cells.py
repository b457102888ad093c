"""Cells of result sets, which are PostgreSQL's text, as Python values."""

import datetime
import json

_TRUE = "t"


def _bytes(text):
    return bytes.fromhex(text[2:]) if text.startswith("\\x") else text.encode()


def _moment(text):
    seconds, _, fraction = text.partition(".")
    value = datetime.datetime(
        int(seconds[0:4]), int(seconds[5:7]), int(seconds[8:10]),
        int(seconds[11:13]), int(seconds[14:16]), int(seconds[17:19]),
    )  # fmt: skip
    return value.replace(microsecond=int(fraction[:6].ljust(6, "0"))) if fraction else value


def _day(text):
    return datetime.date(int(text[0:4]), int(text[5:7]), int(text[8:10]))


def _integers(text):
    return tuple(map(int, text[1:-1].split(","))) if len(text) > 2 else ()


def _texts(text):
    # Arrays of group values; their quoting is that of PostgreSQL's array literals.
    items, item, quoted, escaped, was_quoted = [], "", False, False, False
    for character in text[1:-1]:
        if escaped:
            item, escaped = item + character, False
        elif character == "\\":
            escaped = True
        elif character == '"':
            quoted, was_quoted = not quoted, True
        elif character == "," and not quoted:
            items.append(None if item == "NULL" and not was_quoted else item)
            item, was_quoted = "", False
        else:
            item += character
    if len(text) > 2:
        items.append(None if item == "NULL" and not was_quoted else item)
    return items


def _numbers(text):
    return [None if item is None else float(item) for item in _texts(text)]


_CASTERS = {
    16: lambda text: text == _TRUE,
    17: _bytes,
    20: int, 21: int, 23: int, 26: int,
    114: json.loads, 3802: json.loads,
    700: float, 701: float, 1700: float,
    1082: _day,
    1114: _moment,
    1005: _integers, 1007: _integers, 1016: _integers,
    1009: _texts, 1015: _texts,
    1021: _numbers, 1022: _numbers, 1231: _numbers,
}  # fmt: skip


def columns_of(result):
    """The columns of a result set, each a list of values in the order of the rows."""
    columns = []
    for index, (_name, oid) in enumerate(result.columns):
        cast = _CASTERS.get(oid)
        cells = [row[index] for row in result.rows]
        if cast is not None:
            cells = [None if cell is None else cast(cell) for cell in cells]
        columns.append(cells)
    return columns
