"""What goes wrong in a script's own way."""


class UpgradeError(Exception):
    """The upgrade cannot go on."""


MigrationError = UpgradeError


class SleepyDeveloperError(ValueError):
    """A function was called in a way that cannot be meant."""


class UnknownModuleError(AssertionError):
    """The database knows no module of that name."""


class UpgradeWarning(Warning):
    """Something works, but not for long."""
