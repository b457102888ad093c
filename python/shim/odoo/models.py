"""
The classes of recordsets. An addon's class body may inherit from them too: that defines nothing here,
models are what the database says.
"""

import moultg

from odoo._guest.missing import missing_attribute
from odoo._records.identity import Identity
from odoo._records.prefetch import PREFETCH_MAX  # noqa: F401
from odoo._records.reading import Reading
from odoo._records.searching import Searching
from odoo._records.switching import Switching
from odoo._records.walking import Walking
from odoo._records.writing import Writing

__path__ = []  # lets "from odoo.models import x" say who has x

LOG_ACCESS_COLUMNS = ["create_uid", "create_date", "write_uid", "write_date"]
MAGIC_COLUMNS = ["id"] + LOG_ACCESS_COLUMNS
INSERT_BATCH_SIZE = 100
UPDATE_BATCH_SIZE = 100


def __getattr__(name):
    raise missing_attribute(__name__, name)


class BaseModel(Switching, Walking, Searching, Writing, Reading, Identity):
    """A recordset: records of one model, in an order, in an environment."""

    __slots__ = ()

    _table = None
    _order = "id"
    _rec_name = None
    _inherit = ()
    _inherits = {}
    _fields = {}
    _schema = None
    _parent_name = "parent_id"
    _active_name = None
    _abstract = False
    _transient = False
    _log_access = True

    @property
    def _cr(self):
        return self.env.cr

    @property
    def _uid(self):
        return self.env.uid

    @property
    def _context(self):
        return self.env.context

    @property
    def pool(self):
        return self.env.registry

    @property
    def _auto(self):
        """Whether the model has a table of its own, and not a view."""
        if not self._table:
            return False
        self.env.cr.execute("SELECT relkind FROM pg_class WHERE oid = to_regclass(%s)", ('"%s"' % self._table,))
        row = self.env.cr.fetchone()
        return row is None or row[0] in ("r", "p")

    @property
    def _description(self):
        """The model's label in English."""
        self.env.cr.execute("SELECT name FROM ir_model WHERE model = %s", (self._name,))
        label = self.env.cr.fetchone()[0]
        return label.get("en_US") if isinstance(label, dict) else label

    def is_transient(self):
        return self._transient

    def view_init(self, fields_list):
        """Does nothing, as in Odoo."""


AbstractModel = BaseModel


class Model(BaseModel):
    """A model with a table."""

    __slots__ = ()


class TransientModel(Model):
    """A model whose rows are temporary."""

    __slots__ = ()
    _transient = True


class NewId:
    """The id of a record that is not in the database; there are none here."""

    __slots__ = ("origin", "ref")

    def __init__(self, origin=None, ref=None):
        self.origin, self.ref = origin, ref

    def __bool__(self):
        return False


def _decode_records(fields):
    from odoo._records.current import current_environment

    return current_environment()[fields["m"]].browse(fields["i"])


moultg.register_encoder(BaseModel, "rec", lambda records: {"m": records._name, "i": list(records._ids)})
moultg.register_decoder("rec", _decode_records)
