"""Transforms that make a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from crossdock.connectors.freshsales.keys import SOURCE_KEY_LABEL
from crossdock.mapping.transforms.quoting import literal, text
from crossdock.mapping.transforms.transform import ANY, Example, Gives, Kind, Transform

#: More columns than anyone joins.
_MANY: Final = 20


def _of(made: Callable[[str], str]) -> Callable[[Sequence[str], str], str]:
    """Return the SQL builder for something that is done to the trimmed text of one column."""
    return lambda columns, argument: made(text(columns[0]))


def _title(value: str) -> str:
    """A word that has capitals and small letters already is left alone: McDonald."""
    first = "CASE WHEN regexp_matches(w, '^.[''’].') THEN 3 ELSE 1 END"
    word = (
        "CASE WHEN w <> upper(w) AND w <> lower(w) THEN w"
        f" ELSE upper(left(w, {first})) || lower(substr(w, {first} + 1)) END"
    )
    parts = rf"regexp_extract_all({value}, '[^\s-]+|[\s-]+')"
    return f"nullif(array_to_string(list_transform({parts}, lambda w: {word}), ''), '')"


def _first_line(value: str) -> str:
    return f"trim(split_part(replace({value}, chr(13), chr(10)), chr(10), 1))"


def _phone(value: str) -> str:
    """Text that says more than a number stays as it is, and so does what is no number."""
    plain = rf"regexp_full_match({value}, '[0-9 ()+./-]+') AND phone_valid({value})"
    return f"CASE WHEN {plain} THEN '+' || phone_key({value}) ELSE {value} END"


def _join(columns: Sequence[str], separator: str) -> str:
    parts = ", ".join(text(column) for column in columns)
    return f"nullif(concat_ws({literal(separator)}, {parts}), '')"


def _first(columns: Sequence[str], argument: str) -> str:
    return f"coalesce({', '.join(text(column) for column in columns)})"


def _yes_no(columns: Sequence[str], argument: str) -> str:
    return f"CASE WHEN {columns[0]} THEN 'Yes' WHEN NOT {columns[0]} THEN 'No' END"


def _marked(columns: Sequence[str], argument: str) -> str:
    return (
        f"concat_ws(chr(10) || chr(10), nullif({columns[0]}, ''),"
        f" {literal(SOURCE_KEY_LABEL)} || ': ' || source_key)"
    )


def _marked_html(columns: Sequence[str], argument: str) -> str:
    marked = _marked(columns, argument)
    safe = f"replace(replace(replace({marked}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')"
    return f"replace({safe}, chr(10), '<br>')"


TEXTS: Final = (
    Transform(
        "text",
        "the text, without blanks around it; nothing when it is empty",
        Gives.TEXT,
        _of(str),
        (Example(("  Bondi  ",), "Bondi"), Example((12,), "12"), Example(("  ",), None)),
    ),
    Transform(
        "upper",
        "the text in capitals",
        Gives.TEXT,
        _of("upper({})".format),
        (Example(("nsw",), "NSW"),),
    ),
    Transform(
        "lower",
        "the text in small letters",
        Gives.TEXT,
        _of("lower({})".format),
        (Example(("Ann@Example.COM",), "ann@example.com"),),
    ),
    Transform(
        "title",
        "each word with a capital; words that have capitals and small letters stay",
        Gives.TEXT,
        _of(_title),
        (
            Example(("JANE O'BRIEN-SMITH",), "Jane O'Brien-Smith"),
            Example(("McDonald pty ltd",), "McDonald Pty Ltd"),
        ),
    ),
    Transform(
        "first_line",
        "the first line of a text",
        Gives.TEXT,
        _of(_first_line),
        (Example(("Key under the mat\nDog is nice",), "Key under the mat"),),
    ),
    Transform(
        "digits",
        "the digits of a text, in their order",
        Gives.TEXT,
        _of("nullif(regexp_replace({}, '[^0-9]', '', 'g'), '')".format),
        (Example(("ABN 51 824 753 556",), "51824753556"), Example(("none",), None)),
    ),
    Transform(
        "phone",
        "a number of the business's country, or one with a country code, as +61412345678; "
        "anything else as it stands",
        Gives.TEXT,
        _of(_phone),
        (
            Example(("0412 345 678",), "+61412345678"),
            Example(("+44 20 7946 0018",), "+442079460018"),
            Example(("0412 345 678 (call after 5)",), "0412 345 678 (call after 5)"),
        ),
    ),
    Transform(
        "join",
        "the texts of several columns, with a blank between them; empty ones leave no gap",
        Gives.TEXT,
        lambda columns, argument: _join(columns, " "),
        (Example(("Jane", None, "Citizen"), "Jane Citizen"), Example((None, " "), None)),
        columns=(2, _MANY),
    ),
    Transform(
        "join",
        "the same, with what stands after the colon between them",
        Gives.TEXT,
        _join,
        (Example(("Unit 4", "1 High St"), "Unit 4, 1 High St", ", "),),
        columns=(2, _MANY),
        argument="SEPARATOR",
    ),
    Transform(
        "first",
        "the first of several columns that is not empty",
        Gives.TEXT,
        _first,
        (Example((None, "  ", "0412 345 678"), "0412 345 678"),),
        columns=(2, _MANY),
    ),
    Transform(
        "prefix",
        "a text before the value; nothing where there is no value",
        Gives.TEXT,
        lambda columns, argument: f"{literal(argument)} || {text(columns[0])}",
        (Example((104,), "OctopusPro 104", "OctopusPro "), Example((None,), None, "No. ")),
        argument="TEXT",
    ),
    Transform(
        "constant",
        "the same text for every record, whatever stands in the column",
        Gives.TEXT,
        lambda columns, argument: literal(argument),
        (Example((None,), "OctopusPro", "OctopusPro"),),
        takes=ANY,
        argument="TEXT",
    ),
    Transform(
        "yes_no",
        "Yes or No, for a field that holds texts",
        Gives.TEXT,
        _yes_no,
        (Example((True,), "Yes"), Example((False,), "No"), Example((None,), None)),
        takes=(Kind.YES_NO,),
    ),
    Transform(
        "status_text",
        'the words after "kind: " in a job\'s status',
        Gives.TEXT,
        _of(str),
        (Example(("COMPLETED",), "COMPLETED"),),
    ),
    Transform(
        "marked",
        "a text that ends with the record's source key",
        Gives.MARKED,
        _marked,
        (Example(("Gate was open",), "Gate was open\n\nSource key: KEY-1"),),
        takes=(Kind.TEXT,),
    ),
    Transform(
        "marked_html",
        "the same with line breaks and signs as a web page has them",
        Gives.MARKED,
        _marked_html,
        (Example(("Tom & Ann",), "Tom &amp; Ann<br><br>Source key: KEY-1"),),
        takes=(Kind.TEXT,),
    ),
)
