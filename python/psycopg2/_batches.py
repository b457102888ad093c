"""Many sets of parameters in few statements."""

from itertools import islice

from ._format import _PERCENT
from ._format import merge


def execute_batch(cur, sql, argslist, page_size=100):
    """Runs a statement for each set of parameters, ``page_size`` of them in one message."""
    text = _text(cur, sql)
    for page in _pages(argslist, page_size):
        statements = [cur.mogrify(text, parameters) for parameters in page]
        cur.execute(b";".join(statements))


def execute_values(cur, sql, argslist, template=None, page_size=100, fetch=False):
    """Runs a statement with ``VALUES %s``, whose ``%s`` becomes ``page_size`` rows of values at a time.

    ``template`` says how a row looks, such as ``(%s, now())`` or ``(%(id)s)``; ``fetch`` answers what
    the statements return.
    """
    before, after = _split(_text(cur, sql))
    result = [] if fetch else None
    for page in _pages(argslist, page_size):
        if template is None:
            template = "(%s)" % ",".join(["%s"] * len(page[0]))
        row = _text(cur, template)
        rows = [merge(row, parameters, cur.connection) for parameters in page]
        cur.execute(before + ",".join(rows) + after)
        if fetch:
            result.extend(cur.fetchall())
    return result


def _pages(items, size):
    iterator = iter(items)
    while True:
        page = list(islice(iterator, size))
        if not page:
            return
        yield page


def _split(text):
    """The text before and after its only ``%s``, with ``%%`` as ``%``."""
    parts, start = [""], 0
    for match in _PERCENT.finditer(text):
        parts[-1] += text[start : match.start()]
        start = match.end()
        name, _, letter = match.groups()
        if name is None and letter == "%":
            parts[-1] += "%"
        elif name is None and letter == "s":
            parts.append("")
        else:
            raise ValueError("unsupported format character: '%s'" % (letter or "("))
    if len(parts) == 1:
        raise ValueError("the query doesn't contain any '%s' placeholder")
    if len(parts) > 2:
        raise ValueError("the query contains more than one '%s' placeholder")
    return parts[0], parts[1] + text[start:]


def _text(cur, sql):
    if isinstance(sql, bytes):
        return sql.decode("utf-8")
    return sql if isinstance(sql, str) else sql.as_string(cur)
