"""Tests of addons decorate with it when they are imported; they never run here."""

from moultg.native.stub_used import StubUsed


class freeze_time:  # noqa: N801 (freezegun's name)
    """Decorates whatever it is given without a change, and cannot be entered."""

    def __init__(self, *args, **kwargs):
        pass

    def __call__(self, decorated):
        return decorated

    def __enter__(self):
        raise StubUsed("freezegun.freeze_time")

    def __exit__(self, kind, error, traceback):
        """Never reached."""

    start = __enter__
