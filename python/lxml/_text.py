"""Text of elements: what may be assigned, and sections that are written as CDATA."""

from ._names import QName, plain_text
from ._namespaces import prefix_for


class CDATA:
    """Text that is to be written as a CDATA section: ``element.text = CDATA("…")``."""

    def __init__(self, data):
        text = plain_text(data)
        if "]]>" in text:
            raise ValueError("']]>' not allowed inside CDATA")
        self._text = text


class Sections(str):
    """Text with CDATA sections: ``parts`` are ``(text, whether it is a section)``."""

    parts = ()

    @classmethod
    def of(cls, parts):
        """The text of some parts."""
        text = cls("".join(part for part, _section in parts))
        text.parts = tuple(parts)
        return text


def joined(first, second):
    """Two texts, either of which may be None, as one."""
    if first is None:
        return second
    if second is None:
        return first
    if type(first) is Sections or type(second) is Sections:
        return Sections.of(_parts(first) + _parts(second))
    return first + second


def _parts(text):
    return text.parts if type(text) is Sections else ((text, False),)


def assigned(value, element):
    """What is kept for a value assigned to ``text`` or ``tail``."""
    if value is None:
        return None
    if isinstance(value, CDATA):
        return Sections.of([(value._text, True)])
    if isinstance(value, QName):
        return qualified(value, element)
    return plain_text(value)


def qualified(name, element):
    """A QName as text with a prefix that is declared at the element."""
    if name.namespace is None:
        return name.localname
    prefix = prefix_for(element, name.namespace)
    return name.localname if prefix is None else "%s:%s" % (prefix, name.localname)
