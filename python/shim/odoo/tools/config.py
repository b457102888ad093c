"""`odoo.tools.config`: the options of the server, as far as a script can ask for them."""

from collections.abc import MutableMapping

from odoo._guest.settings import addons_paths


class ConfigManager(MutableMapping):
    """The options by name. What a script sets is kept for the time of its interpreter; unknown names are None."""

    def __init__(self):
        self.options = {
            "db_name": None,
            "demo": {},
            "init": {},
            "update": {},
            "test_enable": False,
            "test_file": False,
            "without_demo": "all",
            "import_partial": "",
            "load_language": None,
            "overwrite_existing_translations": False,
            "translate_modules": ["all"],
            "workers": 0,
            "limit_time_cpu": 0,
            "limit_time_real": 0,
            "server_wide_modules": "base,web",
            "stop_after_init": True,
            "upgrade_path": "",
            "unaccent": False,
            "list_db": True,
            "log_level": "info",
        }
        self.misc = {}
        self.rcfile = None

    def __getitem__(self, key):
        if key == "addons_path":
            return ",".join(addons_paths())
        return self.options.get(key)

    def __setitem__(self, key, value):
        self.options[key] = value

    def __delitem__(self, key):
        del self.options[key]

    def __iter__(self):
        return iter(self.options)

    def __len__(self):
        return len(self.options)

    def get(self, key, default=None):
        value = self[key] if key == "addons_path" else self.options.get(key)
        return default if value is None else value

    def get_misc(self, sect, key, default=None):
        """An option of another section of the configuration file."""
        return self.misc.get(sect, {}).get(key, default)

    def filestore(self, dbname):
        """Where Odoo would keep the files of attachments: nowhere that a script can reach."""
        return "/filestore/%s" % dbname


configmanager = ConfigManager
config = ConfigManager()
