"""How programs write the rows of a sheet: what is ordinary in them, as regular expressions.

Excel, LibreOffice, XlsxWriter and openpyxl write the same few elements, and the attributes of a
cell in the same order (observed). XML that is written differently is no error; it is just not
ordinary. What matches here is well-formed, and no character of it is one that XML does not allow,
as long as it is UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crossdock.intake.tables.workbooks.columns import letters

_ENTITY = rb"&(?:amp|lt|gt|quot|apos);"
_TEXT = rb"(?:[\t\n\r -%'-;=?-\xff]++|" + _ENTITY + rb")*+"
#: Begins with a character that can be seen; what begins with `_x` may stand for one that cannot.
#: Left out are letters whose first byte is also that of a blank.
SEEN = rb"[\t\n\r ]*+(?:[!-%'-;=?-^`-~\xc3-\xdf\xe4-\xf4]|_(?!x)|" + _ENTITY + rb")" + _TEXT
#: Not the first of a shared formula: its text is needed by others.
_FORMULA = (
    rb'(?:<f(?: t="shared" si="\d++"/>|(?: aca="false")?+(?: ca="1")?+>' + _TEXT + rb"</f>))?+"
)
#: Below 10 to the power of 15.
_NUMBER = _FORMULA + rb"<v>-?+\d{1,15}+(?:\.\d++)?+(?:E-\d++)?+</v>"
T = rb'<t(?: xml:space="preserve")?+>%b</t>'
_INLINE = rb"<is>" + T + rb"</is>"
_STYLE = rb'(?: s="\d++")?+'
_OTHER = (
    rb'<c r="[A-Z]{1,3}\1"'
    + _STYLE
    + rb'(?: t="[a-zA-Z]++")?+>'
    + _FORMULA
    + rb"(?:<v>"
    + _TEXT
    + rb"</v>|<v ?/>|"
    + _INLINE % _TEXT
    + rb")?+</c>"
)

#: Programs keep a text once. A workbook with more blank ones was written in a way of its own.
MOST_BLANK = 100
_NEVER = rb"(?!)"


@dataclass(frozen=True, slots=True)
class Grammar:
    """What is ordinary in a sheet.

    `row` matches a whole row of cells in a regular form: its groups are the number, the other
    attributes, and a cell that is not ordinary. `cell` matches an ordinary cell: one without a
    value, or with a value that is not odd. Of an ordinary cell, `</c>` stands behind each value.
    """

    row: re.Pattern[bytes]
    cell: re.Pattern[bytes]


def grammar(width: int, shown: Iterable[str], blank: Iterable[str]) -> Grammar:
    """Return the grammar of a sheet in which values are ordinary up to a column, from 1.

    `shown` are styles, `blank` numbers of shared texts that are looked at one by one.
    """
    column, style = _up_to(width), _style(shown)
    filled = _filled(_but(blank, b"<"))

    def ordinary(row: bytes) -> bytes:
        value = rb'<c r="' + column + row + rb'"' + style + rb"(?:/>|" + filled + rb"</c>)"
        return value + rb'|<c r="[A-Z]{1,3}' + row + rb'"' + _STYLE + rb"/>"

    cells = rb"(?>" + ordinary(rb"\1") + rb"|(" + _OTHER + rb"))*+"
    return Grammar(
        re.compile(rb'[ \t\r\n]*+<row r="([1-9]\d{0,6}+)"([^<>/]*+)(?:/>|>' + cells + rb"</row>)"),
        re.compile(ordinary(rb"\d++")),
    )


def _style(shown: Iterable[str]) -> bytes:
    return rb'(?: s="' + _but(shown, b'"') + rb'\d++")?+'


def _filled(blank: bytes) -> bytes:
    """Return what follows the place and the style of an ordinary cell with a value."""
    kinds = (
        rb's"><v>' + blank + rb"\d++</v>",
        rb'inlineStr">' + _INLINE % SEEN,
        rb'str">' + _FORMULA + rb"<v>" + SEEN + rb"</v>",
        rb'n">' + _NUMBER,
        rb'b">' + _FORMULA + rb"<v>[01]</v>",
    )
    return rb"(?:>" + _NUMBER + rb'| t="(?:' + rb"|".join(kinds) + rb"))"


def _but(numbers: Iterable[str], end: bytes) -> bytes:
    """Return what lets no number of these pass."""
    names = sorted(number.encode() for number in numbers)
    if len(names) > MOST_BLANK:
        return _NEVER
    return rb"(?!(?:" + rb"|".join(names) + rb")" + end + rb")" if names else b""


def _up_to(width: int) -> bytes:
    """Return an expression for the letters of columns up to one, with two letters at most."""
    name = letters(min(width, 26 * 27)).encode()
    if len(name) < 2:
        return rb"[A-%b]" % name if name else _NEVER
    first, last = name[:1], name[1:]
    before = rb"[A-%b][A-Z]|" % bytes([first[0] - 1]) if first > b"A" else b""
    return rb"(?:[A-Z]|" + before + first + rb"[A-%b])" % last
