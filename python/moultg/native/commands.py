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


def run_script(user_paths, host_helpers=(), **command):
    """Runs a migration script with the release's own ORM; ``host_helpers`` names what the host does for it."""
    from . import host, session

    host.leave_to_host(host_helpers)
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


def init_columns(**command):
    """Fills new columns as their models do."""
    from . import loading_work

    return guarded(lambda: loading_work.init_columns(**command))


def defaults(**command):
    """Works out defaults for new records."""
    from . import loading_work

    return guarded(lambda: loading_work.defaults(**command))


def init_models(**command):
    """Runs `init` or `_auto_init` of models."""
    from . import loading_work

    return guarded(lambda: loading_work.init_models(**command))


def run_hook(**command):
    """Runs a hook of a module that is new."""
    from . import loading_work

    return guarded(lambda: loading_work.run_hook(**command))


def call_function(**command):
    """Does what a `<function>` of a data file says."""
    from . import data_elements

    return guarded(lambda: data_elements.call_function(**command))


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
