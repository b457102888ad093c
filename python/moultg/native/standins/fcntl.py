"""File locks for an interpreter that has none: nobody else writes its files."""

LOCK_SH, LOCK_EX, LOCK_NB, LOCK_UN = 1, 2, 4, 8
F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL = 0, 1, 2, 3, 4
FD_CLOEXEC = 1


def flock(fd, operation):
    """Does nothing."""


def lockf(fd, cmd, len=0, start=0, whence=0):  # noqa: A002 (the standard library's names)
    """Does nothing."""


def fcntl(fd, cmd, arg=0):
    """No flag is set."""
    return 0


def ioctl(fd, request, arg=0, mutate_flag=True):
    """There is no device."""
    raise OSError("there are no devices in this interpreter")
