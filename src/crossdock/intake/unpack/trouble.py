"""Errors of the operating system, in the words of the product."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from crossdock.errors import ExportUnreadableError
from crossdock.intake.unpack.limits import too_large
from crossdock.intake.unpack.notes import printable

_NEXT = "crossdock new DIR --export PATH  (ask support to send the file again if it is damaged)"


@contextmanager
def told(origin: str) -> Iterator[None]:
    """Say of which archive, folder or file an error of the operating system is.

    Raises ExportUnreadableError, and ExportTooLargeError for a full disk.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise too_large(f"The disk was full before {origin} was unpacked.") from error
        raise unreadable(origin, error) from error


def unreadable(origin: str, error: Exception) -> ExportUnreadableError:
    """Return the error that names an archive, folder or file, and why it cannot be read."""
    why = printable(str(error)) or type(error).__name__
    return ExportUnreadableError(
        f"{printable(origin)} cannot be unpacked: {why}.", next_command=_NEXT
    )
