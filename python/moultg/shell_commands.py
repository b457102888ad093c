"""What the host may tell the interpreter of a prompt to do; see ``moultg.commands``."""

from .native.commands import guarded
from .shell import Shell

_shell = None


def open_native(modules):
    """Opens a prompt on the release's own ORM, with these modules in its registry."""
    return guarded(lambda: _open_native(modules))


def open_facade():
    """Opens a prompt on moult's own records."""
    return guarded(_open_facade)


def push(line):
    """Takes one line of input."""
    return guarded(lambda: _shell.push(line))


def forget_lines():
    """Drops lines that make no statement yet."""
    return guarded(_shell.forget_lines)


def run(source, name):
    """Runs a script."""
    return guarded(lambda: _shell.run(source, name))


def complete(text):
    """Offers what may stand for the end of a line."""
    return guarded(lambda: _shell.complete(text))


def finish(commit):
    """Commits what was done, or undoes it."""
    return guarded(lambda: _shell.finish(commit))


def _open_native(modules):
    global _shell
    from .native.shell_work import open_work

    work, env, names = open_work(modules)
    _shell = Shell({**names, "env": env, "self": env.user}, work)
    return {"models": len(env.registry.models)}


def _open_facade():
    global _shell
    import odoo
    from odoo import SUPERUSER_ID, api
    from odoo.sql_db import open_cursor

    from .facade_work import FacadeWork

    work = FacadeWork(open_cursor())
    env = api.Environment(work.cursor, SUPERUSER_ID, {})
    _shell = Shell({"odoo": odoo, "openerp": odoo, "env": env, "self": env.user}, work)
    return {"models": len(env)}
