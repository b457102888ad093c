"""Records, from a cursor."""

import itertools
import logging

import moultg
from odoo import SUPERUSER_ID, api

from odoo_upgrade.util._bulk import query_ids
from odoo_upgrade.util._names import forwarding
from odoo_upgrade.util._progress import chunks, log_progress

_logger = logging.getLogger("odoo.upgrade.orm")

__getattr__ = forwarding(__name__, globals())


def env(cr):
    """The superuser's environment on the cursor."""
    return api.Environment(cr, SUPERUSER_ID, {})


def flush(records):
    """Sends writes that are held back."""
    records.env.transaction.flush()


def recompute(records):
    """Sends writes that are held back; nothing is computed here."""
    records.env.transaction.flush()


def invalidate(records, *args):
    """Drops cached values."""
    records.env.transaction.flush()
    records.env.transaction.cache.clear()


def recompute_fields(cr, model, fields, ids=None, logger=_logger, chunk_size=256, strategy="auto", query=None):
    """Computing fields is the work of the release's own ORM."""
    raise moultg.NeedsNativeOrm(model if isinstance(model, str) else model._name, "recompute_fields")


class iter_browse:  # noqa: N801
    """
    Records in pieces of `chunk_size`, written and forgotten in between. Iterate over it, call a method
    of the model on it (the answers come in a list, one per piece), or `create` from many values. It
    works once; RuntimeError after that.
    """

    __slots__ = ("_chunk_size", "_pieces", "_logger", "_model", "_size", "_strategy", "_yield_chunks")

    def __init__(
        self, model, *args, size=None, query=None, chunk_size=200, yield_chunks=False, logger=_logger,
        strategy="flush",
    ):
        ids = args[-1] if args else None
        if (ids is None) == (query is None):
            raise TypeError("Must be initialized using exactly one of `ids` or `query`")
        if strategy not in ("flush", "commit"):
            raise AssertionError("strategy is flush or commit")
        if query is not None:
            ids = query_ids(model.env.cr, query, itersize=chunk_size)
        self._model = model
        self._chunk_size = chunk_size
        self._yield_chunks = yield_chunks
        self._logger = logger
        self._strategy = strategy
        self._size = size if size is not None else (len(ids) if hasattr(ids, "__len__") else None)
        self._pieces = chunks(ids, chunk_size, fmt=lambda piece: model.browse(list(piece)))

    def _take(self):
        if self._pieces is None:
            raise RuntimeError("%r ran twice" % (self,))
        pieces, self._pieces = self._pieces, None
        return pieces

    def _finish_piece(self):
        if self._strategy == "commit":
            self._model.env.cr.commit()
        else:
            flush(self._model)
        invalidate(self._model)

    def _each(self, pieces):
        for piece in pieces:
            yield piece
            self._finish_piece()

    def _count(self):
        return None if self._size is None else -(-self._size // self._chunk_size)

    def _logged(self, it, qualifier, size):
        return log_progress(it, self._logger, qualifier=qualifier, size=size) if self._logger else it

    def __iter__(self):
        pieces = self._each(self._take())
        if self._yield_chunks:
            qualifier = "%s[:%d]" % (self._model._name, self._chunk_size)
            return iter(self._logged(pieces, qualifier, self._count()))
        records = itertools.chain.from_iterable(pieces)
        return iter(self._logged(records, self._model._name, self._size))

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        method = getattr(self._model, name)
        if not callable(method):
            raise TypeError("The attribute %r is not callable" % name)
        pieces = self._each(self._take())
        qualifier = "%s[:%d]" % (self._model._name, self._chunk_size)

        def caller(*args, **kwargs):
            return [
                getattr(piece, name)(*args, **kwargs)
                for piece in self._logged(pieces, qualifier, self._count())
            ]

        return caller

    def create(self, values=None, query=None, size=None, multi=True):
        """Creates records of the values, or of a statement's rows; an `iter_browse` of them."""
        if (values is None) == (query is None):
            raise ValueError("`create` needs to be called using exactly one of `values` or `query` arguments")
        if self._size != 0:
            raise ValueError("`create` can only be called on `iter_browse` objects of 0 size, made with `ids=[]`")
        if query is not None:
            values = self._rows(query)
        ids = []
        for rows in self._logged(chunks(values, self._chunk_size, fmt=list), self._model._name, None):
            ids += self._model.create(rows).ids
            self._finish_piece()
        return iter_browse(
            self._model, ids, chunk_size=self._chunk_size, logger=self._logger, strategy=self._strategy
        )

    def _rows(self, query):
        from odoo_upgrade.util._cursors import named_cursor

        with named_cursor(self._model.env.cr, self._chunk_size) as cursor:
            cursor.execute(query)
            yield from cursor.iterdict()
