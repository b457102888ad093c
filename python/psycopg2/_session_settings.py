"""How the transactions of a connection begin."""

from . import _constants
from ._exceptions import ProgrammingError

# How the host is told, and how a script may say it.
_ISOLATION_NAMES = {
    _constants.ISOLATION_LEVEL_READ_COMMITTED: "read committed",
    _constants.ISOLATION_LEVEL_REPEATABLE_READ: "repeatable read",
    _constants.ISOLATION_LEVEL_SERIALIZABLE: "serializable",
    _constants.ISOLATION_LEVEL_READ_UNCOMMITTED: "read uncommitted",
}


class SessionSettings:
    """Base of ``connection``: isolation level, read-only, deferrable, autocommit."""

    def _set_defaults(self):
        self._autocommit = False
        self._isolation = self._readonly = self._deferrable = None

    @property
    def autocommit(self):
        return self._autocommit

    @autocommit.setter
    def autocommit(self, value):
        self.set_session(autocommit=value)

    @property
    def isolation_level(self):
        return self._isolation

    @isolation_level.setter
    def isolation_level(self, level):
        self._check_idle("isolation_level")
        self._isolation = _isolation_number(level)

    @property
    def readonly(self):
        return self._readonly

    @readonly.setter
    def readonly(self, value):
        self._check_idle("readonly")
        self._readonly = _flag(value)

    @property
    def deferrable(self):
        return self._deferrable

    @deferrable.setter
    def deferrable(self, value):
        self._check_idle("deferrable")
        self._deferrable = _flag(value)

    def set_session(
        self, isolation_level=None, readonly=None, deferrable=None, autocommit=None
    ):
        """Sets how the next transactions begin."""
        self._check_open()
        self._check_idle("set_session")
        if isolation_level is not None:
            self._isolation = _isolation_number(isolation_level)
        if readonly is not None:
            self._readonly = _flag(readonly)
        if deferrable is not None:
            self._deferrable = _flag(deferrable)
        if autocommit is not None:
            self._autocommit = bool(autocommit)

    def set_isolation_level(self, level):
        """The older way: level 0 is autocommit. Rolls back."""
        self._check_open()
        if level is not None and not 0 <= level <= 4:
            raise ValueError("isolation level must be between 0 and 4")
        self._end("rollback")
        self._autocommit = level == _constants.ISOLATION_LEVEL_AUTOCOMMIT
        self._isolation = level or None

    def _begin_options(self):
        """What the host is told when a transaction begins."""
        options = {}
        if self._isolation is not None:
            options["isolation"] = _ISOLATION_NAMES[self._isolation]
        if self._readonly is not None:
            options["readonly"] = self._readonly
        if self._deferrable is not None:
            options["deferrable"] = self._deferrable
        return options

    def _check_idle(self, what):
        if self._in_transaction():
            raise ProgrammingError("%s cannot be used inside a transaction" % what)


def _isolation_number(level):
    """The number of an isolation level given as number or as SQL's words; DEFAULT is None."""
    if level is None:
        return None
    if isinstance(level, str):
        word = level.lower()
        if word == "default":
            return None
        for number, name in _ISOLATION_NAMES.items():
            if name == word:
                return number
        raise ValueError("bad value for isolation_level: '%s'" % level)
    if not 1 <= level <= 4:
        raise ValueError("isolation_level must be between 1 and 4")
    return level


def _flag(value):
    return None if isinstance(value, str) and value.lower() == "default" else bool(value)
