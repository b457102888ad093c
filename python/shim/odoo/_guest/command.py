"""Commands that change the records of a one2many or many2many."""

import enum


class Command(enum.IntEnum):
    """`Command.link(3)` is `(4, 3, 0)`, and so on."""

    CREATE = 0
    UPDATE = 1
    DELETE = 2
    UNLINK = 3
    LINK = 4
    CLEAR = 5
    SET = 6

    @classmethod
    def create(cls, values):
        return (cls.CREATE, 0, values)

    @classmethod
    def update(cls, id, values):  # noqa: A002
        return (cls.UPDATE, id, values)

    @classmethod
    def delete(cls, id):  # noqa: A002
        return (cls.DELETE, id, 0)

    @classmethod
    def unlink(cls, id):  # noqa: A002
        return (cls.UNLINK, id, 0)

    @classmethod
    def link(cls, id):  # noqa: A002
        return (cls.LINK, id, 0)

    @classmethod
    def clear(cls):
        return (cls.CLEAR, 0, 0)

    @classmethod
    def set(cls, ids):
        return (cls.SET, 0, ids)
