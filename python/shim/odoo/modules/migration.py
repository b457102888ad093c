"""Names that helper libraries look for; migration itself is the host's."""

# openupgradelib adds the parameters of its own functions.
VALID_MIGRATE_PARAMS = [("cr", "version"), ("cr", "_version"), ("_cr", "version"), ("_cr", "_version")]
