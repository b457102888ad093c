"""The guest's side of moult: how Python code of a script's interpreter talks to its host.

What the shims (``psycopg2``, ``odoo``, ``openupgradelib``) build on:

``call(op, *args, **kwargs)``
    Sends an operation and returns the decoded value, or a :class:`ResultSet` for a statement. Buffered
    log lines go first, so that their order relative to SQL is kept. An error of the host is raised as
    the exception that the builder registered for its kind makes.
``register_error(kind, builder)``
    ``builder(fields)`` makes the exception of an error kind from the dict that the host sent.
``register_encoder(cls, tag, to_json)``
    Sends instances of ``cls`` as ``{"$": tag, "v": to_json(value)}``; ``to_json`` answers wire data
    (use :func:`encode` for nested values).
``register_decoder(tag, from_json)``
    ``from_json(v)`` makes the Python value of a tag; nested values are decoded already.
``register_flush(function)``
    ``function()`` runs after ``migrate`` returned: writes that are still held back are sent.
``register_reset(function)``
    ``function()`` runs before each script: caches of the one before are dropped.
``settings``
    What the host said about the run: ``settings.release`` (such as ``"16.0"``), ``settings.addons_paths``
    (folders that hold addons, in search order) and ``settings.addons`` (module name to folder, for
    modules outside of those).
``NeedsNativeOrm(model, name)``
    Raised where only the release's own ORM can go on; the host starts the script again with it.
"""

from .codec import ResultSet, decode, encode, register_decoder, register_encoder
from .errors import HelperError, HostError, NeedsNativeOrm, register_error
from .hooks import register_flush, register_reset
from .settings import settings
from .transport import call

__all__ = [
    "HelperError",
    "HostError",
    "NeedsNativeOrm",
    "ResultSet",
    "call",
    "decode",
    "encode",
    "register_decoder",
    "register_encoder",
    "register_error",
    "register_flush",
    "register_reset",
    "settings",
]
