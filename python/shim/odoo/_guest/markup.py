"""`markupsafe.Markup` where the interpreter has it, otherwise a text class that behaves alike."""

try:
    from markupsafe import Markup, escape
except ImportError:

    class Markup(str):
        """Text that is HTML already; what is added to it gets escaped."""

        __slots__ = ()

        def __html__(self):
            return self

        def __add__(self, other):
            return Markup(str.__add__(self, escape(other)))

        def __radd__(self, other):
            return Markup(str.__add__(escape(other), self))

        def __mod__(self, values):
            if isinstance(values, tuple):
                values = tuple(_escaped(value) for value in values)
            elif isinstance(values, dict):
                values = {key: _escaped(value) for key, value in values.items()}
            else:
                values = _escaped(values)
            return Markup(str.__mod__(self, values))

        def format(self, *args, **kwargs):
            return Markup(
                str.format(self, *map(_escaped, args), **{key: _escaped(value) for key, value in kwargs.items()})
            )

        def join(self, parts):
            return Markup(str.join(self, map(escape, parts)))

        def __repr__(self):
            return "Markup(%s)" % str.__repr__(self)

    def escape(text):
        """The text as Markup, with `& < > " '` escaped unless it is Markup already."""
        if hasattr(text, "__html__"):
            return Markup(text.__html__())
        plain = str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return Markup(plain.replace("'", "&#39;").replace('"', "&#34;"))


def _escaped(value):
    return escape(value) if isinstance(value, str) or hasattr(value, "__html__") else value
