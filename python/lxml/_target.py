"""Targets: objects that get a document as calls instead of a tree."""

from ._node import COMMENT, ELEMENT, INSTRUCTION


def feed(doc, target):
    """Tells a target what is in a document; answers what its ``close`` answers."""
    _Feeder(target).feed(doc)
    return target.close()


class _Feeder:
    def __init__(self, target):
        self._start = getattr(target, "start", None)
        self._end = getattr(target, "end", None)
        self._data = getattr(target, "data", None)
        self._comment = getattr(target, "comment", None)
        self._pi = getattr(target, "pi", None)
        self._doctype = getattr(target, "doctype", None)

    def feed(self, doc):
        kind = doc.doctype
        if kind is not None and self._doctype is not None:
            self._doctype(kind.name, kind.public_id, kind.system_id)
        node = doc._first
        while node is not None:
            self._node(node)
            node = node._next

    def _node(self, top):
        node = top
        while True:
            self._open(node)
            if node._first is not None:
                node = node._first
                continue
            while True:
                if node._kind == ELEMENT and self._end is not None:
                    self._end(node._tag)
                if node is top:
                    return
                self._text(node._tail)
                if node._next is not None:
                    node = node._next
                    break
                node = node._parent

    def _open(self, node):
        if node._kind == ELEMENT:
            if self._start is not None:
                self._start(node._tag, dict(node._attrs))
            self._text(node._text)
        elif node._kind == COMMENT:
            if self._comment is not None:
                self._comment(node._text)
        elif node._kind == INSTRUCTION and self._pi is not None:
            self._pi(node._target, node._text)

    def _text(self, text):
        if text and self._data is not None:
            self._data(str.__str__(text))
