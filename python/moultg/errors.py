"""Exceptions for what the host refuses."""

_builders = {}


class HostError(Exception):
    """The host failed by a defect of its own; never worth a second try."""


class HelperError(Exception):
    """A helper function of the host refused its arguments or could not do its work."""


class NeedsNativeOrm(BaseException):
    """Only the release's own ORM can do this; no ``except Exception`` of a script may swallow it.

    The host undoes what the script did and starts it again where that ORM is at hand.
    """

    last = None

    def __init__(self, model, name):
        super().__init__("%s.%s needs the release's own ORM" % (model, name))
        self.model = model
        self.name = name
        # Remembered, because a script may catch even this and pretend to be well.
        NeedsNativeOrm.last = self


def register_error(kind, builder):
    """Has ``builder(fields)`` make the exception for errors of this kind."""
    _builders[kind] = builder


def build_error(fields):
    """The exception for an error that the host sent as ``fields``."""
    kind = fields.get("kind")
    builder = _builders.get(kind)
    if builder is not None:
        return builder(fields)
    message = fields.get("message") or ""
    standard = _STANDARD.get(kind)
    if standard is not None:
        return standard(message)
    if kind == "cancel":
        return KeyboardInterrupt()
    if kind == "helper":
        # Only an unknown name has no function; an attribute error makes hasattr() probes work.
        unknown = fields.get("detail") == "unknown" or " has no function " in message
        return AttributeError(message) if unknown else HelperError(message)
    if kind == "needs-odoo":
        return NeedsNativeOrm(fields.get("detail") or "", message)
    return HostError(message)


_STANDARD = {
    "value": ValueError,
    "key": KeyError,
    "xmlid": ValueError,
    "attribute": AttributeError,
    "type": TypeError,
}
