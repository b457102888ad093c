"""Comments, processing instructions and entity references."""

import re

from . import _class_lookup, _default_parser, _element
from ._document import Document
from ._matching import kinds_by_factory
from ._names import NCNAME, check_local, plain_text
from ._node import COMMENT, ENTITY, INSTRUCTION, link_last


class _ContentOnly(_element._Element):
    """A node that has no name of its own, no attributes and no children."""

    def _refuse(self, *args, **kwargs):
        raise TypeError("this element does not have children or attributes")

    set = append = insert = __setitem__ = _refuse

    @property
    def attrib(self):
        """No attributes."""
        return {}

    def get(self, key, default=None):
        """None: there are no attributes."""
        return None

    def __len__(self):
        return 0

    def __getitem__(self, index):
        if isinstance(index, slice):
            return []
        raise IndexError("list index out of range")

    def __delitem__(self, index):
        if not isinstance(index, slice):
            raise IndexError("list index out of range")

    def clear(self, keep_tail=False):
        """Takes the tail away, unless it is to be kept: there is nothing else."""
        if not keep_tail:
            self._tail = None

    def keys(self):
        """No attributes."""
        return []

    items = values = keys


class _Comment(_ContentOnly):
    """A comment."""

    _kind = COMMENT
    _text = ""

    @property
    def tag(self):
        """The function :func:`Comment`."""
        return Comment

    @property
    def text(self):
        """What it says; set to None, nothing is written of it."""
        return self._text or ""

    @text.setter
    def text(self, value):
        self._text = None if value is None else plain_text(value)

    def __repr__(self):
        return "<!--%s-->" % self.text


class _ProcessingInstruction(_ContentOnly):
    """A processing instruction."""

    _kind = INSTRUCTION
    _target = ""

    @property
    def tag(self):
        """The function :func:`ProcessingInstruction`."""
        return ProcessingInstruction

    @property
    def target(self):
        """What it is for."""
        return self._target

    @target.setter
    def target(self, value):
        value = plain_text(value)
        check_local(value, False)
        if value.lower() == "xml":
            raise ValueError("Invalid PI name %r" % value)
        self._target = value

    @property
    def text(self):
        """What it says."""
        return self._text or ""

    @text.setter
    def text(self, value):
        self._text = None if value is None else plain_text(value)

    def get(self, key, default=None):
        """A pseudo-attribute of the text."""
        return self.attrib.get(key, default)

    @property
    def attrib(self):
        """What looks like attributes in the text."""
        return dict(
            (name, first or second)
            for name, first, second in _PSEUDO_ATTRIBUTES(" " + (self._text or ""))
        )

    def __repr__(self):
        return "<?%s %s?>" % (self.target, self.text) if self.text else "<?%s?>" % self.target


class _Entity(_ContentOnly):
    """A reference to an entity that is left as it is."""

    _kind = ENTITY
    _name = ""

    @property
    def tag(self):
        """The function :func:`Entity`."""
        return Entity

    @property
    def name(self):
        """The name of the entity."""
        return self._name

    @name.setter
    def name(self, value):
        self._name = _entity_name(value)

    @property
    def text(self):
        """The reference as it is written."""
        return "&%s;" % self._name

    def __repr__(self):
        return "&%s;" % self.name


_class_lookup.plain_classes[COMMENT] = _Comment
_class_lookup.plain_classes[INSTRUCTION] = _ProcessingInstruction
_class_lookup.plain_classes[ENTITY] = _Entity

_PSEUDO_ATTRIBUTES = re.compile(r"""\s+([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""").findall
_is_entity_name = re.compile(r"(?:%s|#\d+|#x[0-9A-Fa-f]+)\Z" % NCNAME).match


def _entity_name(value):
    name = plain_text(value)
    if not _is_entity_name(name):
        raise ValueError("Invalid entity reference: %r" % name)
    return name


def _in_new_document(kind):
    parser = _default_parser.get()
    doc = Document(parser)
    node = _class_lookup.new_node(doc, kind, "", {})
    link_last(doc, node)
    return node


def Comment(text=None):
    """A new comment."""
    text = "" if text is None else plain_text(text)
    if "--" in text or text.endswith("-"):
        raise ValueError("Comment may not contain '--' or end with '-'")
    node = _in_new_document(COMMENT)
    node._text = text
    return node


def ProcessingInstruction(target, text=None):
    """A new processing instruction."""
    text = "" if text is None else plain_text(text)
    if "?>" in text:
        raise ValueError("PI text must not contain '?>'")
    node = _in_new_document(INSTRUCTION)
    node.target = target
    node._text = text
    return node


PI = ProcessingInstruction


def Entity(name):
    """A new reference to an entity."""
    name = _entity_name(name)
    node = _in_new_document(ENTITY)
    node._name = name
    return node


kinds_by_factory[Comment] = COMMENT
kinds_by_factory[ProcessingInstruction] = INSTRUCTION
kinds_by_factory[Entity] = ENTITY
