"""Which blank texts ``remove_blank_text`` drops: libxml2's guess where there is no document type."""

from ._names import XML_NAMESPACE
from ._node import DOCUMENT

_SPACE = "{%s}space" % XML_NAMESPACE
_BLANK = " \t\r\n"


class BlankFilter:
    """The text between two pieces of markup, and whether it counts.

    A run is text as it stands in the document: references interrupt it. ``add`` takes what is kept.
    """

    def __init__(self, add):
        self._add = add
        self._run = None
        # Of each open element: whether text in it showed that its white space matters.
        self._mixed = [False]

    def start(self):
        """Enters an element."""
        self._mixed.append(False)

    def end(self):
        """Leaves an element."""
        self._mixed.pop()

    def text(self, data):
        """Takes a piece of a run."""
        self._run = data if self._run is None else self._run + data

    def reference(self, data, parent, last):
        """Takes what a reference stands for."""
        self.markup(parent, last, False, False)
        self._add(data)

    def markup(self, parent, last, at_end, at_markup=True):
        """Ends the run, behind ``last`` in ``parent``, where markup (or a reference) begins."""
        run, self._run = self._run, None
        if run is None or parent._kind == DOCUMENT:
            return
        if at_markup and not self._mixed[-1] and not run.strip(_BLANK):
            if _is_ignorable(parent, last, at_end):
                return
        self._add(run)
        if run[0] in _BLANK or not run.isascii():
            self._mixed[-1] = True


def _is_ignorable(parent, last, at_end):
    if at_end and parent._first is None and parent._text is None:
        return False
    if parent._text is not None or (last is not None and last._tail is not None):
        return False
    return not _is_preserved(parent)


def _is_preserved(node):
    while node is not None and node._kind != DOCUMENT:
        value = node._attrs.get(_SPACE)
        if value is not None:
            return value == "preserve"
        node = node._parent
    return False
