"""The class of images."""

import builtins
import io
import os

from . import _host, _resizing, _writers
from ._access import Buffer, PixelAccess
from ._exif import Exif
from ._modes import BANDS, Dither, Palette, Resampling, pixel_bytes
from ._unsupported import StubUsed


class Image:
    """An image: an opened file until pixels are wanted, then pixels of the host's.

    Methods take what Pillow's take; what they cannot do raises StubUsed.
    """

    format = None
    format_description = None
    readonly = 0

    def __init__(self):
        self.mode = ""
        self._size = (0, 0)
        self.info = {}
        self.encoderinfo = {}
        self._source = None
        self._held = None
        self._buffer = None
        self._exif = None

    @classmethod
    def _of(cls, pixels, info=None):
        image = Image()
        image._set(pixels)
        image.info = dict(info or {})
        return image

    def _new(self, pixels):
        return Image._of(pixels, self.info)

    def _set(self, pixels):
        self._held, self._buffer, self._source = pixels, None, None
        self.mode, self._size = pixels.mode, pixels.size

    def _take(self, other):
        """Becomes another image."""
        self._set(other._pixels())
        self.info, self._exif = other.info, other._exif

    def _pixels(self):
        """The image at the host: decoded now, or sent back when it was changed here."""
        if self._buffer is not None and self._buffer.changed:
            colors = self._held and _host.ask("palette", self._held)
            width, height = self._size
            data = bytes(self._buffer.data)
            self._held = _host.make("load", self.mode, width, height, data, palette=colors)
            self._buffer.changed = False
        if self._held is None:
            if self._source is None:
                raise ValueError("Operation on closed image")
            self._held = self._source.decode()
            self.mode, self._size = self._held.mode, self._held.size
        return self._held

    def _changed(self):
        self._buffer = None

    def _animation(self):
        source = self._source
        return source.data if source is not None and source.header.frames > 1 else None

    @property
    def size(self):
        return self._size

    @property
    def width(self):
        return self._size[0]

    @property
    def height(self):
        return self._size[1]

    @property
    def n_frames(self):
        return self._source.header.frames if self._source is not None else 1

    @property
    def is_animated(self):
        return self.n_frames > 1

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __eq__(self, other):
        return isinstance(other, Image) and (
            self is other
            or (self.mode, self.size, self.info) == (other.mode, other.size, other.info)
            and self.tobytes() == other.tobytes()
        )

    __hash__ = object.__hash__

    def __repr__(self):
        place = (self.mode, self.size[0], self.size[1], id(self))
        return "<PIL.Image.Image image mode=%s size=%dx%d at 0x%X>" % place

    def close(self):
        """Gives the pixels back; the image cannot be used any more."""
        self._source = self._held = self._buffer = None

    def load(self):
        """Decodes the file, where that has not been done; answers access to single pixels."""
        self._pixels()
        return PixelAccess(self)

    def verify(self):
        """Raises OSError for a damaged file."""
        if self._source is not None:
            self._source.decode()

    def seek(self, frame):
        """Goes to a frame; those after the first one have no pixels here."""
        if frame < 0 or frame >= self.n_frames:
            raise EOFError("attempt to seek outside sequence")
        if self._source is not None and frame != self._source.frame:
            self._source.frame = frame
            self._held = self._buffer = None

    def tell(self):
        """The number of the frame."""
        return self._source.frame if self._source is not None else 0

    def copy(self):
        """Another image of the same pixels."""
        return self._new(_host.make("copy", self._pixels()))

    def getbands(self):
        """The names of the bands."""
        return BANDS[self.mode]

    def getexif(self):
        """The EXIF tags, such as 0x0112, the orientation."""
        if self._exif is None:
            self._exif = Exif()
            self._exif.load(self.info.get("exif") or b"")
        return self._exif

    def _getexif(self):
        return dict(self.getexif()) or None

    def get_format_mimetype(self):
        """The MIME type of the file that was opened."""
        from . import Image as module

        return module.MIME.get((self.format or "").upper())

    def draft(self, mode, size):
        """Has a JPEG read at a half, a quarter or an eighth of its size, not below ``size``."""
        source = self._source
        if source is None or self._held is not None or source.name != "JPEG" or source.shrink > 1:
            return None
        if not size:
            return None
        wanted = min(self.width // size[0], self.height // size[1])
        source.shrink = next((part for part in (8, 4, 2) if wanted >= part), 1)
        width, height = self._size
        self._size = source.shrunk(source.shrink)
        return self.mode, (0, 0, width / source.shrink, height / source.shrink)

    def thumbnail(self, size, resample=Resampling.BICUBIC, reducing_gap=2.0):
        """Makes this image smaller, within ``size``, in the shape it has."""
        box = None
        if reducing_gap is not None:
            target = _resizing.thumbnail_size(self._size, size)
            if target is None:
                return
            drafted = self.draft(None, (target[0] * reducing_gap, target[1] * reducing_gap))
            box = drafted[1] if drafted is not None else None
        if box is None:
            self._pixels()
            target = _resizing.thumbnail_size(self._size, size)
            if target is None:
                return
        if self._size != target:
            self._set(_resizing.resized(self, target, resample, box, reducing_gap))

    def resize(self, size, resample=None, box=None, reducing_gap=None):
        """This image in another size."""
        if resample is None:
            resample = Resampling.NEAREST if self.mode.startswith("I;") else Resampling.BICUBIC
        return self._new(_resizing.resized(self, size, resample, box, reducing_gap))

    def reduce(self, factor, box=None):
        """Blocks of ``factor`` pixels averaged."""
        across, down = factor if isinstance(factor, (list, tuple)) else (factor, factor)
        pixels = self._pixels()
        through = {"LA": "La", "RGBA": "RGBa"}.get(self.mode)
        if through:
            pixels = _host.make("convert", pixels, through)
        made = _host.make("reduce", pixels, across, down, tuple(box or (0, 0) + self._size))
        return self._new(_host.make("convert", made, self.mode) if through else made)

    def crop(self, box=None):
        """A part of this image."""
        if box is None:
            return self.copy()
        left, top, right, bottom = (int(round(side)) for side in box)
        if right < left:
            raise ValueError("Coordinate 'right' is less than 'left'")
        if bottom < top:
            raise ValueError("Coordinate 'lower' is less than 'upper'")
        return self._new(_host.make("crop", self._pixels(), (left, top, right, bottom)))

    def transpose(self, method):
        """Turned or mirrored."""
        return self._new(_host.make("transpose", self._pixels(), int(method)))

    def convert(self, mode=None, matrix=None, dither=None, palette=Palette.WEB, colors=256):
        """This image in another mode."""
        if matrix is not None:
            raise StubUsed("Image.convert", "takes no matrix")
        transparency = self.info.get("transparency")
        if mode is None and self.mode == "P":
            mode = "RGB" if transparency is None else "RGBA"
        pixels = self._pixels()
        if not mode or mode == self.mode:
            return self.copy()
        if mode == "P":
            if self.mode != "RGBA":
                raise StubUsed("Image.convert", "converts to P from RGBA only")
            return self.quantize(colors)
        if mode == "1" and dither == Dither.NONE:
            raise StubUsed("Image.convert", "converts to 1 by dithering only")
        promotes = mode == "RGBA" or (mode == "LA" and self.mode in ("1", "L", "I"))
        if transparency is not None and promotes and self.mode != "P":
            made = self._new(_transparent(pixels, mode, transparency))
            del made.info["transparency"]
            return made
        if self.mode == "P" and mode in ("LA", "RGBA"):
            made = self._new(_host.make("convert", pixels, mode, transparency=transparency))
        else:
            made = self._new(_host.make("convert", pixels, mode))
        made.info.pop("transparency", None)
        return made

    def quantize(self, colors=256, method=None, kmeans=0, palette=None, dither=Dither.FLOYDSTEINBERG):
        """In at most ``colors`` colours, by the fast octree; RGBA only."""
        if self.mode != "RGBA" or method not in (None, 2) or kmeans or palette is not None:
            raise StubUsed("Image.quantize", "does the fast octree of RGBA images only")
        return self._new(_host.make("quantize", self._pixels(), int(colors)))

    def paste(self, im, box=None, mask=None):
        """Puts an image or a colour into this one."""
        if isinstance(box, Image) and mask is None:
            box, mask = None, box
        box = tuple(box or (0, 0))
        if len(box) == 2:
            sized = im if isinstance(im, Image) else mask
            if sized is None:
                raise ValueError("cannot determine region size; use 4-item box")
            box += (box[0] + sized.size[0], box[1] + sized.size[1])
        target = self._pixels()
        if isinstance(im, str):
            from .ImageColor import getcolor

            im = getcolor(im, self.mode)
        if isinstance(im, Image):
            source = im if im.mode == self.mode else im.convert(self.mode)
            source = source._pixels()
        else:
            source = pixel_bytes(self.mode, im)
        place = (box[0], box[1], box[2] - box[0], box[3] - box[1])
        _host.ask("paste", target, source, *place, mask=mask and _mask(mask))
        self._changed()

    def putalpha(self, alpha):
        """Replaces the alpha, or gives the image one."""
        if self.mode not in ("LA", "RGBA"):
            mode = "LA" if self.mode in ("1", "L") else "RGBA"
            self._set(_host.make("convert", self._pixels(), mode))
        target = self._pixels()
        if isinstance(alpha, Image):
            if alpha.mode not in ("1", "L"):
                raise ValueError("illegal image mode")
            _host.ask("putalpha", target, alpha._pixels() if alpha.mode == "L" else alpha.convert("L")._pixels())
        else:
            _host.ask("putalpha", target, int(alpha), constant=True)
        self._changed()

    def getcolors(self, maxcolors=256):
        """``(count, color)`` of each colour; None when there are more than ``maxcolors``."""
        found = _host.ask("colors", self._pixels(), int(maxcolors))
        if found is None:
            return None
        return [(count, color[0] if len(color) == 1 else tuple(color)) for count, *color in found]

    def histogram(self, mask=None, extrema=None):
        """How many pixels have each value, band after band."""
        if mask is not None:
            raise StubUsed("Image.histogram", "takes no mask")
        return _host.ask("histogram", self._pixels())

    def getbbox(self, *, alpha_only=True):
        """The box around all that is not zero; None for an empty image."""
        found = _host.ask("bbox", self._pixels())
        return None if found is None else tuple(found)

    def getpalette(self, rawmode="RGB"):
        """The colours of a ``P`` image as a list of numbers; None for others."""
        colors = _host.ask("palette", self._pixels())
        if colors is None:
            return None
        return list(colors) if rawmode == "RGBA" else [value for at, value in enumerate(colors) if at % 4 < 3]

    def _access(self):
        if self._buffer is None:
            pixels = self._pixels()
            self._buffer = Buffer(self.mode, self._size, _host.ask("pixels", pixels))
        return self._buffer

    def getpixel(self, xy):
        """A pixel: a number, or a tuple of one per band."""
        return self._access().get(xy)

    def putpixel(self, xy, value):
        """Sets a pixel."""
        self._access().put(xy, value)

    def tobytes(self, encoder_name="raw", *args):
        """All pixels, row by row."""
        if encoder_name != "raw" or args:
            raise StubUsed("Image.tobytes", "has no encoders")
        data = _host.ask("pixels", self._pixels())
        return _packed(data, self._size) if self.mode == "1" else data

    def getdata(self, band=None):
        """All pixels in a list."""
        raw = _host.ask("pixels", self._pixels())
        bands = len(BANDS[self.mode])
        if self.mode == "I":
            return [int.from_bytes(raw[at : at + 4], "little", signed=True) for at in range(0, len(raw), 4)]
        if bands == 1:
            return list(raw)
        if band is not None:
            return list(raw[band::bands])
        return list(zip(*(raw[at::bands] for at in range(bands))))

    def save(self, fp, format=None, **params):
        """Writes a file: PNG and JPEG as Pillow does, ICO, GIF, WebP and TIFF in these formats."""
        from . import Image as module

        path = os.fspath(fp) if isinstance(fp, (str, bytes, os.PathLike)) else None
        if not format:
            name = path if path is not None else getattr(fp, "name", "")
            ending = os.path.splitext(os.fsdecode(name))[1].lower()
            format = module.EXTENSION.get(ending)
            if format is None:
                raise ValueError("unknown file extension: %s" % ending)
        writer = _writers.WRITERS.get(format.upper())
        if writer is None:
            raise StubUsed("Image.save", "does not write %s" % format.upper())
        self.encoderinfo = params
        data = writer(self, params)
        if path is None:
            fp.write(data)
            return
        with builtins.open(path, "wb") as stream:
            stream.write(data)

    def _repr_png_(self):
        stream = io.BytesIO()
        self.save(stream, "PNG")
        return stream.getvalue()


def _mask(mask):
    if mask.mode not in ("1", "L", "LA", "RGBA"):
        raise ValueError("bad transparency mask")
    return mask._pixels()


def _transparent(pixels, mode, transparency):
    """One colour of the image becomes transparent."""
    made = Image._of(_host.make("convert", pixels, "RGBA"))
    buffer = made._access()
    color = transparency if isinstance(transparency, tuple) else (transparency,) * 3
    wanted = bytes(value & 255 for value in color)
    data = buffer.data
    at = data.find(wanted)
    while at >= 0:
        if at % 4 == 0:
            data[at + 3] = 0
        at = data.find(wanted, at + 1)
    buffer.changed = True
    through = made._pixels()
    return through if mode == "RGBA" else _host.make("convert", through, mode)


def _packed(data, size):
    """Eight pixels of black and white in a byte."""
    width, height = size
    packed = bytearray()
    for row in range(height):
        bits = "".join("1" if value else "0" for value in data[row * width : (row + 1) * width])
        bits += "0" * (-width % 8)
        packed += int(bits or "0", 2).to_bytes(len(bits) // 8, "big")
    return bytes(packed)
