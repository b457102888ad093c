"""Working in pieces, with a line in the log now and then."""

import itertools
import time

_EVERY_SECONDS = 60


def chunks(iterable, size, fmt=None):
    """Pieces of `size` elements, each made by `fmt` (text is joined, anything else an iterator)."""
    if fmt is None:
        fmt = "".join if isinstance(iterable, str) else iter
    iterator = iter(iterable)
    while True:
        piece = list(itertools.islice(iterator, size))
        if not piece:
            return
        yield fmt(piece)


def _length(it):
    try:
        return len(it)
    except TypeError:
        return None


def log_progress(it, logger, qualifier="elements", size=None, estimate=True, log_hundred_percent=False):
    """Yields the elements and says once a minute how many there were."""
    if size is None:
        size = _length(it)
    start = said = time.monotonic()
    count = 0
    for count, element in enumerate(it, 1):
        yield element
        now = time.monotonic()
        is_last = log_hundred_percent and count == size and now - start > 10
        if now - said <= _EVERY_SECONDS and not is_last:
            continue
        said = now
        if size is None:
            logger.info("[....] %d %s processed in %.0f s", count, qualifier, now - start)
            continue
        tail = " (total estimated time: %.0f s)" % ((now - start) * size / count) if estimate else ""
        share = count / size * 100
        logger.info("[%6.02f%%] %d/%d %s processed in %.0f s%s", share, count, size, qualifier, now - start, tail)
    if size is None and log_hundred_percent:
        logger.info("[100%%] %d %s processed in %.0f s", count, qualifier, time.monotonic() - start)


def log_chunks(it, logger, chunk_size, qualifier="items"):
    """Yields the elements and says after every `chunk_size` of them how long it took."""
    start = said = time.monotonic()
    count = 0
    for count, element in enumerate(it, 1):
        yield element
        if count % chunk_size == 0:
            said = _say_chunk(logger, count // chunk_size, chunk_size, qualifier, said, start)
    if count == 0:
        logger.info("No %s to process", qualifier)
    elif count % chunk_size:
        _say_chunk(logger, count // chunk_size + 1, count % chunk_size, qualifier, said, start)


def _say_chunk(logger, number, size, qualifier, said, start):
    now = time.monotonic()
    text = "Chunk #%d of %d %s processed in %.1f s (total %.1f s)"
    logger.info(text, number, size, qualifier, now - said, now - start)
    return now
