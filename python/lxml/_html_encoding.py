"""In which encoding the bytes of an HTML document are: as libxml2 finds it out, while it reads."""

import codecs
import re

_charset_in_content = re.compile(r"charset\s*=\s*([^\s;\"']+)", re.IGNORECASE)
_not_ascii = re.compile("[^\x00-\x7f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class HtmlBytes:
    """Bytes on their way to text.

    ``text`` is what the parser begins with. As long as nothing says otherwise, each byte is a
    character; a ``meta`` element that comes before the first byte above 127 names the encoding.
    """

    def __init__(self, data, override):
        self.encoding = override
        mark, name = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", None))
        if override is not None or name is not None:
            self.encoding = override or name
            self.text = _decode(data[len(mark) :], self.encoding)
            self._settled = True
            return
        self.text = data.decode("latin-1")
        first = _not_ascii.search(self.text)
        self._first = len(self.text) if first is None else first.start()
        self._settled = False

    def declared(self, attrs, text, at):
        """The text after a ``meta`` element was read up to ``at``."""
        if self._settled:
            return text
        name = _charset_of(attrs)
        if name is None:
            return text
        self._settled = True
        self.encoding = name
        if at > self._first:
            return text
        return text[:at] + _decode(text[at:].encode("latin-1"), name)


def _charset_of(attrs):
    values = {key: value for key, value in attrs if value is not None}
    if "charset" in values:
        return values["charset"].strip()
    if values.get("http-equiv", "").lower() == "content-type":
        match = _charset_in_content.search(values.get("content", ""))
        return match.group(1) if match else None
    return None


def _decode(data, encoding):
    try:
        codec = codecs.lookup(encoding)
    except LookupError:
        return data.decode("latin-1")
    try:
        return codec.decode(data, "strict")[0]
    except UnicodeDecodeError:
        # From the first wrong byte on, libxml2 takes each byte for a character.
        return _decode_leniently(data, encoding)


def _decode_leniently(data, encoding):
    return data.decode(encoding, "moult_latin1")


def _as_latin1(error):
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("moult_latin1", _as_latin1)
