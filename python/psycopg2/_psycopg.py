"""The name of psycopg2's compiled part; some code takes classes from there."""

from ._exceptions import *  # noqa: F403
from .extensions import *  # noqa: F403
