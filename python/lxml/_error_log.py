"""What parsers and validators said: lists of entries with a place."""


class LogEntry:
    """One remark: ``message``, ``line`` and ``column`` (0 where unknown), ``filename``."""

    domain = 0
    domain_name = "PARSER"
    type = 1
    type_name = "ERR_INTERNAL_ERROR"
    level = 2
    level_name = "ERROR"
    path = None

    def __init__(self, message, line=0, column=0, filename="<string>", domain_name="PARSER"):
        self.message = message
        self.line = line
        self.column = column
        self.filename = filename
        self.domain_name = domain_name

    def __repr__(self):
        place = "%s:%d:%d" % (self.filename, self.line, self.column)
        kinds = (self.level_name, self.domain_name, self.type_name)
        return "%s:%s: %s" % (place, ":".join(kinds), self.message)


class ErrorLog(list):
    """Entries, the oldest first; reads like lxml's error logs."""

    @property
    def last_error(self):
        """The newest entry, or None."""
        return self[-1] if self else None

    def copy(self):
        """A log with the same entries."""
        return ErrorLog(self)

    def receive(self, entry):
        """Takes an entry."""
        self.append(entry)

    def filter_domains(self, domains):
        """Entries of some domains, by number."""
        wanted = (domains,) if isinstance(domains, int) else tuple(domains)
        return ErrorLog(entry for entry in self if entry.domain in wanted)

    def filter_types(self, types):
        """Entries of some types, by number."""
        wanted = (types,) if isinstance(types, int) else tuple(types)
        return ErrorLog(entry for entry in self if entry.type in wanted)

    def filter_levels(self, levels):
        """Entries of some levels, by number."""
        wanted = (levels,) if isinstance(levels, int) else tuple(levels)
        return ErrorLog(entry for entry in self if entry.level in wanted)

    def filter_from_level(self, level):
        """Entries of a level and those above it."""
        return ErrorLog(entry for entry in self if entry.level >= level)

    def filter_from_errors(self):
        """Errors and worse."""
        return self.filter_from_level(2)

    def filter_from_fatals(self):
        """Fatal errors."""
        return self.filter_from_level(3)

    def filter_from_warnings(self):
        """Warnings and worse."""
        return self.filter_from_level(1)

    def __repr__(self):
        return "\n".join(map(repr, self))

    __str__ = __repr__
    __hash__ = object.__hash__
