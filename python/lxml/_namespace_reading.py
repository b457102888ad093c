"""Prefixes while a document is read: names with colons become ``{uri}local``."""

from ._names import XML_NAMESPACE


class NamespaceReader:
    """The declarations in force, element by element."""

    def __init__(self, doc, clean=False):
        self._doc = doc
        self._clean = clean
        self._scopes = [{"xml": XML_NAMESPACE}]
        #: Prefixes that nothing declares, with the name they were found in.
        self.undeclared = []

    def start(self, name, attrs):
        """``(tag, prefix, declarations, attributes, their prefixes)`` of a start tag."""
        scope = self._scopes[-1]
        defs = None
        for key in attrs:
            if key[:5] == "xmlns" and (len(key) == 5 or key[5] == ":"):
                defs = defs or {}
                self._declare(defs, key[6:] or None, attrs[key])
        if defs is not None:
            self._doc.namespaces = True
            attrs = {key: value for key, value in attrs.items() if not _is_declaration(key)}
            if self._clean:
                defs = {prefix: uri for prefix, uri in defs.items() if scope.get(prefix) != uri}
            scope = {**scope, **defs}
            defs = defs or None
        self._scopes.append(scope)
        return self._resolve(name, attrs, scope, defs)

    def start_undeclared(self, name, attrs):
        """Like ``start``, in a document without declarations."""
        return self._resolve(name, attrs, self._scopes[0], None)

    def end(self):
        """Leaves an element."""
        self._scopes.pop()

    def _declare(self, defs, prefix, uri):
        if prefix is not None and not uri:
            self.undeclared.append((prefix, None, None))
        elif prefix != "xml":
            defs[prefix] = uri or None

    def _resolve(self, name, attrs, scope, defs):
        prefix, colon, local = name.partition(":")
        if not colon:
            uri = scope.get(None)
            tag, prefix = ("{%s}%s" % (uri, name) if uri else name), None
        else:
            uri = scope.get(prefix)
            if uri:
                tag = "{%s}%s" % (uri, local)
            else:
                self.undeclared.append((prefix, local, None))
                tag, prefix = name, None
        prefixes = None
        if attrs and ":" in "".join(attrs):
            attrs, prefixes = self._resolve_attributes(local or name, attrs, scope)
        return tag, prefix, defs, attrs, prefixes

    def _resolve_attributes(self, owner, attrs, scope):
        resolved, prefixes = {}, {}
        for key, value in attrs.items():
            prefix, colon, local = key.partition(":")
            if not colon:
                resolved[key] = value
                continue
            uri = scope.get(prefix)
            if not uri:
                self.undeclared.append((prefix, owner, local))
                resolved[key] = value
                continue
            key = "{%s}%s" % (uri, local)
            resolved[key] = value
            prefixes[key] = prefix
            self._doc.namespaces = True
        return resolved, prefixes or None

    def complaint(self):
        """What to say of the first prefix that nothing declares."""
        prefix, owner, attribute = self.undeclared[0]
        if owner is None:
            return "xmlns:%s: Empty XML namespace is not allowed" % prefix
        if attribute is None:
            return "Namespace prefix %s on %s is not defined" % (prefix, owner)
        return "Namespace prefix %s for %s on %s is not defined" % (prefix, attribute, owner)


def _is_declaration(key):
    return key == "xmlns" or key.startswith("xmlns:")
