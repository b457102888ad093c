"""Text helpers."""

import unicodedata

_TRUE = ("y", "yes", "1", "true", "t", "on")
_FALSE = ("n", "no", "0", "false", "f", "off")


def str2bool(s, default=None):
    """Reads `yes`, `1`, `on`, … ; anything else is `default`, or a ValueError without one."""
    word = str(s).lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    if default is None:
        raise ValueError("Use 0/1/yes/no/true/false/on/off")
    return bool(default)


def ustr(value, hint_encoding="utf-8", errors="strict"):
    """The value as text; bytes are decoded."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).decode(hint_encoding, errors)
    return value if isinstance(value, str) else str(value)


def remove_accents(input_str):
    """The text without combining marks."""
    if not input_str:
        return input_str
    decomposed = unicodedata.normalize("NFKD", ustr(input_str))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def human_size(sz):
    """A size in bytes, readable; False for nothing."""
    if not sz:
        return False
    size = float(len(sz) if isinstance(sz, str) else sz)
    for unit in ("bytes", "Kb", "Mb", "Gb"):
        if size < 1024 or unit == "Gb":
            return "%0.2f %s" % (size, unit)
        size /= 1024
    return None


def mod10r(number):
    """The number with the check digit of the recursive modulo 10."""
    table = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5]
    carry, text = 0, ""
    for character in number:
        text += character
        if character.isdigit():
            carry = table[(int(character) + carry) % 10]
    return text + str((10 - carry) % 10)


def clean_context(context):
    """The context without its `default_` keys."""
    return {key: value for key, value in context.items() if not key.startswith("default_")}


class unquote(str):  # noqa: N801
    """Text whose repr has no quotes."""

    __slots__ = ()

    def __repr__(self):
        return str(self)


def html_escape(text):
    """The text with HTML's special characters escaped, as Markup where that class is at hand."""
    from odoo._guest.markup import escape

    return escape(text)
