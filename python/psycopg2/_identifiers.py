"""Names as SQL text."""


def quote_identifier(name):
    """The name between double quotes."""
    if isinstance(name, bytes):
        name = name.decode("utf-8")
    if not isinstance(name, str):
        kind = type(name).__name__
        raise TypeError("Expected bytes or unicode string, got %s instead" % kind)
    return '"%s"' % str.__str__(name).replace('"', '""')
