"""One question to the host and its answer; the interpreter waits."""

import json

from . import log
from .codec import ResultSet, decode, encode, write_json
from .errors import HostError, build_error

_exchange = None


def install(exchange):
    """Sets how one JSON text reaches the host and the answer's text comes back."""
    global _exchange
    _exchange = exchange


def call(op, *args, **kwargs):
    """Asks the host for an operation; answers its value, or a :class:`ResultSet`."""
    log.flush()
    return _read(_exchange(_write(op, args, kwargs)))


def send_log(lines):
    """Hands log lines over, without the flush that :func:`call` does."""
    _exchange(json.dumps({"op": "log", "a": [lines], "k": {}}))


def _write(op, args, kwargs):
    texts = [write_json(_encode_argument(value, index)) for index, value in enumerate(args)]
    named = [
        "%s: %s" % (write_json(name), write_json(_encode_argument(value, name)))
        for name, value in kwargs.items()
    ]
    text = '{"op": %s, "a": [%s], "k": {%s}}' % (write_json(op), ", ".join(texts), ", ".join(named))
    if not text.isascii():
        _refuse_surrogates(text, args)
    return text


def _encode_argument(value, name):
    try:
        return encode(value)
    except TypeError as error:
        raise TypeError("%s (argument %r)" % (error, name)) from None


def _refuse_surrogates(text, args):
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        for value in args:
            # The plain argument's own position reads better than one inside the message.
            if isinstance(value, str):
                value.encode("utf-8")
        raise


def _read(text):
    answer = decode(text)
    if "v" in answer:
        return answer["v"]
    if "c" in answer:
        columns = [(name, oid) for name, oid in answer["c"]]
        return ResultSet(columns, answer["r"], answer["n"], answer["s"])
    if "e" in answer:
        raise build_error(answer["e"])
    raise HostError("The host's answer is none: %.200s" % (text,))
