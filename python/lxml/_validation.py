"""Validation is done by the host: one question per document, answered by what is wrong with it."""

from ._unsupported import StubUsed

#: Names of the grammars that the host knows.
RELAXNG = "relaxng"
XMLSCHEMA = "xmlschema"


def validate(kind, grammar, document):
    """What is wrong with a document: dicts of ``message``, ``line`` and ``column``; none when valid.

    ``grammar`` is a dict: ``text`` is the grammar, ``url`` where it came from (or None), ``files`` the
    texts of the grammars that it includes, by the name it includes them under. The host answers the
    operation ``xml.validate``; it raises ValueError for a grammar that is none.
    """
    call = _host()
    if call is None:
        raise StubUsed("etree.%s" % ("RelaxNG" if kind == RELAXNG else "XMLSchema"))
    return call("xml.validate", kind, grammar, document)


def _host():
    """The function that asks the host; None where there is no host to be asked."""
    try:
        from moultg import transport
    except ImportError:
        return None
    return transport.call if getattr(transport, "_exchange", None) is not None else None
