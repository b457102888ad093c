"""The text of a server's error as libpq lays it out (its function pqBuildErrorMessage3)."""

# libpq shows at most so many columns of a long line, and keeps so many to the right of the mark.
_WINDOW = 60
_RIGHT_MARGIN = 10


def server_message(fields):
    """The lines after the severity: the message, the place in the statement, detail, hint, context."""
    lines = [fields.get("message") or "", "\n"]
    query, position = _place(fields)
    if position and query is not None:
        lines.append(mark_position(query, position))
    elif position:
        lines[1] = " at character %d\n" % position
    for label, key in (
        ("DETAIL", "detail"),
        ("HINT", "hint"),
        ("QUERY", "internalQuery"),
        ("CONTEXT", "where"),
    ):
        if fields.get(key):
            lines.append("%s:  %s\n" % (label, fields[key]))
    return "".join(lines)


def _place(fields):
    if fields.get("position"):
        return fields.get("sql"), int(fields["position"])
    if fields.get("internalPosition"):
        return fields.get("internalQuery"), int(fields["internalPosition"])
    return None, 0


def mark_position(query, position):
    """The line of ``query`` that holds character ``position`` (from 1), and a caret below it."""
    target = position - 1
    if target < 0 or target > len(query):
        return ""
    number, start, end = _line_around(query, target)
    # Tabs count as one column, so they are shown as one.
    line = query[start:end].replace("\t", " ")
    columns = _columns(line)
    first, last = _visible(columns, target - start)
    prefix = "LINE %d: %s" % (number, "..." if first > 0 else "")
    suffix = "..." if last < len(line) else ""
    indent = len(prefix) + columns[target - start] - columns[first]
    return "%s%s%s\n%s^\n" % (prefix, line[first:last], suffix, " " * indent)


def _line_around(query, target):
    number, start = 1, 0
    for index in range(target):
        character = query[index]
        if character == "\r" or character == "\n":
            start = index + 1
            # A line feed after a carriage return ends the same line.
            if character == "\r" or index == 0 or query[index - 1] != "\r":
                number += 1
    end = target
    while end < len(query) and query[end] not in "\r\n":
        end += 1
    return number, start, end


def _columns(line):
    """The screen column at which each character begins, and the one after the last."""
    if line.isascii():
        return range(len(line) + 1)
    from unicodedata import east_asian_width

    columns = [0]
    for character in line:
        wide = east_asian_width(character) in "WF"
        columns.append(columns[-1] + (2 if wide else 1))
    return columns


def _visible(columns, mark):
    """Which characters of the line are shown: all, or a window with the mark in it."""
    first, last = 0, len(columns) - 1
    if columns[last] <= _WINDOW:
        return first, last
    if _WINDOW >= columns[mark] + _RIGHT_MARGIN:
        while columns[last] > _WINDOW:
            last -= 1
        return first, last
    while columns[mark] + _RIGHT_MARGIN < columns[last]:
        last -= 1
    while columns[last] - columns[first] > _WINDOW:
        first += 1
    return first, last
