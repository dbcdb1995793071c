"""A folder or a zip becomes a folder."""

from crossdock.intake.unpack.unpacking import unpack

__all__ = ["unpack"]
