"""In which encoding the bytes of an XML document are."""

import codecs
import re

_declaration = re.compile(
    rb"""\s*<\?xml\s[^>]*?encoding\s*=\s*(?:"([A-Za-z0-9._:-]+)"|'([A-Za-z0-9._:-]+)')"""
).match
_BY_EXPAT = ("utf-8", "iso8859-1", "ascii")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)


def declared_encoding(data):
    """The encoding that a document declares, or None."""
    match = _declaration(data[len(codecs.BOM_UTF8) :] if data.startswith(codecs.BOM_UTF8) else data)
    return (match.group(1) or match.group(2)).decode("ascii") if match else None


def decode_xml(data, override=None):
    """``(bytes, encoding for expat)``; the encoding is None where expat sees for itself."""
    mark, by_mark = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", None))
    name = override or by_mark or declared_encoding(data) or _without_mark(data)
    if name is None:
        return data, None
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return data, None
    if codec in _BY_EXPAT:
        return data, None if override is None else name
    text = data[len(mark) :].decode(by_mark or codec, "replace")
    return text.encode("utf-8", "surrogatepass"), "utf-8"


def _without_mark(data):
    if data.startswith(b"<\x00"):
        return "utf-16-le"
    return "utf-16-be" if data.startswith(b"\x00<") else None
