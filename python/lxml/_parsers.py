"""The parsers: what a script configures, and hands to the functions that read."""

import codecs

from . import _class_lookup, _default_parser, _reading
from ._error_log import ErrorLog
from ._names import plain_text
from ._options import Options
from ._unsupported import unsupported_class


class Resolver:
    """Subclasses find documents that others refer to; kept, but nothing here loads such documents."""

    def resolve(self, system_url, public_id, context):
        """The document, or None."""
        return None

    def resolve_empty(self, context):
        """An empty document."""
        return b""

    def resolve_string(self, string, context, *, base_url=None):
        """A document by its text."""
        return string

    def resolve_filename(self, filename, context):
        """A document by its path."""
        return filename

    def resolve_file(self, f, context, *, base_url=None, close=True):
        """A document by an open file."""
        return f


class ResolverRegistry:
    """The resolvers of a parser."""

    def __init__(self):
        self._resolvers = []

    def add(self, resolver):
        """Adds a resolver."""
        if resolver not in self._resolvers:
            self._resolvers.append(resolver)

    def remove(self, resolver):
        """Takes a resolver away."""
        if resolver in self._resolvers:
            self._resolvers.remove(resolver)

    def __iter__(self):
        return iter(list(self._resolvers))


class _BaseParser:
    for_html = False

    def __init__(self, **options):
        encoding = options.get("encoding")
        if encoding is not None:
            options["encoding"] = plain_text(encoding)
            codecs.lookup(options["encoding"])
        self.options = Options(**options)
        self.class_lookup = None
        self.resolvers = ResolverRegistry()
        self.error_log = ErrorLog()
        self._fed = None

    @property
    def version(self):
        """What reads: no libxml2."""
        return "moult"

    @property
    def target(self):
        """The object that gets the events, or None."""
        return self.options.target

    @property
    def feed_error_log(self):
        """What was said of the text that was fed."""
        return self.error_log

    def copy(self):
        """A parser with the same options."""
        new = type(self).__new__(type(self))
        new.__dict__.update(self.__dict__)
        new._fed = None
        new.error_log = ErrorLog()
        return new

    def set_element_class_lookup(self, lookup=None):
        """Sets which classes stand for the nodes of what is read."""
        self.class_lookup = lookup

    setElementClassLookup = set_element_class_lookup

    def makeelement(self, _tag, attrib=None, nsmap=None, **_extra):
        """A new element in a document of this parser's."""
        return _class_lookup.make_element(self, _tag, attrib, nsmap, _extra)


class _FeedParser(_BaseParser):
    def feed(self, data):
        """Takes a piece of the text; it is read when the parser is closed."""
        if not isinstance(data, (str, bytes)):
            raise TypeError("Parsing requires string data")
        if self._fed is None:
            self._fed = data
        else:
            self._fed += data

    def close(self):
        """Reads what was fed and answers the root element, or the target's result."""
        if self._fed is None:
            raise _reading.nothing_fed()
        data, self._fed = self._fed, None
        return _reading.root_of(data, self)


class XMLParser(_FeedParser):
    """Reads XML."""

    def __init__(
        self,
        *,
        encoding=None,
        attribute_defaults=False,
        dtd_validation=False,
        load_dtd=False,
        no_network=True,
        decompress=False,
        ns_clean=False,
        recover=False,
        schema=None,
        huge_tree=False,
        remove_blank_text=False,
        resolve_entities=True,
        remove_comments=False,
        remove_pis=False,
        strip_cdata=True,
        collect_ids=True,
        target=None,
        compact=True,
    ):
        super().__init__(
            encoding=encoding,
            ns_clean=ns_clean,
            recover=recover,
            schema=schema,
            remove_blank_text=remove_blank_text,
            # lxml 5 says "internal" for entities that the document itself declares.
            resolve_entities=resolve_entities,
            remove_comments=remove_comments,
            remove_pis=remove_pis,
            strip_cdata=strip_cdata,
            target=target,
        )


class ETCompatXMLParser(XMLParser):
    """Reads XML and leaves out comments and processing instructions."""

    def __init__(self, *, remove_comments=True, remove_pis=True, **options):
        super().__init__(remove_comments=remove_comments, remove_pis=remove_pis, **options)


XMLTreeBuilder = ETCompatXMLParser


class HTMLParser(_FeedParser):
    """Reads HTML as libxml2 2.9 does."""

    for_html = True

    def __init__(
        self,
        *,
        encoding=None,
        remove_blank_text=False,
        remove_comments=False,
        remove_pis=False,
        strip_cdata=True,
        no_network=True,
        decompress=False,
        target=None,
        schema=None,
        recover=True,
        compact=True,
        default_doctype=True,
        collect_ids=True,
        huge_tree=False,
    ):
        super().__init__(
            encoding=encoding,
            remove_blank_text=remove_blank_text,
            remove_comments=remove_comments,
            remove_pis=remove_pis,
            strip_cdata=strip_cdata,
            target=target,
            schema=schema,
            recover=recover,
            default_doctype=default_doctype,
        )


XMLPullParser = unsupported_class("XMLPullParser", XMLParser)
HTMLPullParser = unsupported_class("HTMLPullParser", HTMLParser)

_default_parser.install(XMLParser())


def set_default_parser(parser=None):
    """Sets the parser that is used where none is given; without one, the original again."""
    _default_parser.put(parser)


def get_default_parser():
    """The parser that is used where none is given."""
    return _default_parser.get()
