"""The document above a tree: what was declared before the root element, and where it came from."""

import re

from ._names import plain_text
from ._node import DOCUMENT, ELEMENT, Node

_NOT_PUBLIC_ID = re.compile(r"[^\x20\x0D\x0Aa-zA-Z0-9'()+,./:=?;!*#@$_%-]+").search


class Doctype:
    """A document type declaration; ``subset`` is the text between its brackets, None without them."""

    def __init__(self, name, public_id=None, system_id=None, subset=None):
        self.name = name
        self.public_id = public_id
        self.system_id = system_id
        self.subset = subset
        #: Comments and instructions that stand before it.
        self.preceding = ()


class Document(Node):
    """The node above the root element and its comments and instructions."""

    _kind = DOCUMENT

    def __init__(self, parser, html=False):
        self._doc = self
        self.parser = parser
        self.html = html
        self.url = None
        self.version = None if html else "1.0"
        self.encoding = "UTF-8"
        self.standalone = None
        self.doctype = None
        #: Whether any node of it may have a namespace: most have none, and are spared the care.
        self.namespaces = False
        self._prefixes = 0

    @property
    def root(self):
        """The root element, or None."""
        node = self._first
        while node is not None and node._kind != ELEMENT:
            node = node._next
        return node

    def new_prefix(self):
        """A prefix that this document has not made up before."""
        self._prefixes += 1
        return "ns%d" % (self._prefixes - 1)

    def new_like(self):
        """An empty document of the same kind."""
        new = Document(self.parser, self.html)
        new.url = self.url
        new.version = self.version
        new.encoding = self.encoding
        new.standalone = self.standalone
        new.namespaces = self.namespaces
        return new


class DocInfo:
    """What a document says about itself."""

    def __init__(self, tree):
        self._doc = tree._doc

    def _doctype(self):
        if self._doc.doctype is None:
            root = self._doc.root
            self._doc.doctype = Doctype(root._tag if root is not None else None)
        return self._doc.doctype

    @property
    def root_name(self):
        """The local name of the root element."""
        root = self._doc.root
        return None if root is None else root._tag[root._tag.rfind("}") + 1 :]

    @property
    def public_id(self):
        """The public identifier of the document type; setting it makes one."""
        return self._doc.doctype.public_id if self._doc.doctype is not None else None

    @public_id.setter
    def public_id(self, value):
        if value is not None:
            match = _NOT_PUBLIC_ID(value)
            if match:
                raise ValueError("Invalid character(s) %r in public_id." % match.group(0))
            value = plain_text(value)
        self._doctype().public_id = value

    @property
    def system_url(self):
        """The system identifier of the document type; setting it makes one."""
        return self._doc.doctype.system_id if self._doc.doctype is not None else None

    @system_url.setter
    def system_url(self, value):
        if value is not None:
            value = plain_text(value)
            if "'" in value and '"' in value:
                raise ValueError(
                    "System URL may not contain both single (') and double quotes (\")."
                )
        self._doctype().system_id = value

    @property
    def xml_version(self):
        """The version of XML."""
        return self._doc.version

    @property
    def encoding(self):
        """The encoding that the document was declared or read in."""
        return self._doc.encoding

    @property
    def standalone(self):
        """Whether the document says that it stands alone; None when it says nothing."""
        return self._doc.standalone

    @property
    def URL(self):
        """Where the document came from; None when that is not known."""
        return self._doc.url

    @URL.setter
    def URL(self, value):
        self._doc.url = value

    @property
    def doctype(self):
        """The document type declaration, or an empty text."""
        kind = self._doc.doctype
        if kind is None:
            return ""
        text = "<!DOCTYPE %s" % self.root_name
        if kind.public_id:
            text += ' PUBLIC "%s"' % kind.public_id
        if kind.system_id:
            text += "" if kind.public_id else " SYSTEM"
            quote = "'" if '"' in kind.system_id else '"'
            text += " %s%s%s" % (quote, kind.system_id, quote)
        return text + ">"

    def clear(self):
        """Takes the document type declaration away."""
        self._doc.doctype = None
