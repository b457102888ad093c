"""Which nodes the tag arguments of ``iter`` and its like select."""

from ._names import plain_text, split
from ._node import COMMENT, ELEMENT, ENTITY, INSTRUCTION

#: Kinds by the functions that make nodes of them: ``iter(etree.Comment)``; filled by ``_factories``.
kinds_by_factory = {}


def matcher(tags):
    """A predicate for nodes, or None when every node is wanted."""
    if not tags:
        return None
    kinds, names, rules = set(), set(), []
    _sort(tags, kinds, names, rules)
    if ENTITY in kinds and {COMMENT, INSTRUCTION, ELEMENT} <= kinds:
        return None
    if not kinds and not rules:
        if len(names) == 1:
            (name,) = names
            return lambda node: node._tag == name
        return lambda node: node._tag in names
    return lambda node: (
        node._kind in kinds
        or node._tag in names
        or (node._kind == ELEMENT and any(rule(node._tag) for rule in rules))
    )


def _sort(tags, kinds, names, rules):
    for tag in tags:
        if tag is None:
            continue
        if callable(tag) and tag in kinds_by_factory:
            kinds.add(kinds_by_factory[tag])
        elif isinstance(tag, (list, tuple, set, frozenset)):
            _sort(tag, kinds, names, rules)
        else:
            _add_name(plain_text(tag), kinds, names, rules)


def _add_name(tag, kinds, names, rules):
    if tag in ("*", "{*}*"):
        kinds.add(ELEMENT)
        return
    uri, local = split(tag)
    if uri is None:
        if local == "*":
            rules.append(lambda name: name[0] != "{")
        else:
            names.add(local)
    elif uri == "*":
        ending = "}" + local
        rules.append(lambda name: name == local or name.endswith(ending))
    elif local == "*":
        start = "{%s}" % uri
        rules.append(lambda name: name.startswith(start))
    else:
        names.add(tag)
