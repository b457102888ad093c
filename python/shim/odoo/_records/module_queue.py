"""`ir.module.module`: an upgrade that asks for a module gets it queued, not a second upgrade inside."""

import logging

_logger = logging.getLogger("moult.modules")


class ModuleMethods:
    """`update_list` and the buttons that install."""

    __slots__ = ()

    def update_list(self):
        """Nothing is left to do: the list was read from the source folders before the first script."""
        _logger.info("update_list: the list of modules is up to date")
        return [0, 0]

    def button_install(self):
        """Has the host install the modules, with what they depend on, later in this upgrade."""
        names = [module.name for module in self if module.state not in ("installed", "to upgrade")]
        if names:
            _logger.info("queued for installation: %s", ", ".join(names))
            self.env.ask("modules.install", names)
            self.env.transaction.cache.drop(self._name)
        return {"type": "ir.actions.client", "tag": "reload"}

    def button_immediate_install(self):
        """As `button_install`: an upgrade does not start another one."""
        return self.button_install()
