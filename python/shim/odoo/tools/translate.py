"""Translations: texts stay as they are written, in English."""

from odoo._guest.missing import missing_attribute

TRANSLATED_ATTRS = frozenset()

__path__ = []  # lets "from odoo.tools.translate import x" say who has x


def __getattr__(name):
    raise missing_attribute(__name__, name)


def _(source, *args, **kwargs):
    """The text itself, with its placeholders filled."""
    if args or kwargs:
        return source % (args or kwargs)
    return source


class LazyTranslate:
    """`_lt`: what a module calls to mark texts."""

    def __init__(self, module=None, default_lang=""):
        self.module = module

    def __call__(self, source, *args, **kwargs):
        return _(source, *args, **kwargs)


_lt = LazyTranslate()


def html_translate(callback, value):
    """Marks a field whose HTML is translated in terms; scripts only compare it."""
    raise missing_attribute(__name__, "html_translate()")


def xml_translate(callback, value):
    """Marks a field whose XML is translated in terms; scripts only compare it."""
    raise missing_attribute(__name__, "xml_translate()")


def _get_translation_upgrade_queries(cr, field):
    """Openupgradelib imports the name; only the release knows the queries."""
    raise missing_attribute(__name__, "_get_translation_upgrade_queries()")
