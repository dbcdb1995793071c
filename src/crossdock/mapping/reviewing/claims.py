"""The proposal that a header of the export is a column that its lists always have.

Such a line needs a decision: when the header is that column, the export is read anew, and the
route's own line takes its values; when it is not, it stays a field of its own. The line's reason
holds the command that says so, because a person who reads the file must see it as well.
"""

from __future__ import annotations

import shlex
from typing import Final

from crossdock.mapping.document import NEEDS_DECISION, Line

_COMMAND: Final = "crossdock answer "
_CODE: Final = "COLUMN:"


def reason(object_name: str, header: str, column: str) -> str:
    """Return the words of a reason that propose that a header is a column of its object."""
    code = shlex.quote(f"{_CODE}{object_name}.{header}")
    return f"it looks like {object_name}.{column}; if so: {_COMMAND}{code} {column}"


def claimed(line: Line) -> tuple[str, str] | None:
    """Return the question's code and the column that a line's reason proposes, or None."""
    _, found, rest = line.reason.partition(_COMMAND)
    if line.status != NEEDS_DECISION or not found:
        return None
    try:
        code, column, *_ = shlex.split(rest)
    except ValueError:
        return None
    return (code, column.rstrip(".,;)")) if code.startswith(_CODE) else None
