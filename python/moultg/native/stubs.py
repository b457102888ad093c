"""Missing packages that Odoo imports without asking: importable, and an error as soon as they are used."""

import logging
import os
import sys
import types
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder

from .stub_used import StubUsed

#: Modules that Python or a package lacks here.
STAND_INS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "standins")

_logger = logging.getLogger("moult.packages")

#: Packages that Odoo imports unconditionally somewhere and needs for a few features only: the required ones of
#: src/odoo/packages/package-needs.ts that are not essential. A package that is not listed raises ImportError
#: where it is missing, and Odoo's own fallback runs: a lenient stand-in for `magic` or `phonenumbers` would
#: silently store other data.
REQUIRED = frozenset(
    (
        "OpenSSL",
        "PyPDF2",
        "chardet",
        "cryptography",
        "docutils",
        "ldap",
        "pkg_resources",
        "psutil",
        "qrcode",
        "reportlab",
        "requests",
        "rjsmin",
        "stdnum",
        "urllib3",
        "xlrd",
        "xlwt",
        "zeep",
    )
)

#: What only modules for devices (`hw_*`) and old ones import.
DEVICES = frozenset(("serial", "suds", "usb"))

#: Packages that Odoo does without; where one is broken, it is absent.
OPTIONAL = frozenset(
    ("freezegun", "gevent", "greenlet", "num2words", "odf", "ofxparse", "openpyxl", "sass", "vobject", "xlsxwriter")
)

STUBBED = REQUIRED | DEVICES

#: Packages that are nothing without their compiled parts, or without a network, neither of which a
#: WebAssembly interpreter has.
COMPILED = frozenset(("OpenSSL", "_cffi_backend", "cryptography", "ldap", "psutil"))
NETWORK = frozenset(("requests", "serial", "suds", "urllib3", "usb", "zeep"))

#: What marks a stand-in, for those who ask.
MARK = "__moult_stub__"


class StubType(type):
    """Makes the attributes of stub modules: classes that can be named and inherited, not called."""

    def __call__(cls, *args, **kwargs):
        raise StubUsed(_path(cls))

    def __getattr__(cls, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return stub_class(_path(cls) + "." + name)


def stub_class(path):
    """A stand-in for whatever ``path`` names; an exception class, so that ``except`` takes it."""
    module, _, name = path.rpartition(".")
    return StubType(name, (Exception,), {"__module__": module, "__qualname__": name})


def _path(cls):
    for base in cls.__mro__:
        if isinstance(base, StubType):
            path = "%s.%s" % (base.__module__, base.__qualname__)
    return path


class StubModule(types.ModuleType):
    """A package that is not there."""

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError("module %r has no attribute %r" % (self.__name__, name))
        return stub_class("%s.%s" % (self.__name__, name))


class _StubLoader(Loader):
    def create_module(self, spec):
        return StubModule(spec.name)

    def exec_module(self, module):
        setattr(module, MARK, True)


class StubFinder(MetaPathFinder):
    """Finds stand-ins for the packages of a set, and for all that is below them."""

    def __init__(self, names):
        self._names = names

    def find_spec(self, fullname, path=None, target=None):
        package = fullname.partition(".")[0]
        if package not in self._names:
            return None
        if package != fullname and not hasattr(sys.modules.get(package), MARK):
            # A part that the real package lacks.
            return None
        return ModuleSpec(fullname, _StubLoader(), is_package=True)


class _LenientLoader(Loader):
    """Loads a package, or makes a stand-in of it where it fails: old ones do on a newer Python."""

    def __init__(self, loader):
        self._loader = loader

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        try:
            self._loader.exec_module(module)
        except Exception as error:
            _make_stub(module)
            if _stand_in(module):
                return
            if module.__name__ in OPTIONAL:
                raise ImportError(
                    "%s is broken here (%s: %s)" % (module.__name__, type(error).__name__, error),
                    name=module.__name__,
                ) from error
            _logger.warning(
                "The package %s cannot be imported (%s: %s); what needs it will fail",
                module.__name__,
                type(error).__name__,
                error,
            )


class LenientFinder(MetaPathFinder):
    """Finds packages of a set that are there."""

    def __init__(self, names):
        self._names = names

    def find_spec(self, fullname, path=None, target=None):
        if fullname not in self._names:
            return None
        spec = PathFinder.find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _LenientLoader(spec.loader)
        return spec


def _make_stub(module):
    name = module.__name__
    for other in [other for other in sys.modules if other.startswith(name + ".")]:
        del sys.modules[other]
    for attribute in [one for one in vars(module) if not one.startswith("__")]:
        delattr(module, attribute)
    module.__class__ = StubModule
    setattr(module, MARK, True)


def _stand_in(module):
    """Runs moult's own module of that name in its place, where there is one."""
    path = os.path.join(STAND_INS, module.__name__ + ".py")
    if not os.path.isfile(path):
        return False
    with open(path, "rb") as stream:
        exec(compile(stream.read(), path, "exec"), module.__dict__)
    return True


def install():
    """Has missing packages found; those without a chance in WebAssembly are not even looked for."""
    sys.meta_path.insert(0, LenientFinder(STUBBED | OPTIONAL))
    if sys.platform == "emscripten":
        sys.meta_path.insert(0, StubFinder(COMPILED | NETWORK))
    sys.meta_path.append(StubFinder(STUBBED))
