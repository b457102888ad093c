"""Savepoints as contexts."""

import uuid


class Savepoint:
    """
    A savepoint, open from its construction. As a context it is released at the end, or rolled back
    when the context ends with an exception; `close()` rolls it back.
    """

    def __init__(self, cr):
        self.name = str(uuid.uuid1())
        self.closed = False
        self._cr = cr
        self._run("SAVEPOINT")

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        self.close(rollback=exc_type is not None)

    def close(self, *, rollback=True):
        if not self.closed:
            self._close(rollback)

    def rollback(self):
        """Undoes what happened since the savepoint, which stays."""
        self._run("ROLLBACK TO SAVEPOINT")
        transaction = self._cr.transaction
        if transaction is not None:
            transaction.schema_stale = True

    def _close(self, rollback):
        if rollback:
            self.rollback()
        self._run("RELEASE SAVEPOINT")
        self.closed = True

    def _run(self, command):
        # Directly: this must not flush what the savepoint's owner has just dropped or is to keep.
        self._cr._obj.execute('%s "%s"' % (command, self.name))


class FlushingSavepoint(Savepoint):
    """A savepoint that sends held-back writes at its borders and drops them when it is rolled back."""

    def __init__(self, cr):
        cr.flush()
        super().__init__(cr)

    def rollback(self):
        self._cr.clear()
        super().rollback()

    def _close(self, rollback):
        try:
            if not rollback:
                self._cr.flush()
        except BaseException:
            rollback = True
            raise
        finally:
            super()._close(rollback)
