"""Writes images into files: the containers are made here, pixels are packed by the host."""

import struct
import zlib

from . import _host
from ._exif import Exif
from ._unsupported import StubUsed

_ICON_SIZES = [(16, 16), (24, 24), (32, 32), (48, 48), (64, 64), (128, 128), (256, 256)]
_PRESETS = {"web_low": (75, 2), "web_medium": (75, 2), "web_high": (75, 0)}


def write_png(image, params):
    """PNG, byte for byte as Pillow writes it."""
    if params.get("pnginfo") or params.get("dictionary"):
        raise StubUsed("PngImagePlugin", "does not write text chunks or dictionaries")
    info = image.info
    before = after = b""
    profile = params.get("icc_profile", info.get("icc_profile"))
    if profile:
        before = _chunk(b"iCCP", b"ICC Profile\0\0" + zlib.compress(profile))
    transparency = params.get("transparency", info.get("transparency"))
    if transparency or transparency == 0:
        after += _transparency(image, transparency)
    if params.get("dpi"):
        across, down = (int(dots / 0.0254 + 0.5) for dots in params["dpi"][:2])
        after += _chunk(b"pHYs", struct.pack(">LLB", across, down, 1))
    exif = _exif_bytes(params.get("exif"))
    if exif:
        after += _chunk(b"eXIf", exif[6:] if exif.startswith(b"Exif\0\0") else exif)
    optimize = bool(params.get("optimize"))
    # Deflated here: the host's zlib would find other matches than the one that Pillow has.
    header, palette, rows, strategy = _pack("png_parts", image, optimize=optimize)
    level = 9 if optimize else params.get("compress_level", -1)
    deflate = zlib.compressobj(level, zlib.DEFLATED, 15, 9, strategy)
    packed = deflate.compress(rows) + deflate.flush()
    size = max(65536, image.width * 4)
    parts = [packed[at : at + size] for at in range(0, len(packed), size)]
    pixels = b"".join(_chunk(b"IDAT", part) for part in parts)
    start = b"\x89PNG\r\n\x1a\n" + header + before + palette + after
    return start + pixels + _chunk(b"IEND", b"")


def _transparency(image, transparency):
    if image.mode == "P":
        colors = len(image.getpalette("RGBA")) // 4
        if not isinstance(transparency, bytes):
            transparency = b"\xff" * max(0, min(255, transparency)) + b"\0"
        return _chunk(b"tRNS", transparency[:colors])
    if image.mode in ("1", "L", "I"):
        return _chunk(b"tRNS", struct.pack(">H", max(0, min(65535, transparency))))
    if image.mode == "RGB":
        return _chunk(b"tRNS", struct.pack(">HHH", *transparency))
    return b""


def write_jpeg(image, params):
    """JPEG, byte for byte as Pillow writes it where it has the same libjpeg."""
    quality, subsampling = params.get("quality", -1), params.get("subsampling", -1)
    if quality in _PRESETS:
        quality, subsampling = _PRESETS[quality]
    if quality == "keep" or subsampling in ("keep", 1, "4:2:2") or params.get("qtables"):
        raise StubUsed("JpegImagePlugin", "does not keep tables, nor write 4:2:2")
    if not isinstance(quality, int):
        raise ValueError("Invalid quality setting")
    segments = b""
    exif = _exif_bytes(params.get("exif"))
    if exif:
        segments += _segment(0xE1, exif)
    comment = params.get("comment", image.info.get("comment"))
    if comment:
        segments += _segment(0xFE, comment)
    segments += params.get("extra", b"") + _profile(params.get("icc_profile") or b"")
    return _pack(
        "jpeg",
        image,
        quality=75 if quality == -1 else quality,
        optimize=bool(params.get("optimize")),
        progressive=bool(params.get("progressive") or params.get("progression")),
        full_color=subsampling in (0, "4:4:4"),
        density=[round(dots) for dots in params.get("dpi", (0, 0))][:2],
        segments=segments,
    )


def _profile(profile):
    parts = [profile[at : at + 65519] for at in range(0, len(profile), 65519)]
    return b"".join(
        _segment(0xE2, b"ICC_PROFILE\0" + bytes([number, len(parts)]) + part)
        for number, part in enumerate(parts, 1)
    )


def write_gif(image, params):
    """GIF, by the host's library; an animation that was opened is copied with all its frames."""
    source = image._animation()
    if params.get("save_all") and source is not None:
        return _host.ask("animation", source)
    return _other(image, "GIF", params)


def write_webp(image, params):
    """WebP, by the host's library."""
    return _other(image, "WEBP", params)


def write_tiff(image, params):
    """TIFF without compression, by the host's library."""
    return _other(image, "TIFF", params)


def _other(image, name, params):
    options = {"quality": int(params.get("quality", 80)), "lossless": bool(params.get("lossless"))}
    return _pack("other", image, name, **options)


def write_ico(image, params):
    """ICO: the image in all usual sizes that are not larger than itself, as PNG."""
    if params.get("bitmap_format") == "bmp":
        raise StubUsed("IcoImagePlugin", "writes PNG pictures only")
    provided = [image] + list(params.get("append_images", []))
    width, height = image.size
    frames = []
    for size in sorted(set(map(tuple, params.get("sizes", _ICON_SIZES)))):
        if size[0] > min(width, 256) or size[1] > min(height, 256):
            continue
        exact = [one for one in provided if one.size == size]
        frames.append(exact[0] if exact else _scaled(provided[-1], size))
    head = struct.pack("<HHH", 0, 1, len(frames))
    body = b""
    offset = len(head) + 16 * len(frames)
    for frame in frames:
        picture = write_png(frame, {})
        across, down = (side if side < 256 else 0 for side in frame.size)
        head += struct.pack("<BBBBHHLL", across, down, 0, 0, 0, 32, len(picture), offset + len(body))
        body += picture
    return head + body


def _scaled(image, size):
    frame = image.copy()
    frame.thumbnail(size, 1, reducing_gap=None)
    return frame


WRITERS = {
    "GIF": write_gif,
    "ICO": write_ico,
    "JPEG": write_jpeg,
    "PNG": write_png,
    "TIFF": write_tiff,
    "WEBP": write_webp,
}


def _pack(operation, image, *args, **options):
    try:
        return _host.ask(operation, image._pixels(), *args, **options)
    except ValueError as error:
        raise OSError(str(error)) from None


def _exif_bytes(exif):
    return exif.tobytes() if isinstance(exif, Exif) else (exif or b"")


def _chunk(name, data):
    return struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))


def _segment(marker, data):
    return struct.pack(">BBH", 0xFF, marker, 2 + len(data)) + data
