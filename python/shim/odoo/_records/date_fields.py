"""Dates and times, as fields and as the helpers that scripts call on the field classes."""

import datetime

DATE_FORMAT = "%Y-%m-%d"
DATETIME_FORMAT = "%Y-%m-%d %H:%M:%S"


class _Arithmetic:
    @staticmethod
    def add(value, *args, **kwargs):
        from odoo.tools import date_utils

        return date_utils.add(value, *args, **kwargs)

    @staticmethod
    def subtract(value, *args, **kwargs):
        from odoo.tools import date_utils

        return date_utils.subtract(value, *args, **kwargs)

    @staticmethod
    def start_of(value, granularity):
        from odoo.tools import date_utils

        return date_utils.start_of(value, granularity)

    @staticmethod
    def end_of(value, granularity):
        from odoo.tools import date_utils

        return date_utils.end_of(value, granularity)


class DateMethods(_Arithmetic):
    """`fields.Date`: values are `datetime.date`."""

    @staticmethod
    def today(*args):
        return datetime.date.today()

    @staticmethod
    def context_today(record, timestamp=None):
        """Today (or the day of a UTC time) in the time zone of the context or the user."""
        moment = timestamp or DatetimeMethods.now()
        return DatetimeMethods.context_timestamp(record, moment).date()

    @staticmethod
    def to_date(value):
        """The date of a date, a datetime or an ISO text; None for nothing."""
        if not value:
            return None
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date):
            return value
        return datetime.datetime.strptime(value[:10], DATE_FORMAT).date()

    from_string = to_date

    @staticmethod
    def to_string(value):
        """`YYYY-MM-DD`, or False for nothing."""
        return value.strftime(DATE_FORMAT) if value else False

    def to_cache(self, value):
        return DateMethods.to_date(value)


class DatetimeMethods(_Arithmetic):
    """`fields.Datetime`: values are naive `datetime.datetime` in UTC."""

    @staticmethod
    def now(*args):
        return datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None, microsecond=0)

    @staticmethod
    def today(*args):
        return DatetimeMethods.now().replace(hour=0, minute=0, second=0)

    @staticmethod
    def context_timestamp(record, timestamp):
        """A UTC time in the time zone of the context or the user; UTC without one."""
        aware = timestamp.replace(tzinfo=datetime.timezone.utc)
        name = record.env.context.get("tz") or record.env.user.tz
        if not name:
            return aware
        from zoneinfo import ZoneInfo

        return aware.astimezone(ZoneInfo(name))

    @staticmethod
    def to_datetime(value):
        """The naive datetime of a date, a datetime or a text; None for nothing."""
        if not value:
            return None
        if isinstance(value, datetime.datetime):
            if value.tzinfo:
                raise ValueError("Datetime field expects a naive datetime: %s" % value)
            return value
        if isinstance(value, datetime.date):
            return datetime.datetime.combine(value, datetime.time.min)
        pattern = DATETIME_FORMAT if len(value) > 10 else DATE_FORMAT
        return datetime.datetime.strptime(value[:19], pattern)

    from_string = to_datetime

    @staticmethod
    def to_string(value):
        """`YYYY-MM-DD HH:MM:SS`, or False for nothing."""
        return value.strftime(DATETIME_FORMAT) if value else False

    def to_cache(self, value):
        return DatetimeMethods.to_datetime(value)
