"""Small bar charts out of block characters, for a screen or a text file."""

from __future__ import annotations

from collections.abc import Sequence

_ACROSS = " ▏▎▍▌▋▊▉█"
_UP = "▁▂▃▄▅▆▇█"
#: A field without any value.
_NOTHING = "·"


def bar(share: float, width: int) -> str:
    """Return a bar for a share from 0 to 1; it is full for 1 only, and empty for 0 only."""
    eighths = round(share * width * 8)
    if 0 < share < 1:
        eighths = min(max(eighths, 1), width * 8 - 1)
    whole, rest = divmod(eighths, 8)
    return ("█" * whole + (_ACROSS[rest] if rest else "")).ljust(width)


def columns(shares: Sequence[float], width: int) -> str:
    """Return a column for each share; where there is no room for all, for each few neighbours."""
    if not shares or width < 1:
        return ""
    size = -(-len(shares) // width)
    parts = [shares[at : at + size] for at in range(0, len(shares), size)]
    return "".join(_column(sum(part) / len(part)) for part in parts)


def _column(share: float) -> str:
    return _UP[min(int(share * 8), 7)] if share else _NOTHING
