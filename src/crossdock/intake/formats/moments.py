"""The SQL that reads a column of dates or times: only the formats that occur in it.

The fewer formats, the cheaper the view: a value that fits none costs most.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crossdock.intake.formats.shapes import (
    ISO_OFFSET,
    ISO_PARTS,
    SERIAL,
    Shape,
    date_shape,
    time_shape,
)
from crossdock.intake.formats.survey import Trait, Traits
from crossdock.intake.sql import quoted
from crossdock.model.fields import FieldType

#: Days since 1899-12-30 on 1 January 1990 and 31 December 2049.
_SERIAL_RANGE = (32_874, 54_788)
_UNIX_DAY = 25_569


@dataclass(frozen=True, slots=True)
class Moments:
    """How one column of dates or times is read.

    `others` says that some values are of a shape that is not read.
    """

    object: str
    field: str
    type: FieldType
    shapes: Sequence[Shape]
    serials: Sequence[Trait]
    others: bool
    blanks: bool

    def cast(self, month_first: Sequence[int], time_zone: str) -> str:
        """Return the SQL; NULL where a value cannot be read.

        `month_first` are the numbers of the files in which the month comes first; a moment with
        an offset from UTC is shown as the clock of `time_zone` (IANA).
        """
        text = quoted(self.field)
        if self.blanks:
            text = f"nullif(trim({text}), '')"
        parts = [*self._parsed(text, month_first), *self._special(text, time_zone)]
        if not parts:
            return f"NULL::{_SQL[self.type]}"
        whole = parts[0] if len(parts) == 1 else f"coalesce({', '.join(parts)})"
        if self.others and self.type is not FieldType.TIME:
            # A year of three digits would be taken for one of antiquity.
            whole = f"CASE WHEN {whole} >= TIMESTAMP '1753-01-01' THEN {whole} END"
        return whole if self.type is FieldType.DATETIME else f"({whole})::{_SQL[self.type]}"

    def _parsed(self, text: str, month_first: Sequence[int]) -> list[str]:
        usual = _strptime(text, (shape.day_first for shape in self._by_format()))
        other = _strptime(text, (shape.month_first for shape in self._by_format()))
        if not usual:
            return []
        if not month_first or usual == other:
            return [usual]
        files = ", ".join(str(number) for number in month_first)
        return [f"CASE WHEN _file IN ({files}) THEN {other} ELSE {usual} END"]

    def _by_format(self) -> list[Shape]:
        """Return what strptime reads; years of two digits first, since `%Y` takes them, too."""
        return sorted(
            (shape for shape in self.shapes if shape.day_first),
            key=lambda shape: not shape.short_year,
        )

    def _special(self, text: str, time_zone: str) -> list[str]:
        parts = []
        if any(shape.parts for shape in self.shapes):
            parts.append(
                f"CASE WHEN regexp_full_match({text}, '{ISO_PARTS}')"
                f" THEN try_cast({text} AS TIMESTAMP) END"
            )
        if any(shape.offset for shape in self.shapes):
            close = f"regexp_replace(upper({text}), ' ?(UTC|GMT|[Z+-][0-9:]*)$', '\\1')"
            zulu = f"regexp_replace({close}, '(UTC|GMT)$', 'Z')"
            parts.append(
                f"CASE WHEN regexp_full_match({text}, '{ISO_OFFSET}')"
                f" THEN timezone('{time_zone}', try_cast({zulu} AS TIMESTAMPTZ)) END"
            )
        if self.serials:
            days = f"({text}::DOUBLE - {_UNIX_DAY})"
            parts.append(
                f"CASE WHEN regexp_full_match({text}, '{SERIAL}')"
                f" THEN make_timestamp(round({days} * 86400)::BIGINT * 1000000) END"
            )
        return parts


_SQL = {FieldType.DATE: "DATE", FieldType.DATETIME: "TIMESTAMP", FieldType.TIME: "TIME"}


def moments(traits: Traits, obj: str, field: str, kind: FieldType) -> Moments:
    """Return how a column is read, from the shapes that stand in it."""
    seen = traits.of("shape", obj, field)
    reader = time_shape if kind is FieldType.TIME else date_shape
    shapes = list(dict.fromkeys(s for t in seen if (s := reader(t.value))))
    unread = [t for t in seen if reader(t.value) is None]
    serials = _serials(unread) if kind is not FieldType.TIME else []
    return Moments(
        obj,
        field,
        kind,
        shapes,
        serials,
        others=len(unread) > len(serials),
        blanks=traits.has("blanks", obj, field),
    )


def _serials(unread: Sequence[Trait]) -> list[Trait]:
    """Return the numbers among odd values when each of them can be a day in our time."""
    numbers = [t for t in unread if t.value.strip("9") in ("", ".")]
    possible = all(
        t.value.partition(".")[0] == "99999"
        and _SERIAL_RANGE[0] <= float(t.examples[0])
        and float(t.examples[-1]) <= _SERIAL_RANGE[1] + 1
        for t in numbers
    )
    return numbers if possible else []


def _strptime(text: str, formats: Iterable[str]) -> str:
    wanted = list(dict.fromkeys(formats))
    if not wanted:
        return ""
    return f"try_strptime({text}, {wanted if len(wanted) > 1 else repr(wanted[0])})"
