"""Names that a model's recordset does not have: a mistyped field, or a method of Odoo's own code."""

import dis
import sys

import moultg

_LOAD_METHOD = dis.opmap.get("LOAD_METHOD")
_LOAD_ATTR = dis.opmap["LOAD_ATTR"]
# From 3.12 on one instruction serves both; its argument's lowest bit says that a call follows.
_BIT_SAYS_METHOD = sys.version_info >= (3, 12)


class NativeMethod:
    """A method that only the release's own ORM has; calling it starts the script again with that ORM."""

    __slots__ = ("_model", "_method")

    def __init__(self, model, method):
        self._model = model
        self._method = method

    def __call__(self, *args, **kwargs):
        raise moultg.NeedsNativeOrm(self._model, self._method)

    def __repr__(self):
        return "<method %s.%s of the native ORM>" % (self._model, self._method)


def unknown_attribute(model, name, shown=None):
    """
    What `__getattr__` of a model's recordset or field does with a name that it does not have: a NativeMethod
    where the script is about to call it or it is private, AttributeError otherwise, so that probes work.
    `shown` is the name for messages where the plain one says too little.
    """
    if not name.startswith("__") and (name.startswith("_") or _is_called(sys._getframe(2))):
        return NativeMethod(model, shown or name)
    raise AttributeError("%r object has no attribute %r" % (model, shown or name))


def _is_called(frame):
    code = frame.f_code.co_code
    position = frame.f_lasti
    if position < 0:
        return False
    instruction = code[position]
    if _BIT_SAYS_METHOD:
        return instruction == _LOAD_ATTR and bool(code[position + 1] & 1)
    return instruction == _LOAD_METHOD
