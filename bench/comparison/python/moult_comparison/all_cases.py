"""Which cases there are."""

from . import compute_cases, markup_cases
from .outcomes import Outcomes

MEASURES = {
    "views": markup_cases.run_views,
    "values": markup_cases.run_values,
    "templates": markup_cases.run_templates,
    "computes": compute_cases.run,
}


def run(env, measures):
    """Groups of outcomes: ``{group: {"seconds": …, "cases": {name: text}}}``."""
    outcomes = Outcomes(env)
    for measure in measures:
        MEASURES[measure](outcomes, env)
    return outcomes.groups
