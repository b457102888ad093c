"""What may stand for the end of a line: names, attributes, models. No attribute's value is read but on the way."""

import builtins
import keyword
import re

_MOST = 200
_MODEL = re.compile(r"""\benv\[(["'])([\w.]*)$""")
_WORD = re.compile(r"(?:(\w+(?:\.\w+)*)\.)?(\w*)$")


def complete(text, namespace):
    """``word`` is the end of the text that the ``matches`` stand for."""
    model = _MODEL.search(text)
    if model is not None:
        return _answer(model.group(2), _models(namespace))
    holder, word = _WORD.search(text).groups()
    if holder is None:
        return _answer(word, (*namespace, *vars(builtins), *keyword.kwlist))
    return _answer(word, _attributes(holder, namespace))


def _answer(word, names):
    hidden = not word.startswith("_")
    found = {name for name in names if name.startswith(word) and not (hidden and name.startswith("_"))}
    return {"word": word, "matches": sorted(found)[:_MOST]}


def _models(namespace):
    try:
        return [name for name in namespace["env"] if isinstance(name, str)]
    except Exception:
        return []


def _attributes(path, namespace):
    first, *rest = path.split(".")
    try:
        value = namespace[first] if first in namespace else getattr(builtins, first)
        for name in rest:
            value = getattr(value, name)
        # moult's records look fields up when they are asked for.
        return [*dir(value), *getattr(value, "_fields", ())]
    except Exception:
        # Whatever a model's own code does on the way: there is nothing to offer.
        return []
