"""The environment, and decorators that mark methods (nobody here acts on the marks)."""

from odoo._guest.missing import missing_attribute
from odoo._records.environment import SUPERUSER_ID, Environment  # noqa: F401
from odoo.release import version_info

__path__ = []  # lets "from odoo.api import x" say who has x


def __getattr__(name):
    if name == "NewId":
        from odoo.models import NewId

        return NewId
    raise missing_attribute(__name__, name)


def _plain(method):
    return method


def _with_arguments(*args, **kwargs):
    return _plain


model = autovacuum = readonly = private = _plain
model_create_multi = model_create_single = _plain
depends = depends_context = constrains = onchange = returns = ondelete = deprecated = _with_arguments

if version_info[0] < 15:
    multi = one = _plain


def propagate(method1, method2):
    """The second method."""
    return method2
