"""Limits of a process for an interpreter that is none: no limits, no usage."""

RLIM_INFINITY = -1
RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE = 0, 1, 2, 3, 4
RLIMIT_NOFILE, RLIMIT_AS = 7, 9
RUSAGE_SELF, RUSAGE_CHILDREN = 0, -1


class struct_rusage:  # noqa: N801 (the standard library's name)
    """Usage of nothing."""

    ru_utime = ru_stime = 0.0
    ru_maxrss = 0


def getrlimit(resource):
    """Unlimited; the host limits by its own means."""
    return RLIM_INFINITY, RLIM_INFINITY


def setrlimit(resource, limits):
    """Does nothing."""


def getrusage(who):
    """Not measured."""
    return struct_rusage()
