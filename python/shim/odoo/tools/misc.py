"""The mixed bag that scripts import from `odoo.tools` and `odoo.tools.misc`."""

import contextlib
import functools
import hmac as _hmac
import logging

from odoo._guest.containers import (  # noqa: F401
    Callbacks,
    Collector,
    ConstantMapping,
    DotDict,
    LastOrderedSet,
    OrderedSet,
    ReadonlyDict,
    freehash,
    frozendict,
)
from odoo._guest.files import file_open, file_path  # noqa: F401
from odoo._guest.iteration import (  # noqa: F401
    Reverse,
    ReversedIterable,
    attrgetter,
    flatten,
    groupby,
    has_list_types,
    is_list_of,
    merge_sequences,
    partition,
    reverse_enumerate,
    split_every,
    submap,
    topological_sort,
    unique,
)
from odoo._guest.markup import Markup, escape as html_escape  # noqa: F401
from odoo._guest.missing import missing_attribute
from odoo._guest.native import native_functions
from odoo._guest.text import (  # noqa: F401
    clean_context,
    human_size,
    mod10r,
    remove_accents,
    str2bool,
    unquote,
    ustr,
)

DEFAULT_SERVER_DATE_FORMAT = "%Y-%m-%d"
DEFAULT_SERVER_TIME_FORMAT = "%H:%M:%S"
DEFAULT_SERVER_DATETIME_FORMAT = "%Y-%m-%d %H:%M:%S"
DATE_LENGTH = 10

consteq = _hmac.compare_digest
pickle = __import__("pickle")

__path__ = []  # lets "from odoo.tools.misc import x" say who has x

NATIVE = (
    "babel_locale_parse", "formatLang", "format_amount", "format_date", "format_datetime",
    "format_decimalized_amount", "format_decimalized_number", "format_duration", "format_time",
    "get_diff", "parse_date", "posix_to_ldml", "street_split",
)  # fmt: skip
native_functions(__name__, globals(), NATIVE)


def __getattr__(name):
    raise missing_attribute(__name__, name)


class mute_logger(logging.Handler):  # noqa: N801
    """Silences loggers within a `with` block or a decorated function."""

    def __init__(self, *loggers):
        super().__init__()
        self.loggers = loggers
        self._kept = {}

    def __enter__(self):
        for name in self.loggers:
            logger = logging.getLogger(name)
            self._kept[name] = (logger.propagate, logger.handlers)
            logger.propagate, logger.handlers = False, [self]

    def __exit__(self, exc_type=None, exc_val=None, exc_tb=None):
        for name, (propagate, handlers) in self._kept.items():
            logger = logging.getLogger(name)
            logger.propagate, logger.handlers = propagate, handlers
        self._kept = {}

    def __call__(self, func):
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            with self:
                return func(*args, **kwargs)

        return wrapper

    def emit(self, record):
        """Takes the record and says nothing."""


class lower_logging(logging.Handler):  # noqa: N801
    """Lowers the level of what is logged within a `with` block."""

    def __init__(self, max_level, to_level=None):
        super().__init__()
        self.had_error_log = False
        self.max_level = max_level
        self.to_level = to_level or max_level

    def __enter__(self):
        root = logging.getLogger()
        self._kept = root.handlers[:]
        root.handlers = [self]
        return self

    def __exit__(self, exc_type=None, exc_val=None, exc_tb=None):
        logging.getLogger().handlers = self._kept

    def emit(self, record):
        if record.levelno > self.max_level:
            record.levelname = "_" + record.levelname
            record.levelno = self.to_level
            self.had_error_log = True
        for handler in self._kept:
            if record.levelno >= handler.level:
                handler.emit(record)


@contextlib.contextmanager
def ignore(*exc):
    """Goes on when one of these exceptions is raised."""
    with contextlib.suppress(*exc):
        yield


class replace_exceptions(contextlib.ContextDecorator):  # noqa: N801
    """Raises `by` where one of the exceptions is raised."""

    def __init__(self, *exceptions, by):
        self.exceptions = exceptions
        self.by = by

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        if exc_type is not None and issubclass(exc_type, self.exceptions):
            by = self.by
            raise (by(exc_value) if isinstance(by, type) and exc_value.args else by) from exc_value


def resolve_attr(obj, attr, default=None):
    """Follows a dotted path of attributes."""
    for name in attr.split("."):
        obj = getattr(obj, name, default)
        if obj is default:
            break
    return obj


def discardattr(obj, key):
    """Deletes the attribute if it is there."""
    with contextlib.suppress(AttributeError):
        delattr(obj, key)


def to_xml(text):
    """The text with the characters escaped that XML reserves."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def get_iso_codes(lang):
    """`es` for `es_ES`, otherwise the code itself."""
    if "_" in lang:
        short, _, country = lang.partition("_")
        if short == country.lower():
            return short
    return lang


def get_lang(env, lang_code=False):
    """The language to use: the one asked for, the context's, the user's, or the first installed."""
    codes = [code for code, _name in env["res.lang"].get_installed()]
    for wanted in (lang_code, env.context.get("lang"), env.user.company_id.partner_id.lang):
        if wanted in codes:
            return env["res.lang"].search([("code", "=", wanted)], limit=1)
    return env["res.lang"].search([("code", "=", codes[0] if codes else "en_US")], limit=1)


def hmac(env, scope, message, hash_function=None):
    """The signature of a message with the database's secret."""
    import hashlib

    if not scope:
        raise ValueError("Non-empty scope required")
    secret = env["ir.config_parameter"].get_param("database.secret")
    text = repr((scope, message))
    return _hmac.new(secret.encode(), text.encode(), hash_function or hashlib.sha256).hexdigest()
