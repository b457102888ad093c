"""What a parser is to keep, drop and forgive."""


class Options:
    """The options of a parser; those that only a C library has are accepted and mean nothing here."""

    def __init__(self, **given):
        self.encoding = given.get("encoding")
        self.recover = bool(given.get("recover", False))
        self.remove_blank_text = bool(given.get("remove_blank_text", False))
        self.remove_comments = bool(given.get("remove_comments", False))
        self.remove_pis = bool(given.get("remove_pis", False))
        self.resolve_entities = bool(given.get("resolve_entities", True))
        self.strip_cdata = bool(given.get("strip_cdata", True))
        self.ns_clean = bool(given.get("ns_clean", False))
        self.default_doctype = bool(given.get("default_doctype", True))
        self.target = given.get("target")
        self.schema = given.get("schema")
