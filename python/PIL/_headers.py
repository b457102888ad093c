"""What the first bytes of a picture file tell: size, mode, and what else belongs to it."""

import struct
import zlib


class Header:
    """What a file's header tells; ``info`` is the image's dictionary of that name."""

    __slots__ = ("mode", "size", "info", "frames")

    def __init__(self, mode, size, info=None, frames=1):
        self.mode = mode
        self.size = size
        self.info = info or {}
        self.frames = frames


_PNG_MODES = {
    (1, 0): "1",
    (2, 0): "L",
    (4, 0): "L",
    (8, 0): "L",
    (16, 0): "I",
    (8, 2): "RGB",
    (16, 2): "RGB",
    (1, 3): "P",
    (2, 3): "P",
    (4, 3): "P",
    (8, 3): "P",
    (8, 4): "LA",
    (16, 4): "RGBA",
    (8, 6): "RGBA",
    (16, 6): "RGBA",
}


def read_png(data):
    """PNG: IHDR, and the chunks before the pixels."""
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR":
        return None
    width, height, depth, kind = struct.unpack_from(">LLBB", data, 16)
    mode = _PNG_MODES.get((depth, kind))
    if mode is None or not width or not height:
        return None
    info = {}
    at = 8
    while at + 12 <= len(data):
        (size,) = struct.unpack_from(">L", data, at)
        name = data[at + 4 : at + 8]
        if name in (b"IDAT", b"IEND"):
            break
        _read_chunk(name, data[at + 8 : at + 8 + size], mode, info)
        at += 12 + size
    return Header(mode, (width, height), info)


def _read_chunk(name, chunk, mode, info):
    if name == b"tRNS":
        transparency = _transparency(chunk, mode)
        if transparency is not None:
            info["transparency"] = transparency
    elif name == b"iCCP":
        _, _, packed = chunk.partition(b"\0")
        try:
            info["icc_profile"] = zlib.decompress(packed[1:])
        except zlib.error:
            info["icc_profile"] = None
    elif name == b"pHYs" and len(chunk) >= 9:
        across, down, unit = struct.unpack_from(">LLB", chunk)
        if unit == 1:
            info["dpi"] = (across * 0.0254, down * 0.0254)
    elif name == b"gAMA" and len(chunk) >= 4:
        info["gamma"] = struct.unpack_from(">L", chunk)[0] / 100000.0
    elif name == b"eXIf":
        info["exif"] = b"Exif\x00\x00" + chunk


def _transparency(chunk, mode):
    if mode == "P":
        # One index that is wholly transparent is told by its number.
        if chunk.count(b"\xff") == len(chunk) - 1 and chunk.count(b"\0") == 1:
            return chunk.index(b"\0")
        return chunk
    if mode in ("1", "L", "I"):
        return struct.unpack_from(">H", chunk)[0]
    return struct.unpack_from(">HHH", chunk) if mode == "RGB" else None


def read_jpeg(data):
    """JPEG: the frame's segment, and those before the pixels."""
    if data[:3] != b"\xff\xd8\xff":
        return None
    info = {}
    profile = []
    frame = None
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            at += 1
            continue
        marker = data[at + 1]
        if marker == 0xFF or marker == 0x00 or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in (0xD9, 0xDA):
            break
        (size,) = struct.unpack_from(">H", data, at + 2)
        segment = data[at + 4 : at + 2 + size]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            frame = frame or _frame(segment)
            info.update({"progressive": 1, "progression": 1} if marker in (0xC2, 0xC6) else {})
        else:
            _read_segment(marker, segment, info, profile)
        at += 2 + size
    if frame is None:
        return None
    if "exif" in info:
        # Pillow takes the resolution from there, or this one where there is none.
        info.setdefault("dpi", (72, 72))
    if profile:
        info["icc_profile"] = b"".join(part[14:] for part in sorted(profile))
    return Header(frame[0], frame[1], info)


def _frame(segment):
    height, width, bands = struct.unpack_from(">HHB", segment, 1)
    mode = {1: "L", 3: "RGB", 4: "CMYK"}.get(bands)
    return (mode, (width, height)) if mode and width and height else None


def _read_segment(marker, segment, info, profile):
    if marker == 0xE0 and segment[:4] == b"JFIF" and len(segment) >= 12:
        info["jfif"] = version = struct.unpack_from(">H", segment, 5)[0]
        info["jfif_version"] = divmod(version, 256)
        unit, across, down = struct.unpack_from(">BHH", segment, 7)
        if unit == 1:
            info["dpi"] = (across, down)
        info["jfif_unit"] = unit
        info["jfif_density"] = (across, down)
    elif marker == 0xE1 and segment[:6] == b"Exif\x00\x00":
        info.setdefault("exif", segment)
    elif marker == 0xE2 and segment[:12] == b"ICC_PROFILE\0":
        profile.append(segment)
    elif marker == 0xEE and segment[:5] == b"Adobe" and len(segment) >= 12:
        info["adobe"] = struct.unpack_from(">H", segment, 5)[0]
        info["adobe_transform"] = segment[11]
    elif marker == 0xFE:
        info["comment"] = segment


def read_gif(data):
    """GIF: the screen, and how many pictures follow."""
    if data[:6] not in (b"GIF87a", b"GIF89a") or len(data) < 13:
        return None
    width, height, flags, background = struct.unpack_from("<HHBB", data, 6)
    info = {"version": data[:6], "background": background}
    at = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    frames = 0
    while at < len(data):
        if data[at] == 0x21:
            if data[at + 1 : at + 2] == b"\xf9" and at + 8 <= len(data):
                if frames == 0 and data[at + 3] & 1:
                    info["transparency"] = data[at + 6]
                info.setdefault("duration", struct.unpack_from("<H", data, at + 4)[0] * 10)
            at = _after_blocks(data, at + 2)
        elif data[at] == 0x2C and at + 10 <= len(data):
            frames += 1
            local = data[at + 9]
            at = _after_blocks(data, at + 11 + (3 << (local & 7) + 1 if local & 0x80 else 0))
        else:
            break
    if not frames or not width or not height:
        return None
    table = data[13 : 13 + (3 << (flags & 7) + 1)] if flags & 0x80 else b""
    return Header("L" if table and _is_gray(table, 3) else "P", (width, height), info, frames)


def _is_gray(table, step):
    """Whether a palette only says that each number is its own shade of gray."""
    return all(table[at] == table[at + 1] == table[at + 2] == at // step for at in range(0, len(table), step))


def _after_blocks(data, at):
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return at + 1


def read_bmp(data):
    """BMP: the header of the bitmap."""
    if data[:2] != b"BM" or len(data) < 46:
        return None
    size, width, height, _, bits = struct.unpack_from("<LllHH", data, 14)
    if size < 40 or width <= 0 or not height:
        return None
    if bits > 8:
        return Header("RGB", (width, abs(height)))
    table = data[14 + size : 14 + size + 4 * (struct.unpack_from("<L", data, 46)[0] or 1 << bits)]
    if len(table) == 8 and table[:3] + table[4:7] == b"\0\0\0\xff\xff\xff":
        return Header("1", (width, abs(height)))
    return Header("L" if len(table) == 1024 and _is_gray(table, 4) else "P", (width, abs(height)))


def read_ico(data):
    """ICO: the largest picture in it."""
    if data[:4] != b"\0\0\1\0" or len(data) < 22:
        return None
    (count,) = struct.unpack_from("<H", data, 4)
    entries = [struct.unpack_from("<BBBBHHLL", data, 6 + 16 * index) for index in range(count)]
    if not entries:
        return None
    sizes = [(entry[0] or 256, entry[1] or 256) for entry in entries]
    largest = max(range(count), key=lambda index: (sizes[index][0] * sizes[index][1], entries[index][5]))
    inner = read_png(data[entries[largest][7] :])
    info = {"sizes": set(sizes)}
    if inner is not None:
        return Header(inner.mode, inner.size, info)
    return Header("RGBA", sizes[largest], info)


def read_webp(data):
    """WebP: lossy, lossless, or with extensions."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:
        return None
    kind = data[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return Header("RGB", (width & 0x3FFF, height & 0x3FFF))
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<L", data, 21)
        size = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        return Header("RGBA" if bits >> 28 & 1 else "RGB", size)
    if kind != b"VP8X":
        return None
    size = tuple(int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
    return Header("RGBA" if data[20] & 0x10 else "RGB", size, frames=data.count(b"ANMF") or 1)


_TIFF_MODES = {(0, 1, 1): "1", (1, 1, 1): "1", (0, 8, 1): "L", (1, 8, 1): "L"}
_TIFF_MODES.update({(2, 8, 3): "RGB", (2, 8, 4): "RGBA", (5, 8, 4): "CMYK", (1, 8, 2): "LA"})


def read_tiff(data):
    """TIFF: the tags of the first picture."""
    from ._exif import Exif

    if data[:4] not in (b"II*\0", b"MM\0*"):
        return None
    tags = Exif()
    tags.load(data)
    width, height = tags.get(256), tags.get(257)
    bits = tags.get(258, 1)
    depth = bits[0] if isinstance(bits, tuple) else bits
    mode = _TIFF_MODES.get((tags.get(262), depth, tags.get(277, 1)))
    if mode is None or not width or not height:
        return None
    return Header(mode, (width, height), {"exif": data} if 0x0112 in tags else {})


READERS = {
    "BMP": read_bmp,
    "GIF": read_gif,
    "ICO": read_ico,
    "JPEG": read_jpeg,
    "PNG": read_png,
    "TIFF": read_tiff,
    "WEBP": read_webp,
}
