"""Connection strings, as libpq reads them: ``key=value`` pairs and ``postgresql://`` addresses."""

import re

from ._exceptions import ProgrammingError

_OPTIONS = frozenset(
    "application_name channel_binding client_encoding connect_timeout dbname fallback_application_name"
    " gssencmode gsslib host hostaddr keepalives keepalives_count keepalives_idle keepalives_interval"
    " krbsrvname options passfile password port replication requirepeer require_auth service"
    " load_balance_hosts ssl_max_protocol_version ssl_min_protocol_version sslcert sslcertmode"
    " sslcompression sslcrl sslcrldir sslkey sslmode sslpassword sslrootcert sslsni"
    " target_session_attrs tcp_user_timeout user".split()
)
_SCHEMES = ("postgresql://", "postgres://")
_KEY = re.compile(r"\s*([^=\s]+)\s*(=)?\s*")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL)
_PLAIN = re.compile(r"(?:[^\s\\]|\\.)*", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_NEEDS_QUOTES = re.compile(r"\s")
_ADDRESS = re.compile(
    r"(?:(?P<user>[^:@/?]*)(?::(?P<password>[^@/?]*))?@)?"
    r"(?:\[(?P<ipv6>[^\]]*)\]|(?P<host>[^:/?]*))(?::(?P<port>[^/?]*))?"
    r"(?:/(?P<dbname>[^?]*))?(?:\?(?P<query>.*))?$"
)


def parse_dsn(dsn):
    """The parts of a connection string, as a dict of texts; ProgrammingError for a malformed one."""
    if isinstance(dsn, bytes):
        dsn = dsn.decode("utf-8")
    if not isinstance(dsn, str):
        kind = type(dsn).__name__
        raise TypeError("Expected bytes or unicode string, got %s instead" % kind)
    for scheme in _SCHEMES:
        if dsn.startswith(scheme):
            return _checked(_read_address(dsn[len(scheme) :]))
    return _checked(_read_pairs(dsn))


def make_dsn(dsn=None, **kwargs):
    """A connection string with the parts of ``dsn`` and the others, which win."""
    if dsn is None and not kwargs:
        return ""
    if not kwargs:
        parse_dsn(dsn)
        return dsn
    if "database" in kwargs:
        if "dbname" in kwargs:
            raise TypeError("you can't specify both 'database' and 'dbname' arguments")
        kwargs["dbname"] = kwargs.pop("database")
    given = {key: value for key, value in kwargs.items() if value is not None}
    parts = {**(parse_dsn(dsn) if dsn is not None else {}), **given}
    text = " ".join("%s=%s" % (key, _escape(str(value))) for key, value in parts.items())
    parse_dsn(text)
    return text


def without_password(dsn):
    """The connection string as it may be shown."""
    parts = parse_dsn(dsn)
    if "password" not in parts:
        return dsn
    return make_dsn(**{**parts, "password": "xxx"})


def _read_pairs(text):
    parts, offset = {}, 0
    while True:
        match = _KEY.match(text, offset)
        if match is None:
            return parts
        key, equals = match.groups()
        if equals is None:
            raise _invalid('missing "=" after "%s" in connection info string' % key)
        offset = match.end()
        if text[offset : offset + 1] == "'":
            value = _QUOTED.match(text, offset)
            if value is None:
                raise _invalid("unterminated quoted string in connection info string")
            parts[key] = _ESCAPE.sub(r"\1", value.group(1))
        else:
            value = _PLAIN.match(text, offset)
            parts[key] = _ESCAPE.sub(r"\1", value.group(0))
        offset = value.end()


def _read_address(text):
    from urllib.parse import parse_qsl, unquote

    match = _ADDRESS.match(text)
    if match is None:
        raise _invalid('invalid URI "%s"' % text)
    found = match.groupdict()
    query, ipv6 = found.pop("query"), found.pop("ipv6")
    found["host"] = ipv6 or found["host"]
    parts = {key: unquote(value) for key, value in found.items() if value}
    parts.update(parse_qsl(query or "", keep_blank_values=True))
    return parts


def _checked(parts):
    for key in parts:
        if key not in _OPTIONS:
            raise _invalid('invalid connection option "%s"' % key)
    return parts


def _escape(value):
    value = value.replace("\\", "\\\\").replace("'", "\\'")
    return "'" + value + "'" if not value or _NEEDS_QUOTES.search(value) else value


def _invalid(reason):
    return ProgrammingError("invalid dsn: %s\n" % reason)
