"""Trees as text or bytes: the function ``tostring`` and its like."""

import codecs
import os
import sys
from xml.etree import ElementTree

from ._canonical import write_c14n
from ._names import plain_text
from ._namespaces import local_of
from ._node import COMMENT, DOCUMENT, ELEMENT, INSTRUCTION, Node
from ._write_html import html_tail, write_html
from ._write_xml import special_text, text_of, write_xml

_PLAIN_ENCODINGS = ("ASCII", "UTF-8", "UTF8", "US-ASCII")


def tostring(
    element_or_tree,
    *,
    encoding=None,
    method="xml",
    xml_declaration=None,
    pretty_print=False,
    with_tail=True,
    standalone=None,
    doctype=None,
    exclusive=False,
    inclusive_ns_prefixes=None,
    with_comments=True,
    strip_text=False,
):
    """A node or a tree as bytes, or as text where ``encoding`` is ``str`` or ``"unicode"``."""
    if method in ("c14n", "c14n2"):
        if encoding is not None:
            raise ValueError("Cannot specify encoding with C14N")
        if xml_declaration:
            raise ValueError("Cannot enable XML declaration in C14N")
        options = {"with_comments": with_comments}
        if method == "c14n2":
            options["strip_text"] = strip_text
            return canonical_text(element_or_tree, options).encode("utf-8")
        return write_c14n(element_or_tree, exclusive, inclusive_ns_prefixes or (), with_comments)
    if not with_comments:
        raise ValueError("Can only discard comments in C14N serialisation")
    if strip_text:
        raise ValueError("Can only strip text in C14N 2.0 serialisation")
    as_text = encoding is str or (isinstance(encoding, str) and encoding.lower() == "unicode")
    if as_text and xml_declaration:
        raise ValueError("Serialisation to unicode must not request an XML declaration")
    encoding = "ASCII" if encoding is None else "unicode" if as_text else plain_text(encoding)
    node, whole = _node_of(element_or_tree)
    if method == "text":
        text = _text_content(node, with_tail)
        return text if as_text else text.encode(encoding)
    declared = not as_text and (
        encoding.upper() not in _PLAIN_ENCODINGS if xml_declaration is None else xml_declaration
    )
    if standalone is not None:
        declared = True
    text = _markup(node, whole, _method(method), pretty_print, with_tail, doctype)
    if declared and method != "html":
        text = _declaration(node._doc, encoding, standalone) + text
    return text if as_text else encode(text, encoding)


def _method(method):
    if method is None:
        return "xml"
    lower = method.lower()
    if lower not in ("xml", "html"):
        raise ValueError("unknown output method %r" % method)
    return lower


def _node_of(element_or_tree):
    if isinstance(element_or_tree, Node) and element_or_tree._kind != DOCUMENT:
        return element_or_tree, False
    if hasattr(element_or_tree, "getroot"):
        root = element_or_tree.getroot()
        if root is None:
            raise AssertionError("ElementTree not initialized, missing root")
        return root, True
    raise TypeError("Type '%s' cannot be serialized." % type(element_or_tree).__name__)


def encode(text, encoding):
    """Text as bytes; characters that the encoding lacks become references."""
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise LookupError("unknown encoding: '%s'" % encoding) from None
    return text.encode(encoding, "xmlcharrefreplace")


def _markup(node, whole, method, pretty, with_tail, doctype):
    write = write_html if method == "html" else write_xml
    before, after = "", ""
    if whole:
        before = _before_root(node, method, pretty, doctype)
        after = _siblings(node, "_next", "\n%s" if pretty else "%s")
    elif doctype is not None:
        before = plain_text(doctype) + "\n"
    text = write(node, pretty)
    if with_tail and node._tail is not None:
        text += html_tail(node) if method == "html" else text_of(node._tail)
    return before + text + after + ("\n" if pretty else "")


def _before_root(root, method, pretty, doctype):
    if root._parent is None or root._parent._kind != DOCUMENT:
        return "" if doctype is None else plain_text(doctype) + "\n"
    kind = root._doc.doctype
    form = "%s\n" if pretty else "%s"
    early = kind.preceding if kind is not None else ()
    text = "".join(form % special_text(node) for node in early)
    if doctype is not None:
        text += plain_text(doctype) + "\n"
    elif kind is not None:
        text += _document_type(kind, local_of(root._tag), method)
    return text + _siblings(root, "_prev", form, early)


def _siblings(root, step, form, left_out=()):
    if root._parent is None or root._parent._kind != DOCUMENT:
        return ""
    found, node = [], getattr(root, step)
    while node is not None and node._kind in (COMMENT, INSTRUCTION):
        if node not in left_out:
            found.append(form % special_text(node))
        node = getattr(node, step)
    return "".join(found if step == "_next" else reversed(found))


def _document_type(kind, root_name, method):
    name = kind.name
    if not name:
        return ""
    if name != root_name and not (method == "html" and name.lower() == root_name.lower()):
        return ""
    text = "<!DOCTYPE " + name
    if kind.public_id:
        text += ' PUBLIC "%s"' % kind.public_id
    if kind.system_id:
        quote = "'" if '"' in kind.system_id else '"'
        text += "%s %s%s%s" % ("" if kind.public_id else " SYSTEM", quote, kind.system_id, quote)
    return text + (" [\n%s]>\n" % kind.subset if kind.subset else ">\n")


def _declaration(doc, encoding, standalone):
    ending = {None: "", True: " standalone='yes'", False: " standalone='no'"}
    alone = None if standalone is None else bool(standalone)
    version = doc.version or "1.0"
    return "<?xml version='%s' encoding='%s'%s?>\n" % (version, encoding, ending[alone])


def _text_content(node, with_tail):
    parts = list(node.itertext(with_tail=True)) if node._kind == ELEMENT else [node.text or ""]
    if with_tail and node._tail:
        parts.append(node._tail)
    return "".join(parts)


def tostringlist(element_or_tree, *args, **kwargs):
    """Like :func:`tostring`, as a list of one."""
    return [tostring(element_or_tree, *args, **kwargs)]


def tounicode(element_or_tree, *, method="xml", pretty_print=False, with_tail=True, doctype=None):
    """A node or a tree as text."""
    return tostring(
        element_or_tree,
        encoding="unicode",
        method=method,
        pretty_print=pretty_print,
        with_tail=with_tail,
        doctype=doctype,
    )


def dump(elem, *, pretty_print=True, with_tail=True):
    """Writes a node to the standard output."""
    text = tostring(elem, encoding="unicode", pretty_print=pretty_print, with_tail=with_tail)
    sys.stdout.write(text if pretty_print else text + "\n")


def write_tree(tree, file, encoding, method, pretty_print, options):
    """Writes a tree to a file or a path."""
    if method in ("c14n", "c14n2"):
        options.pop("xml_declaration")
        write_bytes(file, tostring(tree, method=method, **options))
        return
    options.pop("compression", None)
    data = tostring(tree, encoding=encoding, method=method, pretty_print=pretty_print, **options)
    write_bytes(file, data)


def write_bytes(file, data):
    """Writes to a file object or a path."""
    if hasattr(file, "write"):
        file.write(data)
        return
    with open(os.fspath(file), "wb") as stream:
        stream.write(data)


def canonical_text(element_or_tree, options):
    """The canonical form of C14N 2.0."""
    # A document type would bring defaults and entities into what is canonical already.
    text = tostring(element_or_tree, encoding="unicode", doctype="")
    return ElementTree.canonicalize(text.lstrip("\n"), **options)


def canonicalize(xml_data=None, *, out=None, from_file=None, **options):
    """The canonical form, after C14N 2.0, of a text, a tree or a file."""
    if xml_data is not None and not isinstance(xml_data, (str, bytes)):
        xml_data = tostring(xml_data, encoding="unicode", with_tail=False)
    return ElementTree.canonicalize(xml_data, out=out, from_file=from_file, **options)
