"""What the host said about the run."""


class Settings:
    """Facts of the run; the host fills them in before the first script."""

    __slots__ = ("release", "addons_paths", "addons", "tolerant", "user_paths", "own_paths")

    def __init__(self):
        #: Series of the target release, such as ``"16.0"``.
        self.release = ""
        #: Folders with addons, in search order.
        self.addons_paths = []
        #: Folders of single addons that lie outside of those, by module name.
        self.addons = {}
        #: Odoo 14 to 17 pass over files that have no ``migrate``; so does the runner when this is true.
        self.tolerant = False
        #: ``(guest, user)``: folders as this interpreter and as the user knows them.
        self.user_paths = []
        #: Folders of moult's own guest code; left out of tracebacks.
        self.own_paths = []

    def load(self, fields):
        """Takes over what the host sent."""
        self.release = fields["release"]
        self.addons_paths[:] = fields["addons_paths"]
        self.addons.clear()
        self.addons.update(fields["addons"])
        self.tolerant = fields["tolerant"]
        self.user_paths[:] = [tuple(pair) for pair in fields["user_paths"]]
        self.own_paths[:] = fields["own_paths"]


settings = Settings()
