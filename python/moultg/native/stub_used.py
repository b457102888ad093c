"""What the use of a missing package raises."""


class StubUsed(RuntimeError):
    """A package that Odoo needs is not there; its name is in ``package``."""

    def __init__(self, name):
        super().__init__(
            "%s is needed, but the Python package %r is not available to this interpreter"
            % (name, name.partition(".")[0])
        )
        self.package = name.partition(".")[0]
