"""Computed fields, computed anew on records of the database."""

from .outcomes import shown

RECORDS = 8


def run(outcomes, env):
    """Every field that the models themselves compute, on the first records of each model."""
    records = _records(env)
    for group, stored in (("stored fields", True), ("other computed fields", False)):
        with outcomes.group(group) as cases:
            for model, ids in records:
                for field in _fields(env[model], stored):
                    name = "%s.%s" % (model, field.name)
                    outcomes.run_undone(
                        cases, name, lambda f=field, m=model, i=ids: _computed(env, f, m, i)
                    )


def _records(env):
    found = []
    for name in sorted(env.registry.models):
        model = env[name]
        if model._abstract:
            continue
        env.cr.execute("SELECT to_regclass(%s) IS NOT NULL", ['"%s"' % model._table])
        if not env.cr.fetchone()[0]:
            continue
        env.cr.execute('SELECT id FROM "%s" ORDER BY id LIMIT %d' % (model._table, RECORDS))
        ids = [row[0] for row in env.cr.fetchall()]
        if ids:
            found.append((name, ids))
    return found


def _fields(model, stored):
    for name in sorted(model._fields):
        field = model._fields[name]
        if field.compute and not field.related and bool(field.store) is stored:
            yield field


def _computed(env, field, model, ids):
    records = env[model].browse(ids)
    if field.store:
        env.add_to_compute(field, records)
    return [shown(record[field.name]) for record in records]
