"""``PIL`` where the compiled one is not to be had: the surface of Pillow that Odoo uses.

What a file's header tells (size, format, mode) is read here. Pixels are the host's: it decodes, resizes,
converts and encodes, and answers handles. The guest's folder comes first on ``sys.path``, so this package
is found first; a Pillow further along whose compiled core loads takes its place, and nothing of ours is
used then.
"""

from . import _handover

__version__ = "9.4.0"

_own = __path__[0]


class UnidentifiedImageError(OSError):
    """Raised by ``PIL.Image.open`` for a file that is no image it knows."""


if not _handover.hand_over(_own, globals()):
    __path__ = [_own]
