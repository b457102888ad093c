"""What the host said about the Odoo that runs here."""


class Facts:
    """Facts of the guest; the host fills them in before anything else."""

    __slots__ = (
        "odoo",
        "addons_paths",
        "upgrade_paths",
        "packages",
        "filestore",
        "data_folder",
        "environment",
        "server_wide",
    )

    def __init__(self):
        #: Folder that holds the package ``odoo``.
        self.odoo = ""
        #: Folders with addons, in search order.
        self.addons_paths = []
        #: Folders of migration scripts, as in ``--upgrade-path``.
        self.upgrade_paths = []
        #: Folders with the Python packages that Odoo imports; they come last in the search.
        self.packages = []
        #: Folder with the contents of attachments.
        self.filestore = ""
        #: Folder that Odoo may use for what it does not keep.
        self.data_folder = ""
        #: Variables of the environment that addons read, such as ``OPENUPGRADE_USE_DEMO``.
        self.environment = {}
        #: Modules that are imported before the registry is made, as in ``--load``.
        self.server_wide = []

    def load(self, fields):
        """Takes over what the host sent."""
        for name in self.__slots__:
            setattr(self, name, fields[name])


facts = Facts()
