"""The axes of XPath: from a node to lists of nodes, in the order of the axis."""

from ._names import XML_NAMESPACE
from ._namespaces import scope_of
from ._node import ELEMENT
from ._xpath_values import ATTRIBUTE, LOOSE, NAMESPACE, TAIL, TEXT

#: Axes whose positions count backwards in the document.
REVERSE = frozenset(("ancestor", "ancestor-or-self", "preceding", "preceding-sibling", "parent"))


def children(node, texts):
    """The children; with ``texts``, those that are text as well."""
    if type(node) is tuple:
        return []
    found = []
    if texts and node._kind == ELEMENT and node._text is not None and node._text != "":
        found.append((node, TEXT, None))
    child = node._first
    while child is not None:
        found.append(child)
        if texts and child._tail is not None and child._tail != "":
            found.append((child, TAIL, None))
        child = child._next
    return found


def descendants(node, texts):
    """Everything below."""
    if type(node) is tuple:
        return []
    found, top = [], node
    while True:
        if node is not top:
            found.append(node)
        if texts and node._kind == ELEMENT and node._text is not None and node._text != "":
            found.append((node, TEXT, None))
        if node._first is not None:
            node = node._first
            continue
        while True:
            if node is top:
                return found
            if texts and node._tail is not None and node._tail != "":
                found.append((node, TAIL, None))
            if node._next is not None:
                node = node._next
                break
            node = node._parent


def named_descendants(node, tag):
    """The elements of a name below a node."""
    if type(node) is tuple:
        return []
    found, top = [], node
    while True:
        after = node._first
        while after is None:
            if node is top:
                return found
            after = node._next
            if after is None:
                node = node._parent
        node = after
        if node._tag == tag:
            found.append(node)


def parent(node):
    """The node above, as a list of one or none."""
    if type(node) is tuple:
        owner, kind, _name = node
        if kind == LOOSE:
            return []
        if kind == TAIL:
            return [] if owner._parent is None else [owner._parent]
        return [owner]
    return [] if node._parent is None else [node._parent]


def ancestors(node, _texts=False):
    """The nodes above, the nearest first."""
    found = parent(node)
    while found and found[-1]._parent is not None:
        found.append(found[-1]._parent)
    return found


def following_siblings(node, texts):
    """The siblings behind a node."""
    found = []
    if type(node) is tuple:
        owner, kind, _name = node
        if kind not in (TEXT, TAIL):
            return found
        node = owner._first if kind == TEXT else owner._next
    else:
        if texts and node._tail is not None and node._tail != "":
            found.append((node, TAIL, None))
        node = node._next
    while node is not None:
        found.append(node)
        if texts and node._tail is not None and node._tail != "":
            found.append((node, TAIL, None))
        node = node._next
    return found


def preceding_siblings(node, texts):
    """The siblings before a node, the nearest first."""
    found = []
    if type(node) is tuple:
        owner, kind, _name = node
        if kind != TAIL:
            return found
        node, above = owner, owner._parent
        found.append(node)
    else:
        above = node._parent
    while node._prev is not None:
        node = node._prev
        if texts and node._tail is not None and node._tail != "":
            found.append((node, TAIL, None))
        found.append(node)
    if texts and above is not None and above._kind == ELEMENT:
        if above._text is not None and above._text != "":
            found.append((above, TEXT, None))
    return found


def following(node, texts):
    """Everything behind a node that is not in it."""
    found = []
    if type(node) is tuple and node[1] in (ATTRIBUTE, NAMESPACE):
        # By the book, what is in the attribute's element follows it; libxml2 leaves it out.
        node = node[0]
    while True:
        for sibling in following_siblings(node, texts):
            found.append(sibling)
            found.extend(descendants(sibling, texts))
        above = parent(node)
        if not above:
            return found
        node = above[0]


def preceding(node, texts):
    """Everything before a node that it is not in, the nearest first."""
    found = []
    if type(node) is tuple and node[1] in (ATTRIBUTE, NAMESPACE):
        node = node[0]
    while True:
        for sibling in preceding_siblings(node, texts):
            found.extend(reversed(descendants(sibling, texts)))
            found.append(sibling)
        above = parent(node)
        if not above:
            return found
        node = above[0]


def attributes(node, _texts=False):
    """The attributes of an element."""
    if type(node) is tuple or node._kind != ELEMENT:
        return []
    return [(node, ATTRIBUTE, name) for name in node._attrs]


def namespaces(node, _texts=False):
    """The namespaces in force at an element."""
    if type(node) is tuple or node._kind != ELEMENT:
        return []
    scope = {"xml": XML_NAMESPACE, **scope_of(node)}
    return [(node, NAMESPACE, pair) for pair in scope.items() if pair[1]]


def _with_self(nodes):
    def axis(node, texts):
        if type(node) is tuple and node[1] in (TEXT, TAIL) and not texts:
            return nodes(node, texts)
        return [node, *nodes(node, texts)]

    return axis


#: Functions of a node and of whether texts count.
AXES = {
    "ancestor": ancestors,
    "ancestor-or-self": _with_self(ancestors),
    "attribute": attributes,
    "child": children,
    "descendant": descendants,
    "descendant-or-self": _with_self(descendants),
    "following": following,
    "following-sibling": following_siblings,
    "namespace": namespaces,
    "parent": lambda node, _texts: parent(node),
    "preceding": preceding,
    "preceding-sibling": preceding_siblings,
    "self": lambda node, _texts: [node],
}


def document_order(nodes):
    """The nodes in the order of their document, each once."""
    unique = list(dict.fromkeys(nodes))
    if len(unique) < 2:
        return unique
    places = {}
    for node in unique:
        owner = node[0] if type(node) is tuple else node
        if owner not in places:
            top = owner
            while top._parent is not None:
                top = top._parent
            _number(top, places)
    end = (float("inf"),)
    return sorted(unique, key=lambda node: _place(node, places) or end)


def _number(top, places):
    """Gives each node of a tree the numbers at which it begins and ends."""
    count = len(places) * 2
    node, begins = top, {}
    while True:
        begins[node] = count
        count += 1
        if node._first is not None:
            node = node._first
            continue
        while True:
            places[node] = (begins[node], count)
            count += 1
            if node is top:
                return
            if node._next is not None:
                node = node._next
                break
            node = node._parent


def _place(node, places):
    if type(node) is not tuple:
        return (places[node][0],)
    owner, kind, name = node
    if kind == LOOSE:
        return None
    begin, end = places[owner]
    if kind == TAIL:
        return (end, 0)
    if kind == NAMESPACE:
        return (begin, 0)
    if kind == ATTRIBUTE:
        return (begin, 1, list(owner._attrs).index(name))
    return (begin, 2)


