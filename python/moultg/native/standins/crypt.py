"""Password hashes of the system, which Python 3.13 has removed; passlib has its own."""


def crypt(word, salt=None):
    """None says that the method is not supported."""
    return None


methods = ()
