"""Comments, processing instructions and entity references."""

from . import _class_lookup, _element, _parsers
from ._document import Document
from ._names import check_local, plain_text
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
        raise IndexError("list index out of range")

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
        """What it says."""
        return self._text

    @text.setter
    def text(self, value):
        self._text = "" if value is None else plain_text(value)

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
        """What it says; None when that is nothing."""
        return self._text

    @text.setter
    def text(self, value):
        self._text = "" if value is None else plain_text(value)

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
