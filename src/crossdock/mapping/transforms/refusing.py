"""The error about a line of the mapping."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from crossdock.errors import MappingInvalidError
from crossdock.mapping.document import Line


def faulty(
    line: Line, what: str, wrong: str = "", known: Iterable[str] = ()
) -> MappingInvalidError:
    """Return the error about a line; of the `known` names, with the one probably meant."""
    near = difflib.get_close_matches(wrong, list(known), 1)
    hint = f" (is it {near[0]}?)" if near else ""
    place = f"line {line.at}, " if line.at else ""
    return invalid(f"{place}{line.name}: {what}{hint}")


def invalid(message: str) -> MappingInvalidError:
    """Return the error about something in the mapping file."""
    return MappingInvalidError(
        f"In mapping.toml, {message}.",
        next_command="edit mapping.toml, then: crossdock map confirm --by NAME",
    )
