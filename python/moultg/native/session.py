"""What the host asks of the registry: scripts, computations, calls of methods."""

import json
from contextlib import contextmanager

from .. import call as ask
from ..codec import decode, encode
from .registry import GuestRegistry

#: As many records as Odoo prefetches at a time.
CHUNK = 1000

_registry = None


def opened():
    """The registry; made when it is first needed."""
    global _registry
    if _registry is None:
        _registry = GuestRegistry(ask("dbname"))
    return _registry


def extend(modules, translated, complete):
    """Brings the registry to these modules, in this order; answers how many models there are."""
    registry = opened()
    with border(registry, savepoint=False):
        registry.extend(modules, translated)
        if complete:
            registry.complete(translated)
    return {"modules": list(registry.modules), "models": len(registry.registry.models)}


def run_script(path, module, stage, directory, version, folders):
    """Runs a migration script; what it answers is the outcome that ``moultg.runner`` tells."""
    from .. import runner

    registry = opened()

    def around():
        return border(registry, savepoint=False)

    return runner.run(path, module, stage, directory, version, folders, lambda: registry.cursor, around)


def compute(requests):
    """
    Computes stored fields anew: ``[model, fields, ids]``, ids of the records or None for all.

    All are queued before the first is computed: a field that another record's value depends on is computed
    when it is asked for. Written in chunks, so that memory does not grow with the table.
    """
    registry = opened()
    with border(registry):
        env = registry.environment(active_test=False)
        queued = []
        for model, fields, ids in requests:
            records = env[model]
            if ids is None:
                registry.cursor.execute('SELECT id FROM "%s" ORDER BY id' % records._table)
                ids = [row[0] for row in registry.cursor.fetchall()]
            for name in fields:
                env.add_to_compute(records._fields[name], records.browse(ids))
            queued.append((records, fields, ids))
        for records, fields, ids in queued:
            for start in range(0, len(ids), CHUNK):
                _write(records.browse(ids[start : start + CHUNK]), fields)
    return {"records": sum(len(ids) for _records, _fields, ids in queued)}


def call(model, method, ids, values, context):
    """Calls a method on records; ``values`` is the wire's text of ``[args, kwargs]``."""
    registry = opened()
    with border(registry):
        args, kwargs = decode(values)
        env = registry.environment(**decode(context))
        result = getattr(env[model].browse(ids), method)(*args, **kwargs)
        answer = encode(result)
    return {"text": json.dumps(answer)}


def _write(records, fields):
    if hasattr(records, "flush_recordset"):
        records.flush_recordset(fields)
        records.invalidate_recordset(flush=False)
    else:
        records.flush(fields, records)
        records.invalidate_cache(fields, records._ids)


@contextmanager
def border(registry, savepoint=True):
    """Around what the guest does: before it what is cached is dropped, after it everything is sent."""
    registry.enter()
    try:
        if not savepoint:
            yield
            registry.leave()
            return
        with registry.cursor.savepoint():
            yield
            registry.leave()
    except BaseException:
        registry.fail()
        raise
