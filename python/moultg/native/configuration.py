"""Odoo's configuration: as of its command line, without a server."""

import logging

from .facts import facts

#: Options that a server would have; nothing here listens, schedules or forks.
_OPTIONS = {
    "db_host": False,
    "db_maxconn": 16,
    "db_name": "",
    "http_enable": False,
    "limit_memory_soft": 2 * 1024**3,
    "list_db": False,
    "logfile": False,
    "max_cron_threads": 0,
    "smtp_server": False,
    "stop_after_init": True,
    "test_enable": False,
    "workers": 0,
}


def apply():
    """Sets what Odoo reads from ``odoo.tools.config``, imports the server-wide modules."""
    import odoo
    from odoo.tools import config

    # Log lines go to the host; Odoo would write them to files and streams.
    odoo.netsvc.init_logger = lambda: None
    config.parse_config(_arguments())
    for name, value in _OPTIONS.items():
        config[name] = value
    config.filestore = lambda database: facts.filestore
    for name in facts.server_wide:
        odoo.modules.module.load_openerp_module(name)
    # Only what is worth a line: at the level of the root logger, every statement would be one.
    logging.getLogger("odoo").setLevel(logging.INFO)


def _arguments():
    arguments = ["--data-dir", facts.data_folder, "--load", ",".join(facts.server_wide)]
    # Folders without addons are refused by Odoo's parser; the host has told about them.
    if facts.addons_paths:
        arguments += ["--addons-path", ",".join(facts.addons_paths)]
    if facts.upgrade_paths:
        arguments += ["--upgrade-path", ",".join(facts.upgrade_paths)]
    return arguments
