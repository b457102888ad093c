"""The exceptions that Odoo's business code raises and scripts catch."""

from odoo.release import version_info as _version_info


class UserError(Exception):
    """An error that is the user's to solve."""

    def __init__(self, message=""):
        super().__init__(message)

    @property
    def name(self):
        return self.args[0]


class RedirectWarning(Exception):
    """A warning that offers an action."""

    def __init__(self, message, action=None, button_text=None, additional_context=None):
        super().__init__(message, action, button_text, additional_context)

    @property
    def name(self):
        return self.args[0]


class AccessDenied(UserError):
    """Login or password are wrong."""

    def __init__(self, message="Access Denied"):
        super().__init__(message)
        self.suppress_traceback()

    def suppress_traceback(self):
        self.traceback = ("", "", "")


class AccessError(UserError):
    """The user may not do this with these records."""


class MissingError(UserError):
    """A record does not exist or was deleted."""


class ValidationError(UserError):
    """A constraint of a model is violated."""


class CacheMiss(KeyError):
    """A field of a record is not in the cache."""

    def __init__(self, record=None, field=None):
        super().__init__("%s.%s" % (record, field))


class ConcurrencyError(Exception):
    """Two transactions want to change the same."""


class LockError(UserError):
    """A record is locked by somebody else."""


if _version_info[0] < 17:
    # The old names of UserError: the same class until 14, classes of their own in 15 and 16.
    if _version_info[0] < 15:
        except_orm = UserError
        Warning = UserError  # noqa: A001
    else:

        class except_orm(UserError):
            """An error with a name and a text."""

            def __init__(self, name, value=None):
                super().__init__("%s: %s" % (name, value))

        class Warning(UserError):  # noqa: A001
            """An error that is the user's to solve."""
