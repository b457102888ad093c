"""Rounding and comparing floats with the tolerance that binary fractions need."""

import builtins
import math

from odoo.release import version_info as _version_info

_INVERTS = _version_info[0] >= 17


def round(value):  # noqa: A001
    """Rounds half away from zero, whatever the interpreter's own rule is."""
    rounded = builtins.round(value)
    if abs(value - rounded) == 0.5:
        rounded = int(value) + int(math.copysign(1, value))
    return math.copysign(rounded, value) if rounded == 0 else rounded


def _step(precision_digits, precision_rounding):
    if (precision_digits is None and precision_rounding is None) or (precision_digits and precision_rounding):
        raise AssertionError("exactly one of precision_digits and precision_rounding must be specified")
    if precision_digits is not None:
        return 10 ** -precision_digits
    if precision_rounding <= 0:
        raise AssertionError("precision_rounding must be positive, got %s" % precision_rounding)
    return precision_rounding


def float_round(value, precision_digits=None, precision_rounding=None, rounding_method="HALF-UP"):
    """
    Rounds `value` to digits or to a multiple, up or down or with ties by `rounding_method`: HALF-UP, UP,
    DOWN, from 17.0 on HALF-DOWN and HALF-EVEN.
    """
    step = _step(precision_digits, precision_rounding)
    if step == 0 or value == 0:
        return 0.0
    # From 17.0 on a step below one is inverted first, which loses less; results differ in the last bit.
    inverse = float_invert(step) if _INVERTS and step < 1 else None
    units = value / step if inverse is None else value * inverse
    epsilon = 2 ** (math.log(abs(units), 2) - 52)
    units = _round_units(units, epsilon, rounding_method)
    return units * step if inverse is None else units / inverse


def float_invert(value):
    """The inverse of a step, exact when the inverse is a power of ten."""
    digits = builtins.round(-math.log10(value))
    power = 10.0**digits
    return power if 10.0**-digits == value else 1.0 / value


def _round_units(units, epsilon, method):
    sign = math.copysign(1.0, units)
    size = abs(units)
    if method == "UP":
        return sign * math.ceil(size - epsilon)
    if method == "DOWN":
        return sign * math.floor(size + epsilon)
    if method == "HALF-EVEN" and _INVERTS:
        whole = math.floor(size)
        if abs(size - whole - 0.5) < epsilon:
            return sign * (whole + (int(whole) & 1))
        return sign * builtins.round(size)
    if method == "HALF-DOWN" and _INVERTS:
        return sign * round(size - epsilon)
    # Up to 16.0 every other word means HALF-UP.
    if method == "HALF-UP" or not _INVERTS:
        return sign * round(size + epsilon)
    raise ValueError("unknown rounding method: %s" % method)


def float_is_zero(value, precision_digits=None, precision_rounding=None):
    """Whether `value` is nothing at that precision."""
    step = _step(precision_digits, precision_rounding)
    return abs(float_round(value, precision_rounding=step)) < step


def float_compare(value1, value2, precision_digits=None, precision_rounding=None):
    """-1, 0 or 1, after rounding both values."""
    step = _step(precision_digits, precision_rounding)
    rounded1 = float_round(value1, precision_rounding=step)
    rounded2 = float_round(value2, precision_rounding=step)
    delta = rounded1 - rounded2
    if float_is_zero(delta, precision_rounding=step):
        return 0
    return -1 if delta < 0.0 else 1


def float_repr(value, precision_digits):
    """The number with that many decimals, as text."""
    if _INVERTS and float_is_zero(value, precision_digits=precision_digits):
        value = 0.0
    return "%.*f" % (precision_digits, value)


def float_split_str(value, precision_digits):
    """Whole and decimal part of the rounded value, as two texts."""
    text = float_repr(float_round(value, precision_digits=precision_digits), precision_digits)
    whole, _, decimals = text.partition(".")
    return whole, decimals


def float_split(value, precision_digits):
    """Whole and decimal part of the rounded value, as two integers."""
    whole, decimals = float_split_str(value, precision_digits)
    return int(whole), int(decimals or 0)


def json_float_round(value, precision_digits, rounding_method="HALF-UP"):
    """The rounded value as the float that serialises with at most that many decimals."""
    rounded = float_round(value, precision_digits=precision_digits, rounding_method=rounding_method)
    return float(float_repr(rounded, precision_digits))
