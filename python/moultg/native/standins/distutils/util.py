"""Small functions of distutils."""


def strtobool(text):
    """1 for a word that means yes, 0 for one that means no."""
    word = text.lower()
    if word in ("y", "yes", "t", "true", "on", "1"):
        return 1
    if word in ("n", "no", "f", "false", "off", "0"):
        return 0
    raise ValueError("invalid truth value %r" % (word,))
