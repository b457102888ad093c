"""Whether a script's ``migrate`` can be called, by the rules of the target release."""

import inspect

_CURSOR = ("cr", "_cr")
_VERSION = ("version", "_version")
_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def signature_problem(migrate, release, knows_environment):
    """
    Why ``migrate`` cannot be called with a cursor and a version; None when it can.

    Odoo 18 demands the parameters' names; openupgradelib adds ``env`` to the allowed ones, hence
    ``knows_environment`` for scripts that use it.
    """
    if not callable(migrate):
        return "`migrate` needs to be a function"
    try:
        signature = inspect.signature(migrate)
    except (TypeError, ValueError):
        return None
    if release >= 18:
        return _problem_of_names(signature, knows_environment)
    try:
        signature.bind(None, None)
    except TypeError:
        return "`migrate` must take two parameters, a cursor and a version; it takes %s" % (signature,)
    return None


def _problem_of_names(signature, knows_environment):
    cursors = _CURSOR + ("env",) if knows_environment else _CURSOR
    parameters = list(signature.parameters.values())
    fits = (
        len(parameters) == 2
        and all(parameter.kind in _POSITIONAL for parameter in parameters)
        and parameters[0].name in cursors
        and parameters[1].name in _VERSION
    )
    if fits:
        return None
    return "`migrate` needs the positional parameters `cr` and `version` from Odoo 18 on; it has %s" % (
        signature,
    )
