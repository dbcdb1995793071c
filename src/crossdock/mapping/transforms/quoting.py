"""Names, texts and references as SQL."""

from __future__ import annotations

from crossdock.model.references import MARK


def quoted(name: str) -> str:
    """Return a name as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def reference(entity: str, key: str) -> str:
    """Return SQL for a reference to the record of an entity with this key; NULL for no key."""
    return (
        f"CASE WHEN {key} IS NOT NULL THEN"
        f" json_object({literal(MARK)}, json_array({literal(entity)}, {key})) END"
    )


def text(column: str) -> str:
    """Return SQL for a column as text, without blanks around it; NULL when nothing is left."""
    return f"nullif(trim(CAST({column} AS VARCHAR)), '')"
