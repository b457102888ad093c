"""The registry of models."""

from odoo._guest.missing import missing_attribute
from odoo._records.registry import Registry, RegistryManager  # noqa: F401

__path__ = []  # lets "from odoo.modules.registry import x" say who has x


def __getattr__(name):
    raise missing_attribute(__name__, name)
