"""Which cached fields a change makes out of date."""


def followers(schemas, model, name):
    """
    Fields whose values follow from `model.name`: (model, names) pairs. Without a name, those that
    follow from which records the model has. Only models that were used count: others are not cached.
    """
    found = []
    for schema in schemas.values():
        names = [field.name for field in schema.fields.values() if _follows(field, model, name)]
        if names:
            found.append((schema.model, names))
    return found


def _follows(field, model, name):
    if field.kind in ("one2many", "many2many") and field.comodel_name == model:
        if name is None or name == "active":
            return True
        return field.kind == "one2many" and field.inverse_name == name
    if field.kind == "related" and field.related:
        return name is not None and name in field.related.split(".")
    return False
