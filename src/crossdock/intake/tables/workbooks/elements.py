"""A sheet read element by element: its values counted, what is odd in it noted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field

from crossdock.intake.tables.workbooks import markup, numbers
from crossdock.intake.tables.workbooks.columns import MOST_ROWS, Columns, letters
from crossdock.intake.tables.workbooks.container import DamageError
from crossdock.intake.tables.workbooks.outline import Outline
from crossdock.intake.tables.workbooks.texts import is_blank

#: What calamine would not tell of a cell.
ERROR = "ERRORS_IN_CELLS"
FORMULA = "FORMULAS_WITHOUT_VALUE"
LONG = "NUMBERS_TOO_LONG"
SHOWN = "NUMBERS_AS_SHOWN"

_NAMES = ("c", "v", "t", "row", "f")
#: Texts that calamine would not give, by column, both counted from 0.
Row = tuple[int, dict[int, str]]


@dataclass(slots=True)
class Count:
    """What a sheet holds: rows with a value, values, how far they reach, and odd ones by kind.

    `first` is the name of the first cell of each kind; `odd_at` is where its odd rows were written.
    """

    rows: int = 0
    values: int = 0
    height: int = 0
    width: int = 0
    odd: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)
    odd_at: int = 0


class Reader:
    """Reads one sheet. Called some millions of times, so it puts off what it can.

    Cells that were counted elsewhere are told to it with `begin_row` and `add`, in their order.
    """

    def __init__(self, outline: Outline) -> None:
        self.count = Count()
        self._blank, self._shown = outline.blank, outline.shown
        self._columns = Columns()
        self._odd: list[Row] = []
        self._masters: dict[str, str] = {}
        self._row, self._digits = 0, ""
        #: The attributes of the cell, and whether it has shown a value.
        self._cell: dict[str, str] = {}
        self._filled = self._in_value = self._in_formula = False
        self._formula: str | None = None
        self._master = ""

    def rows(self, pieces: Generator[bytes, None, None]) -> Generator[Row, None, None]:
        """Read a part to its end, and yield the odd rows on the way.

        Each piece is read before the next one is asked for. Raises DamageError, ExpatError.
        """
        self._parser = markup.parser(self._root, self._text)
        for _ in markup.parse(pieces, self._parser):
            # The last row may go on in the next piece.
            yield from self._odd[:-1]
            del self._odd[:-1]
        self._end_cell()
        yield from self._odd

    def begin_row(self, row: int) -> None:
        """Begin a row, by its number. Raises DamageError."""
        self._end_cell()
        if row > MOST_ROWS:
            raise DamageError(f"it has a row {row:,}, and a sheet ends at {MOST_ROWS:,}")
        if row <= self._row:
            raise DamageError(f"its row {row} comes after row {self._row}")
        self._row, self._digits = row, str(row)
        self._cell = {}

    def add(self, values: int) -> None:
        """Count values of the row that was begun last."""
        if not values:
            return
        count = self.count
        count.values += values
        if self._row != count.height:
            count.height = self._row
            count.rows += 1

    def _root(self, name: str, _: dict[str, str]) -> None:
        space = name.removesuffix(markup.local(name))
        self._c, self._v, self._t, self._r, self._f = (space + each for each in _NAMES)
        self._parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._c:
            if self._formula is not None:
                self._end_cell()
            if "r" not in attributes:
                attributes["r"] = self._next_place()
            self._cell = attributes
            self._filled = self._in_value = False
        elif name == self._v or name == self._t:
            self._in_value = True
        else:
            self._in_value = False
            self._others(name, attributes)

    def _others(self, name: str, attributes: dict[str, str]) -> None:
        self._in_formula = name == self._f and bool(self._cell)
        if self._in_formula:
            self._formula, self._master = "", attributes.get("si", "")
        elif name == self._r:
            number = attributes.get("r")
            self.begin_row(int(number) if number else self._row + 1)

    def _next_place(self) -> str:
        """Return the place of a cell that has none written: beside the one before it."""
        return letters(self._column() + 1 if self._cell else 1) + self._digits

    def _column(self) -> int:
        place = self._cell["r"]
        if not place.endswith(self._digits):
            raise DamageError(f"its cell {place} stands in row {self._row}")
        return self._columns[place[: -len(self._digits)]]

    def _text(self, data: str) -> None:
        if self._in_value:
            if not self._filled and self._has_value(data):
                self._fill()
        elif self._in_formula and self._formula is not None:
            self._formula += data

    def _has_value(self, data: str) -> bool:
        """Return whether a text, or the first piece of one, is a value; notes odd ones."""
        if data.isspace():  # It may stand behind the cell.
            return False
        kind = self._cell.get("t", "n")
        if kind == "s":
            data = data.strip()
            if not data.isdigit():
                raise DamageError(f"its cell {self._cell['r']} refers to no text")
            return data not in self._blank
        if kind != "n":
            if kind == "e":
                self._note(ERROR, data.strip())
            return not is_blank(data)
        data = data.strip()
        if len(data) > numbers.DIGITS and numbers.is_long(data):
            self._note(LONG, numbers.exact(data))
        if self._cell.get("s") in self._shown:
            self._as_shown(data)
        return bool(data)

    def _fill(self) -> None:
        self._filled = True
        column = self._column()
        if column > self.count.width:
            self.count.width = column
        self.add(1)

    def _as_shown(self, data: str) -> None:
        text = self._shown[self._cell["s"]](data)
        if text != data:
            self._note(SHOWN, text)

    def _end_cell(self) -> None:
        """Decide about a cell with a formula: without a value, its text is all there is of it."""
        if self._formula is None:
            return
        formula = self._formula.strip()
        if self._master and formula:
            self._masters.setdefault(self._master, formula)
        formula = formula or self._masters.get(self._master, "")
        # A formula that makes an empty text has a value: that text.
        if not self._filled and self._cell.get("t") != "str":
            self._note(FORMULA, f"={formula}")
            self._fill()
        self._formula = None

    def _note(self, code: str, text: str) -> None:
        count = self.count
        count.odd[code] += 1
        if not self._odd or self._odd[-1][0] != self._row - 1:
            self._odd.append((self._row - 1, {}))
        self._odd[-1][1][self._column() - 1] = text
        if code not in count.first:
            count.first[code] = self._cell["r"]
