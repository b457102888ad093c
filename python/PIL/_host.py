"""Questions to the host about images, and the handles of those that it keeps."""

from ._unsupported import StubUsed

# Handles that nobody uses any more: they go with the next question, for a finalizer may run anywhere.
_unused = []


class Pixels:
    """An image of the host; given back when the last reference is gone."""

    __slots__ = ("handle", "mode", "size")

    def __init__(self, answer):
        self.handle, self.mode, width, height = answer
        self.size = (width, height)

    def __del__(self):
        _unused.append(self.handle)


def ask(name, *args, **kwargs):
    """The answer to an operation; images among the arguments are given as :class:`Pixels`."""
    call = _transport(name)
    if _unused:
        kwargs["free"] = _unused[:]
        del _unused[: len(kwargs["free"])]
    plain = [argument.handle if isinstance(argument, Pixels) else argument for argument in args]
    named = {
        key: value.handle if isinstance(value, Pixels) else value for key, value in kwargs.items()
    }
    import moultg

    try:
        return call("image." + name, *plain, **named)
    except moultg.HelperError as error:
        raise StubUsed("Image", ": %s" % error) from None
    except ValueError as error:
        if "has no operation" in str(error):
            raise StubUsed("Image", "needs a host that has images") from None
        raise


def make(name, *args, **kwargs):
    """The image that an operation makes."""
    return Pixels(ask(name, *args, **kwargs))


def forget():
    """The script is over, and its images with it."""
    del _unused[:]


def _transport(name):
    try:
        from moultg import call, register_reset, transport
    except ImportError:
        raise StubUsed("Image", "needs moult") from None
    if transport._exchange is None:
        raise StubUsed("Image.%s" % name, "needs a host")
    register_reset(forget)
    return call
