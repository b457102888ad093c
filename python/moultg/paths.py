"""Files as this interpreter knows them, and as the user does."""

import re

from .settings import settings


def to_user(path):
    """The user's name of a file; files that are not the user's keep theirs."""
    for guest, user in settings.user_paths:
        if path == guest:
            return user
        if path.startswith(guest + "/"):
            return user + path[len(guest) :]
    return path


def user_text(text):
    """A message with the user's names of the files that it names."""
    for guest, user in settings.user_paths:
        if guest != user and guest in text:
            pattern = r"(?<![\w./-])" + re.escape(guest) + r"(?=[/'\":\s]|$)"
            text = re.sub(pattern, lambda _match: user, text)
    return text


def is_user(path):
    """Whether a file lies in a folder of the user's."""
    return any(path == guest or path.startswith(guest + "/") for guest, _user in settings.user_paths)


def is_own(path):
    """Whether a file is part of moult's guest code, or no file at all."""
    if path.startswith("<") and path.endswith(">"):
        return True
    return any(path.startswith(folder + "/") for folder in settings.own_paths)
