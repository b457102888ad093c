"""Which SQL makes the known schema of models out of date."""

import re

_DDL = re.compile(r"\b(?:alter\s+table|create\s+(?:unlogged\s+)?table|drop\s+table|ir_model\w*)\b", re.IGNORECASE)


def changes_schema(query):
    """Whether the text may change tables, or rows about models and fields."""
    found = _DDL.search(query)
    if found is None:
        return False
    if not found.group(0).lower().startswith("ir_model"):
        return True
    return re.match(r"\s*select\b", query, re.IGNORECASE) is None
