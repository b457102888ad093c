"""Colours by their CSS names and notations."""

import colorsys
import re

colormap = {
    "aqua": "#00ffff",
    "black": "#000000",
    "blue": "#0000ff",
    "cyan": "#00ffff",
    "fuchsia": "#ff00ff",
    "gray": "#808080",
    "green": "#008000",
    "grey": "#808080",
    "lime": "#00ff00",
    "magenta": "#ff00ff",
    "maroon": "#800000",
    "navy": "#000080",
    "olive": "#808000",
    "orange": "#ffa500",
    "purple": "#800080",
    "red": "#ff0000",
    "silver": "#c0c0c0",
    "teal": "#008080",
    "white": "#ffffff",
    "yellow": "#ffff00",
}

_FUNCTION = re.compile(r"(rgba?|hsl)\(\s*(.*?)\s*\)$")


def getrgb(color):
    """The numbers of a colour: three, or four with its alpha. ValueError for what is none."""
    if len(color) > 100:
        raise ValueError("color specifier is too long")
    text = colormap.get(color.lower(), color.lower())
    if re.match("#[a-f0-9]{3,4}$", text):
        return tuple(int(digit * 2, 16) for digit in text[1:])
    if re.match("#([a-f0-9]{6}|[a-f0-9]{8})$", text):
        return tuple(int(text[at : at + 2], 16) for at in range(1, len(text), 2))
    match = _FUNCTION.match(text)
    if match:
        parts = [part.strip() for part in match[2].split(",")]
        try:
            return _of_function(match[1], parts)
        except (ValueError, IndexError):
            pass
    raise ValueError("unknown color specifier: %r" % (color,))


def _of_function(name, parts):
    if name == "hsl":
        if len(parts) != 3 or not (parts[1].endswith("%") and parts[2].endswith("%")):
            raise ValueError(parts)
        hue, saturation, light = float(parts[0]), float(parts[1][:-1]), float(parts[2][:-1])
        rgb = colorsys.hls_to_rgb(hue / 360.0, light / 100.0, saturation / 100.0)
        return tuple(int(value * 255 + 0.5) for value in rgb)
    if len(parts) != len(name):
        raise ValueError(parts)
    if all(part.endswith("%") for part in parts):
        return tuple(int(int(part[:-1]) * 255 / 100.0 + 0.5) for part in parts)
    return tuple(int(part) for part in parts)


def getcolor(color, mode):
    """A colour as pixels of a mode have it."""
    rgb = getrgb(color)
    alpha = rgb[3] if len(rgb) == 4 else 255
    red, green, blue = rgb[:3]
    if mode in ("1", "L", "LA", "I", "P"):
        gray = (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16
        return (gray, alpha) if mode == "LA" else gray
    return (red, green, blue, alpha) if mode in ("RGBA", "RGBa") else (red, green, blue)
