"""Element classes by namespace and name."""

from ._class_lookup import FallbackElementClassLookup
from ._element import _Element
from ._errors import NamespaceRegistryError
from ._extensions import _NamespaceRegistry
from ._names import plain_text, split
from ._node import ELEMENT


class _ClassNamespaceRegistry(_NamespaceRegistry):
    def _check(self, item):
        if not isinstance(item, type) or not issubclass(item, _Element):
            raise NamespaceRegistryError(
                "Registered element classes must be subtypes of ElementBase"
            )

    def __repr__(self):
        return "Namespace(%r)" % self._ns_uri


class ElementNamespaceClassLookup(FallbackElementClassLookup):
    """Decides by the namespace and the name of an element."""

    def __init__(self, fallback=None):
        super().__init__(fallback)
        self._registries = {}

    def get_namespace(self, ns_uri):
        """The registry of a namespace; None: of elements without one."""
        uri = plain_text(ns_uri) if ns_uri else None
        return self._registries.setdefault(uri, _ClassNamespaceRegistry(ns_uri))

    def choose(self, doc, kind, tag, attrs):
        if kind != ELEMENT:
            return None
        uri, local = split(tag)
        registry = self._registries.get(uri)
        if registry is None:
            return None
        return registry._entries.get(local) or registry._entries.get(None)
