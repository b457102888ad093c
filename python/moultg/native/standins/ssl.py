"""Encryption for an interpreter without a network: the names, and an error for whoever connects."""

CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED = 0, 1, 2
PROTOCOL_TLS = PROTOCOL_SSLv23 = 2
PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER = 16, 17
OP_ALL = OP_NO_SSLv2 = OP_NO_SSLv3 = OP_NO_COMPRESSION = OP_NO_TICKET = 0
HAS_SNI = HAS_ALPN = False
HAS_NEVER_CHECK_COMMON_NAME = False
OPENSSL_VERSION = "none"
OPENSSL_VERSION_INFO = (0, 0, 0, 0, 0)
OPENSSL_VERSION_NUMBER = 0


class SSLError(OSError):
    """An encrypted connection failed."""


class SSLZeroReturnError(SSLError):
    """The other side has closed it."""


class SSLWantReadError(SSLError):
    """More is to be read."""


class SSLWantWriteError(SSLError):
    """More is to be written."""


class SSLEOFError(SSLError):
    """It ended too early."""


class SSLCertVerificationError(SSLError, ValueError):
    """The other side's certificate is not valid."""


CertificateError = SSLCertVerificationError


class SSLContext:
    """Cannot be used: there is no network."""

    def __init__(self, *args, **kwargs):
        raise SSLError("there is no network in this interpreter")


class SSLSocket:
    """Cannot be made: there is no network."""

    def __init__(self, *args, **kwargs):
        raise SSLError("there is no network in this interpreter")


def create_default_context(*args, **kwargs):
    """Cannot be used: there is no network."""
    return SSLContext()


def wrap_socket(*args, **kwargs):
    """Cannot be used: there is no network."""
    return SSLContext()
