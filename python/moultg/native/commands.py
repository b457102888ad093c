"""What the host may tell this guest to do; see ``moultg.commands``."""

import logging

from .. import log
from ..outcome import failed
from ..paths import user_text
from ..settings import settings


def start(run, odoo):
    """Readies the interpreter; ``run`` is what every guest is told, ``odoo`` what this one needs."""
    from . import prepare

    settings.load(run)
    return guarded(lambda: prepare.start(odoo))


def load(**command):
    """Runs Odoo's own loader."""
    from . import loader

    return guarded(lambda: loader.run(**command))


def extend(modules, translated=None, complete=False):
    """Brings the registry to these modules."""
    from . import session

    return guarded(lambda: session.extend(modules, translated, complete))


def run_script(user_paths, **command):
    """Runs a migration script with the release's own ORM."""
    from . import session

    settings.user_paths[:] = [tuple(pair) for pair in user_paths]
    return session.run_script(**command)


def compute(**command):
    """Computes stored fields."""
    from . import session

    return guarded(lambda: session.compute(**command))


def call(**command):
    """Calls a method of a model."""
    from . import session

    return guarded(lambda: session.call(**command))


def guarded(body):
    """The outcome of ``body()``: what it answers, or how it failed."""
    log.begin()
    # Odoo logs each statement at the level below.
    logging.getLogger().setLevel(logging.INFO)
    try:
        value = body()
        return {"kind": "passed", **({} if value is None else {"value": value})}
    except BaseException as error:
        outcome = failed(error, "")
        outcome["message"] = user_text(outcome["message"])
        return outcome
    finally:
        log.end()
