"""What the HTML parser reads below the level of tags: names, references, texts, comments."""

import re

from ._html_tables import ENTITIES

#: Names of elements and attributes; libxml2 cuts them off after 100 characters.
tag_name_at = re.compile(r"[A-Za-z_:.][A-Za-z0-9:_.\-]{0,99}").match
_name_at = re.compile(r"[^\W\d][\w.\-:\u00b7]*|:[\w.\-:\u00b7]*").match
_blanks_at = re.compile(r"[ \t\r\n]*").match
_text_at = re.compile(r"[^<&]+").match
_comment_end = re.compile(r"--!?>").search
_number_at = re.compile(r"&#(?:[xX]([0-9A-Fa-f]*)|([0-9]*));?").match
_system_at = re.compile(r"system", re.IGNORECASE).match
_public_at = re.compile(r"public", re.IGNORECASE).match
_not_characters = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]").sub
_not_public = re.compile(r"[^\x20\x0D\x0Aa-zA-Z0-9'()+,./:=?;!*#@$_%-]").search
#: What ends the text of a document wherever a new token would begin.
END = ("", "\0")


class HtmlScanner:
    """A text and a place in it; what is found goes to a builder."""

    def __init__(self, text, builder):
        self.text = text
        self.at = 0
        self.builder = builder

    def skip_blanks(self):
        """Goes to the next character that is not blank."""
        self.at = _blanks_at(self.text, self.at).end()

    def skip_past(self, character):
        """Goes behind the next such character, or to the end."""
        found = self.text.find(character, self.at)
        self.at = len(self.text) if found < 0 else found + 1

    def name(self):
        """A name of XML's kind; None, without moving, where there is none."""
        match = _name_at(self.text, self.at)
        if match is None or match.end() == len(self.text):
            return None
        self.at = match.end()
        return match.group()

    def character(self):
        """The text of ``&#…;``; empty where it names no character."""
        match = _number_at(self.text, self.at)
        self.at = match.end()
        hexadecimal, decimal = match.groups()
        digits, base = (hexadecimal, 16) if hexadecimal is not None else (decimal, 10)
        # Longer numbers are too large anyway, and costly to work out.
        number = int(digits[-9:] if not digits.strip("0") else digits.lstrip("0")[:9], base) if digits else 0
        return chr(number) if is_character(number) else ""

    def entity(self):
        """The text of ``&name;``; the reference as it stands where the name means nothing."""
        self.at += 1
        name = self.name()
        if name is None:
            return "&"
        if self.text[self.at : self.at + 1] == ";" and name in ENTITIES:
            self.at += 1
            return ENTITIES[name]
        return "&" + name

    def characters(self):
        """Text up to the next tag or reference."""
        match = _text_at(self.text, self.at)
        start, self.at = self.at, match.end()
        data = _not_characters("", match.group().replace("\0", " "))
        after = self.text[self.at : self.at + 1]
        if data.strip(" \t\r\n"):
            self.open_paragraph(_first_piece_end(data, start))
            self.builder.text(data)
        elif data:
            if after == "" or (after == "<" and self.builder.is_ignorable()):
                self.builder.blank(data)
            else:
                self.open_paragraph()
                self.builder.text(data)

    def open_paragraph(self, offset=None):
        """Makes sure that text has an element to be in; ``offset`` is where that is found necessary."""
        raise NotImplementedError

    def reference(self):
        """A reference in text."""
        if self.text.startswith("&#", self.at):
            data = self.character()
            if not data:
                return
        else:
            data = self.entity()
        self.open_paragraph()
        self.builder.text(data)

    def comment(self):
        """A comment, up to its end; one without an end is lost."""
        start = self.at + 4
        match = _comment_end(self.text, start)
        if match is None:
            self.at = len(self.text)
            return
        self.at = match.end()
        data = _not_characters("", self.text[start : match.start()].replace("\0", " "))
        self.builder.comment(data, self.at)

    def instruction(self):
        """A processing instruction: in HTML it ends with the first ``>``."""
        self.at += 2
        target = self.name()
        if target is None:
            return
        self.skip_blanks()
        end = self.text.find(">", self.at)
        if end < 0:
            self.at = len(self.text)
            return
        data = _not_characters("", self.text[self.at : end].replace("\0", " "))
        self.at = end + 1
        self.builder.instruction(target, data, self.at)

    def document_type(self):
        """A document type declaration."""
        self.at += 9
        self.skip_blanks()
        name = self.name()
        self.skip_blanks()
        public_id = system_id = None
        if _system_at(self.text, self.at):
            self.at += 6
            self.skip_blanks()
            system_id = self._literal()
        elif _public_at(self.text, self.at):
            self.at += 6
            self.skip_blanks()
            public_id = self._literal()
            if public_id is not None and _not_public(public_id):
                public_id = None
            self.skip_blanks()
            if self.text[self.at : self.at + 1] in ("'", '"'):
                system_id = self._literal()
        self.skip_blanks()
        self.skip_past(">")
        self.builder.doctype(name, public_id, system_id)

    def _literal(self):
        quote = self.text[self.at : self.at + 1]
        if quote not in ("'", '"') or not quote:
            return None
        self.at += 1
        end = self.text.find(quote, self.at)
        if end < 0:
            self.at = len(self.text)
            return None
        value, self.at = self.text[self.at : end], end + 1
        return value


def _first_piece_end(data, start):
    # Text comes in pieces of a thousand bytes: the first one opens the paragraph.
    if len(data) <= 1000 and len(data.encode("utf-8", "replace")) <= 1000:
        return None
    return start + len(data.encode("utf-8", "replace")[:1000].decode("utf-8", "ignore"))


def is_character(number):
    """Whether XML has a character of this number."""
    if number < 0x20:
        return number in (9, 10, 13)
    return number <= 0xD7FF or 0xE000 <= number <= 0xFFFD or 0x10000 <= number <= 0x10FFFF
