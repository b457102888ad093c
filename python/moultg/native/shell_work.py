"""The work of a prompt on the release's own ORM."""

from . import cursors, session


class ShellWork:
    """The cursor that a prompt works on, and what Odoo holds back for it."""

    def __init__(self, registry):
        self._registry = registry
        self.cursor = registry.cursor

    def flush(self):
        """Sends pending computations and writes, does what is to precede a commit."""
        cursors.flush(self.cursor)

    def forget(self):
        """Drops what is held back and cached; a statement before it may have failed."""
        self._registry.fail()
        self._registry.enter()


def open_work(modules):
    """A registry of these modules, its superuser's environment, and names that ``odoo-bin shell`` has."""
    import odoo
    from odoo import SUPERUSER_ID, api

    registry = session.opened()
    registry.extend(modules)
    # No module follows: what waits for a registry that is ready may go on.
    registry.registry._init = False
    registry.registry.loaded = True
    registry.registry.ready = True
    registry.complete()
    work = ShellWork(registry)
    work.flush()
    context = registry.environment()["res.users"].context_get()
    env = api.Environment(registry.cursor, SUPERUSER_ID, context)
    return work, env, {"odoo": odoo, "openerp": odoo}
