"""A prompt's namespace: lines as they are typed, scripts, completion."""

import codeop
import linecache
import sys
from contextlib import contextmanager

from . import call
from .completion import complete
from .traceback_text import shown_traceback

#: The file that a statement's traceback names.
CONSOLE = "console"


class Shell:
    """
    What is typed runs in one namespace, on the one transaction of ``work``. A statement that raises is undone
    alone: what the session did before it stays.
    """

    def __init__(self, namespace, work):
        self._namespace = namespace
        self._work = work
        self._compile = codeop.CommandCompiler()
        self._lines = []
        for name in ("exit", "quit"):
            namespace.setdefault(name, _leave)

    def push(self, line):
        """
        Takes one line; answers whether ``more`` is needed to make a statement of it, whether the statement
        ``raised``, and the ``exit`` that it asked for.
        """
        self._lines.append(line)
        try:
            code = self._compile("\n".join(self._lines), CONSOLE, "single")
        except (SyntaxError, ValueError, OverflowError) as error:
            return self._refused(error)
        if code is None:
            return _answer(more=True)
        _remember(CONSOLE, "\n".join(self._lines))
        self._lines = []
        return self._execute(code)

    def forget_lines(self):
        """Drops lines that make no statement yet."""
        self._lines = []

    def run(self, source, name):
        """Runs a whole script; all of it is undone if it raises."""
        try:
            code = compile(source, name, "exec")
        except (SyntaxError, ValueError) as error:
            return self._refused(error)
        _remember(name, source)
        self._namespace["__name__"] = "__main__"
        self._namespace["__file__"] = name
        return self._execute(code)

    def complete(self, text):
        """What may stand for the end of a line."""
        return complete(text, self._namespace)

    def finish(self, commit):
        """Commits what was done, or undoes it."""
        if commit:
            self._work.cursor.commit()
            return
        self._work.forget()
        self._work.cursor.rollback()

    def _refused(self, error):
        self._lines = []
        # Where the compiler was called says nothing.
        error.__traceback__ = None
        sys.stderr.write(shown_traceback(error))
        return _answer(raised=True)

    def _execute(self, code):
        try:
            with self._statement():
                exec(code, self._namespace)
        except SystemExit as error:
            if not isinstance(error.code, (int, type(None))):
                sys.stderr.write("%s\n" % (error.code,))
            return _answer(exit=_exit_code(error))
        except KeyboardInterrupt:
            sys.stderr.write("KeyboardInterrupt\n")
            return _answer(raised=True)
        except BaseException as error:
            sys.stderr.write(shown_traceback(error))
            return _answer(raised=True)
        return _answer()

    @contextmanager
    def _statement(self):
        self._work.flush()
        call("shell.mark")
        try:
            yield
            # What is held back may fail as well: now, and not with the next statement.
            self._work.flush()
        except SystemExit as error:
            if _exit_code(error) == 0:
                self._work.flush()
            raise
        except BaseException:
            call("shell.undo")
            self._work.forget()
            raise


def _remember(name, source):
    # Tracebacks show the lines of what is no file, too.
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)


def _leave(code=None):
    """Leaves the prompt, as Ctrl-D does."""
    raise SystemExit(code)


def _answer(more=False, raised=False, exit=None):
    return {"more": more, "raised": raised, "exit": exit}


def _exit_code(error):
    if error.code is None:
        return 0
    return error.code if isinstance(error.code, int) else 1
