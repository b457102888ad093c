"""The dict-like view of an element's attributes."""

from ._names import attribute_name, lookup_name, plain_text
from ._namespaces import prefix_for, uri_in
from ._text import QName, qualified


class NoValue(str):
    """The value of an HTML attribute that has none: reads as an empty text."""


NO_VALUE = NoValue("")


def set_attribute(element, name, value):
    """Sets an attribute, after checking both texts."""
    html = element._doc.parser.for_html
    name = attribute_name(name, html)
    if type(value) is not str:
        value = _attribute_value(element, value, html)
    else:
        value = plain_text(value)
    element._attrs[name] = value
    if name[0] == "{":
        declare_attribute(element, name)


def _attribute_value(element, value, html):
    if value is None and html:
        return NO_VALUE
    if isinstance(value, QName):
        return qualified(value, element)
    return plain_text(value)


def declare_attribute(element, name, wanted=None):
    """Makes sure that a qualified attribute has a prefix."""
    if element._attr_prefixes is None:
        element._attr_prefixes = {}
    if name not in element._attr_prefixes:
        prefix = prefix_for(element, uri_in(name), wanted, True)
        element._attr_prefixes[name] = prefix
        element._doc.namespaces = True


def delete_attribute(element, name):
    """Takes an attribute away; KeyError when there is none."""
    name = lookup_name(name)
    del element._attrs[name]
    if element._attr_prefixes is not None:
        element._attr_prefixes.pop(name, None)


class _Attrib:
    """The attributes of an element: what is changed here is changed there."""

    __slots__ = ("_element",)

    def __init__(self, element):
        self._element = element

    def __setitem__(self, key, value):
        set_attribute(self._element, key, value)

    def __delitem__(self, key):
        delete_attribute(self._element, key)

    def update(self, sequence_or_dict):
        """Sets several attributes."""
        if isinstance(sequence_or_dict, (dict, _Attrib)):
            pairs = list(sequence_or_dict.items())
        else:
            pairs = list(sequence_or_dict)
        for name, value in pairs:
            set_attribute(self._element, name, value)

    def pop(self, key, *default):
        """Takes an attribute away and answers its value."""
        if len(default) > 1:
            raise TypeError("pop expected at most 2 arguments, got %d" % (len(default) + 1))
        name = lookup_name(key)
        if name not in self._element._attrs:
            if not default:
                raise KeyError(key)
            return default[0]
        value = self._element._attrs[name]
        delete_attribute(self._element, name)
        return value

    def clear(self):
        """Takes all attributes away."""
        self._element._attrs = {}
        self._element._attr_prefixes = None

    def __getitem__(self, key):
        try:
            return self._element._attrs[lookup_name(key)]
        except KeyError:
            raise KeyError(key) from None

    def get(self, key, default=None):
        """The value of an attribute, or the default."""
        return self._element._attrs.get(lookup_name(key), default)

    def keys(self):
        """The names."""
        return list(self._element._attrs)

    def values(self):
        """The values."""
        return list(self._element._attrs.values())

    def items(self):
        """Names and values."""
        return list(self._element._attrs.items())

    def __iter__(self):
        return iter(list(self._element._attrs))

    iterkeys = __iter__

    def itervalues(self):
        """The values, one after the other."""
        return iter(self.values())

    def iteritems(self):
        """Names and values, one pair after the other."""
        return iter(self.items())

    def __contains__(self, key):
        return lookup_name(key) in self._element._attrs

    has_key = __contains__

    def __len__(self):
        return len(self._element._attrs)

    def __bool__(self):
        return bool(self._element._attrs)

    def __copy__(self):
        return dict(self._element._attrs)

    def __deepcopy__(self, memo):
        return dict(self._element._attrs)

    def __eq__(self, other):
        mine = self._element._attrs
        if isinstance(other, _Attrib):
            return mine == other._element._attrs
        return mine == (other if isinstance(other, dict) else dict(other))

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def __repr__(self):
        return repr(dict(self._element._attrs))
