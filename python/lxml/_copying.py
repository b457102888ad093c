"""Copies of nodes: deep ones, each in a document of its own."""

from . import _class_lookup
from ._document import Doctype
from ._namespaces import declare, uri_in, uri_of
from ._node import ELEMENT, link_last, walk


def copy_to_new_document(node):
    """A copy of a node with its tail, as the root of a new document."""
    doc = node._doc.new_like()
    new = copy_below(node, doc)
    link_last(doc, new)
    if doc.namespaces:
        _declare_missing(new)
    return new


def copy_document(old):
    """A copy of a document with what stands beside its root."""
    doc = old.new_like()
    kind = old.doctype
    copies = {}
    child = old._first
    while child is not None:
        copies[child] = copy_below(child, doc)
        link_last(doc, copies[child])
        child = child._next
    if kind is not None:
        doc.doctype = Doctype(kind.name, kind.public_id, kind.system_id, kind.subset)
        doc.doctype.preceding = tuple(copies[node] for node in kind.preceding if node in copies)
    return doc


def copy_below(top, doc):
    """An unlinked copy of a node and all below it, for a document."""
    lookup = _class_lookup.lookup_of(doc)
    new_top = new = _copy_one(top, doc, lookup)
    old = top
    while True:
        if old._first is not None:
            old, parent = old._first, new
        else:
            while old is not top and old._next is None:
                old, new = old._parent, new._parent
            if old is top:
                return new_top
            old, parent = old._next, new._parent
        new = _copy_one(old, doc, lookup)
        link_last(parent, new)


def _copy_one(old, doc, lookup):
    cls = _class_lookup.class_of(lookup, doc, old._kind, old._tag, old._attrs)
    new = cls.__new__(cls)
    fields = new.__dict__
    fields.update(old.__dict__)
    # Own links and own containers: all else is the same.
    for name in ("_first", "_last", "_next", "_prev", "_parent"):
        fields.pop(name, None)
    fields["_doc"] = doc
    fields["_attrs"] = dict(old._attrs)
    if old._nsdefs is not None:
        fields["_nsdefs"] = dict(old._nsdefs)
    if old._attr_prefixes is not None:
        fields["_attr_prefixes"] = dict(old._attr_prefixes)
    new._init()
    return new


def _declare_missing(new):
    for node in walk(new):
        if node._kind != ELEMENT:
            continue
        if node._tag[0] == "{":
            _declare_at(new, node, node._prefix, uri_in(node._tag))
        for name, prefix in (node._attr_prefixes or {}).items():
            _declare_at(new, node, prefix, uri_in(name))


def _declare_at(top, node, prefix, uri):
    if uri_of(node, prefix) is None:
        declare(top, prefix, uri)
