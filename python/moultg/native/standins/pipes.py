"""What is used of a module that Python 3.13 has removed."""

from shlex import quote  # noqa: F401 (part of the interface)
