"""Odoo's own upgrade: ``Registry.new(…, update_module=True)``, watched and journalled."""

from .. import call
from . import cursors
from .loader_graph import LoaderGraph
from .loader_run import LoaderRun
from .loader_scripts import LoaderScripts


def run(
    update,
    init,
    without_demo,
    finished,
    script_commits,
    overwrite_translations=False,
    languages="",
    foreign_scripts=(),
    keep_going=False,
):
    """
    Upgrades the database.

    ``update`` and ``init`` are names of modules as in ``-u`` and ``-i``. ``finished`` holds the texts that
    earlier attempts announced their commits with, in that order: these modules are not processed again, but
    take part in everything that comes after the last module. ``script_commits`` tells whether a script's
    own commit is one. ``foreign_scripts`` are those in other languages than Python: dicts of ``module``,
    ``source``, ``directory`` and ``file``. With ``keep_going`` a script in Python that fails is undone and told.
    """
    from odoo.modules import registry as registries
    from odoo.tools import config

    state = LoaderRun(finished, script_commits)
    config["without_demo"] = "all" if without_demo else False
    config["overwrite_existing_translations"] = overwrite_translations
    config["load_language"] = languages or None
    state.set_options(config, update, init)
    graph = LoaderGraph(state, update, init)
    scripts = LoaderScripts(foreign_scripts, keep_going)
    graph.install()
    scripts.install()
    cursors.before_commit(state.before_commit)
    try:
        registry = registries.Registry.new(call("dbname"), update_module=True)
    finally:
        cursors.forget_hooks()
        scripts.remove()
        graph.remove()
    return {
        "models": len(registry.models),
        "updated": list(dict.fromkeys(registry.updated_modules)),
    }
