"""Blanks around texts, words for nothing, and signs that letters or digits were lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.formats.survey import columns, mending
from crossdock.intake.formats.survey.columns import Columns
from crossdock.intake.formats.survey.traits import Trait, keep
from crossdock.intake.formats.words import NULLS
from crossdock.intake.sql import quoted
from crossdock.model.fields import FieldType

_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
_DIGITS_LOST = r"^\s*\d([.,]\d+)?[eE]\+\d+\s*$"
_QUESTION = r"[A-Za-z]\?[a-z]"
#: What each sign of damage looks like, by the kind under which it is kept.
SIGNS = {
    "control": _CONTROL,
    "letters lost": r"\x{FFFD}",
    "letters doubtful": _QUESTION,
    "digits lost": _DIGITS_LOST,
    "mojibake": mending.SIGN,
}
#: Any of them, cheap to look for: details are asked only where this is found.
_ANY = rf"{_CONTROL}|\x{{FFFD}}|{_QUESTION}|\d[eE]\+\d|{mending.SIGN}"
_EXAMPLE = 60
#: So many columns are looked at in one query: thousands of them would not fit into memory.
_AT_ONCE = 60
#: The longest word for nothing, zeros aside: those stand in dates.
_SHORT = max(len(word.encode()) for word in NULLS if word[0] != "0") + 1
#: From this many rows on, a column whose values come four times or more is looked at by value.
_MANY, _REPEATED = 20_000, 4
_GROUPED = "(SELECT DISTINCT {0} FROM stage.{1})"
#: Texts in which a question mark between letters is usual.
_ASKING = frozenset({FieldType.LONG_TEXT, FieldType.URL, FieldType.EMAIL})


def survey_texts(connection: duckdb.DuckDBPyConnection, obj: SourceObject, types: Columns) -> None:
    """Look at all texts of an object, once, and at those with signs of damage again."""
    names = [name for name, kind in types.items() if kind not in columns.CAST]
    if not names:
        return
    repeating = _repeating(connection, obj.name, names)
    once = [name for name in names if name not in repeating]
    seen = {
        name: _seen(connection, _GROUPED.format(quoted(name), obj.name), [name])[0]
        for name in repeating
    }
    seen |= dict(zip(once, _seen(connection, f"stage.{obj.name}", once), strict=True))
    for name in names:
        blank, word, odd = seen[name]
        if blank:
            keep(connection, [Trait(None, obj.name, name, "blanks", "", blank)])
        if word:
            keep(connection, list(_words(connection, obj.name, name)))
        if odd:
            keep(connection, list(_signs(connection, obj.name, name, types[name])))


def _repeating(connection: duckdb.DuckDBPyConnection, obj: str, names: Sequence[str]) -> list[str]:
    """Return the columns with few different values, which are cheaper to look at one by one."""
    parts = ", ".join(f"stats({quoted(name)}).approx_unique" for name in names)
    row = connection.execute(
        f"SELECT (SELECT count(*) FROM stage.{obj}), {parts} FROM stage.{obj} LIMIT 1"
    ).fetchone()
    if row is None or row[0] < _MANY:
        return []
    return [name for name, n in zip(names, row[1:], strict=True) if n and n * _REPEATED < row[0]]


def _seen(
    connection: duckdb.DuckDBPyConnection, table: str, names: Sequence[str]
) -> list[tuple[int, int, int]]:
    """Return per column how many values have blanks around, are words for nothing, are odd.

    Over different values only, the numbers are those of the different values.
    """
    if not names:
        return []
    if len(names) > _AT_ONCE:
        rest = _seen(connection, table, names[_AT_ONCE:])
        return [*_seen(connection, table, names[:_AT_ONCE]), *rest]
    parts = []
    for name in names:
        c = quoted(name)
        word = f"CASE WHEN strlen({c}) <= {_SHORT} THEN lower(trim({c})) IN {NULLS} END"
        parts += [
            f"count(*) FILTER (prefix({c}, ' ') OR suffix({c}, ' ') OR {c} = '')",
            f"count(*) FILTER ({word})",
            f"count(*) FILTER (regexp_matches({c}, '{_ANY}'))",
        ]
    row = connection.execute(f"SELECT {', '.join(parts)} FROM {table}").fetchone()
    assert row is not None
    return list(zip(row[::3], row[1::3], row[2::3], strict=True))


def _words(connection: duckdb.DuckDBPyConnection, obj: str, field: str) -> Iterator[Trait]:
    rows = connection.execute(
        f"""
        SELECT lower(trim({quoted(field)})) AS word, count(*),
            list_sort(list(DISTINCT trim({quoted(field)})))[1:3]
        FROM stage.{obj} WHERE word IN {NULLS} GROUP BY 1
        """
    )
    for word, n, examples in rows.fetchall():
        yield Trait(None, obj, field, "null word", word, n, examples)


def _signs(
    connection: duckdb.DuckDBPyConnection, obj: str, field: str, kind: FieldType
) -> Iterator[Trait]:
    wanted = [s for s in SIGNS if s != "letters doubtful" or kind not in _ASKING]
    found = _counted(connection, obj, field, wanted)
    for sign, n, examples in found:
        yield Trait(None, obj, field, sign, "", n, examples)
    if any(sign == "mojibake" for sign, _, _ in found):
        yield from mending.mend(connection, obj, field)


def _counted(
    connection: duckdb.DuckDBPyConnection, obj: str, field: str, signs: Sequence[str]
) -> list[tuple[str, int, list[str]]]:
    c = quoted(field)
    parts = ", ".join(
        f"count(*) FILTER (regexp_matches(c, '{SIGNS[s]}')),"
        f" list(DISTINCT c[1:{_EXAMPLE}]) FILTER (regexp_matches(c, '{SIGNS[s]}'))[1:5]"
        for s in signs
    )
    row = connection.execute(
        f"SELECT {parts} FROM (SELECT {c} AS c FROM stage.{obj}"
        f" WHERE regexp_matches({c}, '{_ANY}'))"
    ).fetchone()
    assert row is not None
    return [
        (sign, row[2 * i], sorted(row[2 * i + 1] or ()))
        for i, sign in enumerate(signs)
        if row[2 * i]
    ]
