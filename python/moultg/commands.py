"""What the host may tell an interpreter to do."""

import json

from . import importer, runner
from .settings import settings


def handle(text):
    """Does one command, ``{"do": …}``, and answers its outcome; both are JSON."""
    command = json.loads(text)
    action = command.pop("do")
    if action == "start":
        return json.dumps(_start(command))
    if action == "run":
        return json.dumps(_run(command))
    if action == "native":
        return json.dumps(_native(command))
    if action == "shell":
        return json.dumps(_shell(command))
    raise ValueError("unknown command %r" % (action,))


def _start(command):
    settings.load(command)
    importer.install()
    return {"kind": "passed"}


def _native(command):
    # Scripts that do not need Odoo's own code do not pay for it.
    from .native import commands as native_commands

    return getattr(native_commands, command.pop("action"))(**command)


def _shell(command):
    from . import shell_commands

    return getattr(shell_commands, command.pop("action"))(**command)


def _run(command):
    settings.user_paths[:] = [tuple(pair) for pair in command.pop("user_paths")]
    return runner.run(**command)
