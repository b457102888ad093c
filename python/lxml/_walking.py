"""``iterwalk``: the events that reading a tree would have given."""

from ._iterators import ElementIterator
from ._matching import matcher
from ._node import COMMENT, ELEMENT, INSTRUCTION

_KNOWN = frozenset(("start", "end", "start-ns", "end-ns", "comment", "pi"))
_SPECIAL = {COMMENT: "comment", INSTRUCTION: "pi"}


class iterwalk(ElementIterator):
    """Pairs of event and node for an element or a tree."""

    def __init__(self, element_or_tree, events=("end",), tag=None):
        top = element_or_tree.getroot() if hasattr(element_or_tree, "getroot") else element_or_tree
        if getattr(top, "_kind", None) != ELEMENT:
            raise ValueError("Input object is not an XML element: %s" % type(top).__name__)
        unknown = set(events) - _KNOWN
        if unknown:
            raise ValueError("invalid event name %r" % sorted(unknown)[0])
        tags = () if tag is None else tag if isinstance(tag, (list, tuple, set)) else (tag,)
        self._skipped = None
        super().__init__(self._walk(top, frozenset(events), matcher(tuple(tags))))

    def skip_subtree(self):
        """Passes over what is in the element of the latest start event."""
        self._skipped = True

    def _walk(self, top, events, matches):
        node = top
        while True:
            self._skipped = False
            yield from self._start(node, events, matches)
            if node._first is not None and not self._skipped:
                node = node._first
                continue
            while True:
                after = node._next if node is not top else None
                parent = node._parent
                yield from self._end(node, events, matches)
                if node is top:
                    return
                if after is not None:
                    node = after
                    break
                node = parent

    def _start(self, node, events, matches):
        if node._kind == ELEMENT:
            if "start-ns" in events:
                for prefix, uri in (node._nsdefs or {}).items():
                    yield "start-ns", (prefix or "", uri)
            if "start" in events and (matches is None or matches(node)):
                yield "start", node
        elif _SPECIAL.get(node._kind) in events:
            yield _SPECIAL[node._kind], node

    def _end(self, node, events, matches):
        if node._kind != ELEMENT:
            return
        if "end" in events and (matches is None or matches(node)):
            yield "end", node
        if "end-ns" in events:
            for _ in node._nsdefs or ():
                yield "end-ns", None
