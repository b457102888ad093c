"""Odoo's cursors: what a commit does here, and how cursors and records are sent to the host."""

from .. import register_encoder

_commit_hooks = []
_current = None


def set_current(cursor):
    """Names the cursor that scripts work on."""
    global _current
    _current = cursor


def current():
    """The cursor that scripts work on; None before there is one."""
    return None if _current is None or _current.closed else _current


def install():
    """Wraps the commit of Odoo's cursors; teaches the wire its cursors, environments and records."""
    import odoo
    from odoo.sql_db import Cursor

    original = Cursor.commit

    def commit(self):
        flush(self)
        # Notifications and mails to the outside: there is nobody, and nothing may be sent.
        drop_postcommit(self)
        for hook in list(_commit_hooks):
            if hook(self) is False:
                return None
        return original(self)

    Cursor.commit = commit
    register_encoder(Cursor, "cr", lambda cursor: None)
    register_encoder(odoo.api.Environment, "env", lambda env: _context(env.context))
    register_encoder(odoo.models.BaseModel, "rec", _record)


def before_commit(hook):
    """Has ``hook(cursor)`` called before each commit, which it prevents by answering False."""
    _commit_hooks.append(hook)


def forget_hooks():
    """Drops what :func:`before_commit` was given."""
    del _commit_hooks[:]


def flush(cursor):
    """Sends pending computations and writes, then runs the queue of what comes before a commit."""
    if hasattr(type(cursor), "flush"):
        cursor.flush()
        return
    # Odoo 14 has no flush of cursors.
    from odoo import sql_db

    sql_db.flush_env(cursor)
    cursor.precommit.run()


def forget_values(cursor):
    """Drops the cached values and the lookups of a cursor's environments."""
    from odoo import SUPERUSER_ID, api

    env = api.Environment(cursor, SUPERUSER_ID, {})
    if hasattr(env, "invalidate_all"):
        env.invalidate_all(flush=False)
    else:
        env.cache.invalidate()
    for name in ("clear_all_caches", "clear_caches"):
        if hasattr(env.registry, name):
            getattr(env.registry, name)()
            return


def drop_postcommit(cursor):
    """Forgets what was to be done after a commit."""
    queue = getattr(cursor, "postcommit", None)
    if queue is not None:
        queue.clear()


def _context(context):
    # What of a context is no plain data means nothing to the host.
    plain = (str, int, float, bool, type(None))
    return {key: value for key, value in context.items() if isinstance(value, plain)}


def _record(record):
    # A new record has no id that the database knows.
    ids = [number for number in record._ids if isinstance(number, int)]
    return {"m": record._name, "i": ids}
