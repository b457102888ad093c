"""Periods and steps of dates."""

import calendar
import datetime
import math

from odoo._guest.relative import relativedelta

_GRANULARITIES = ("year", "quarter", "month", "week", "day", "hour")


def date_type(value):
    """`datetime` or `date`, the class of `value`; None for anything else."""
    if isinstance(value, datetime.datetime):
        return datetime.datetime
    return datetime.date if isinstance(value, datetime.date) else None


def get_month(date):
    """First and last day of the month."""
    last = calendar.monthrange(date.year, date.month)[1]
    return date.replace(day=1), date.replace(day=last)


def get_quarter_number(date):
    return math.ceil(date.month / 3)


def get_quarter(date):
    """First and last day of the quarter."""
    first_month = (get_quarter_number(date) - 1) * 3 + 1
    start = date.replace(month=first_month, day=1)
    last_month = first_month + 2
    return start, date.replace(month=last_month, day=calendar.monthrange(date.year, last_month)[1])


def get_fiscal_year(date, day=31, month=12):
    """First and last day of the fiscal year that ends on `day`.`month` and contains `date`."""

    def ending(year):
        last = calendar.monthrange(year, month)[1]
        # February 28 and 29 both mean the end of February.
        wanted = last if month == 2 and day in (28, 29) else min(day, last)
        return date.replace(year=year, month=month, day=wanted)

    end = ending(date.year)
    if date > end:
        return end + relativedelta(days=1), ending(date.year + 1)
    return ending(date.year - 1) + relativedelta(days=1), end


def get_timedelta(qty, granularity):
    """The step of that many hours, days, weeks, months or years."""
    if granularity not in ("hour", "day", "week", "month", "year"):
        raise ValueError("unknown granularity: %s" % granularity)
    return relativedelta(**{granularity + "s": qty})


def start_of(value, granularity):
    """The first moment of the period that contains `value`."""
    _check_granularity(value, granularity)
    if isinstance(value, datetime.datetime):
        if granularity == "hour":
            return value.replace(minute=0, second=0, microsecond=0)
        day = _start_day(value.date(), granularity)
        return datetime.datetime.combine(day, datetime.time.min).replace(tzinfo=value.tzinfo)
    return _start_day(value, granularity)


def end_of(value, granularity):
    """The last moment of the period that contains `value`."""
    _check_granularity(value, granularity)
    if isinstance(value, datetime.datetime):
        if granularity == "hour":
            return value.replace(minute=59, second=59, microsecond=999999)
        day = _end_day(value.date(), granularity)
        return datetime.datetime.combine(day, datetime.time.max).replace(tzinfo=value.tzinfo)
    return _end_day(value, granularity)


def add(value, *args, **kwargs):
    """`value` moved forward by the parts of a relativedelta."""
    return value + relativedelta(*args, **kwargs)


def subtract(value, *args, **kwargs):
    """`value` moved back by the parts of a relativedelta."""
    return value - relativedelta(*args, **kwargs)


def date_range(start, end, step=relativedelta(months=1)):
    """Every moment from `start` up to `end` in steps."""
    if start > end:
        raise ValueError("start > end, start date must be before end")
    current = start
    if current + step <= current:
        raise ValueError("step must be positive")
    while current <= end:
        yield current
        current = current + step


def json_default(value):
    """What `json` writes for dates and bytes."""
    from odoo import fields

    if isinstance(value, datetime.datetime):
        return fields.Datetime.to_string(value)
    if isinstance(value, datetime.date):
        return fields.Date.to_string(value)
    if isinstance(value, bytes):
        return value.decode()
    return str(value)


def _check_granularity(value, granularity):
    known = _GRANULARITIES if isinstance(value, datetime.datetime) else _GRANULARITIES[:-1]
    if granularity not in known:
        raise ValueError(
            "Granularity must be %s for value %s" % (", ".join(known), value)
        )


def _start_day(day, granularity):
    if granularity == "year":
        return day.replace(month=1, day=1)
    if granularity == "quarter":
        return get_quarter(day)[0]
    if granularity == "month":
        return day.replace(day=1)
    if granularity == "week":
        return day - datetime.timedelta(days=day.weekday())
    return day


def _end_day(day, granularity):
    if granularity == "year":
        return day.replace(month=12, day=31)
    if granularity == "quarter":
        return get_quarter(day)[1]
    if granularity == "month":
        return get_month(day)[1]
    if granularity == "week":
        return day + datetime.timedelta(days=6 - day.weekday())
    return day
