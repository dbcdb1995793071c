"""Going through the mapping line by line: a key and Enter for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from crossdock.cli.lines import Sheet
from crossdock.cli.map_screen import print_alarms, print_histogram, print_line
from crossdock.desk.review import ReviewDesk
from crossdock.errors import CrossdockError
from crossdock.mapping.document import NEEDS_DECISION, Line
from crossdock.mapping.reviewing import claims, decisions, filters
from crossdock.mapping.reviewing.decisions import Decider
from crossdock.mapping.reviewing.filters import Filter, object_of
from crossdock.mapping.transforms import NAMED
from crossdock.model.wording import count

#: How many samples a line shows before somebody asks for all of them.
_SAMPLES: Final = 5
_HELP: Final = (
    ("a", "accept the line as it is"),
    ("r", "reject it: the field is not filled from this column"),
    ("t", "let it fill another field"),
    ("c", "convert its values by another transform"),
    ("m", "say what each value of its value map becomes"),
    ("l", "leave the column out, with a reason that is kept"),
    ("v", "show ten values, those that would be lost, and the value map"),
    ("s", "skip it for now (Enter alone does the same)"),
    ("A", "accept all lines of this object that are 90 % sure or more"),
    ("AA", "accept all lines of every object that are 90 % sure or more"),
    ("y", "yes, it is the column that it looks like (where a line asks that)"),
    ("b", "back to the line before"),
    ("q", "stop here; everything is saved already"),
)


class Session:
    """One person's way through the open lines that a filter takes.

    `ask` gets a prompt and returns what was typed; it raises EOFError when nothing more comes.
    """

    def __init__(
        self,
        desk: ReviewDesk,
        by: Decider,
        wanted: Filter,
        sheet: Sheet,
        ask: Callable[[str], str],
    ) -> None:
        self._desk, self._by, self._sheet, self._ask = desk, by, sheet, ask
        waiting = filters.to_decide(filters.matching(desk.mapping, wanted))
        places = {id(line): place for place, line in enumerate(desk.mapping.lines)}
        #: Places of lines in the file: they hold while lines change.
        self._queue = [places[id(line)] for line in waiting]
        self._at = 0
        self._keys: dict[str, Callable[[Line], bool]] = {
            "a": self._accept,
            "r": self._reject,
            "t": self._retarget,
            "c": self._retransform,
            "m": self._relabel,
            "l": self._leave,
            "v": self._view,
            "s": lambda _: True,
            "": lambda _: True,
            "A": self._accept_sure,
            "AA": self._accept_every_sure,
            "y": self._take_claim,
            "?": self._help,
        }

    def run(self) -> None:
        """Go through the lines until the last one, or until the person stops; say what is left."""
        print_alarms(self._sheet, self._desk.alarms())
        self._overview()
        shown = -1
        while self._at < len(self._queue):
            if shown != self._at:
                self._show()
                shown = self._at
            try:
                key = self._ask(self._hint()).strip()
            except EOFError:
                break
            if key in ("q", "Q"):
                break
            if key in ("b", "B"):
                self._at = max(0, self._at - 1)
                shown = -1
            elif self._do(key):
                self._next()
        self._end()

    def _do(self, key: str) -> bool:
        """Do what a key says; returns whether the next line follows."""
        act = self._keys.get(key) or self._keys.get(key.lower())
        if act is None:
            self._sheet.line(f'  There is no key "{key}"; ? shows them all.')
            return False
        before = self._desk.mapping
        try:
            done = act(self._line())
            if self._desk.mapping is not before:
                self._desk.save()
            return done
        except CrossdockError as error:
            self._desk.change(before)
            self._sheet.paragraph(f"⚠ {error.message}", indent=2, style="yellow")
            return False
        except EOFError:
            return False

    def _line(self) -> Line:
        return self._desk.mapping.lines[self._queue[self._at]]

    def _next(self) -> None:
        """Go on to the next line that is still open."""
        self._at += 1
        while self._at < len(self._queue) and not self._line().is_open:
            self._at += 1

    # --- what is shown ----------------------------------------------------------------------

    def _overview(self) -> None:
        lines = [self._desk.mapping.lines[place] for place in self._queue]
        if not lines:
            self._sheet.line("No line waits for a decision.")
            return
        sure = len(decisions.sure(lines))
        asked = sum(line.status == NEEDS_DECISION for line in lines)
        maps = sum(line.value_map is not None and line.status != NEEDS_DECISION for line in lines)
        parts = [
            f"{sure} sure",
            f"{len(lines) - sure - asked - maps} less sure",
            *([f"{maps} with values to look at"] if maps else ()),
            *([f"{asked} that need your decision"] if asked else ()),
        ]
        waiting = count(len(lines), "line is open", "lines are open")
        self._sheet.line(f"{waiting}: {', '.join(parts)}.")
        self._sheet.line(
            "The least sure come first. A accepts the sure ones of an object at once, AA all.",
            "dim",
        )

    def _show(self, most: int = _SAMPLES) -> None:
        line = self._line()
        place = f"[{self._at + 1}/{len(self._queue)}]"
        bars = self._desk.histogram(line)
        found = self._desk.preview(line)
        kind = self._desk.kind(line)
        print_line(self._sheet, line, kind, self._desk.headers, found, bars, place, most)
        claimed = claims.claimed(line)
        if claimed:
            self._sheet.line(
                f"  Is it {object_of(line)}.{claimed[1]}? y: yes, read the export anew · "
                "a: no, it is a field of its own"
            )

    def _hint(self) -> str:
        line = self._line()
        keys = "a accept  r reject  t target  c convert"
        keys += "  m values" if line.value_map else ""
        keys += "  y that column" if claims.claimed(line) else ""
        return f"  {keys}  l leave out  s skip  A all sure  q quit  ? more > "

    def _view(self, line: Line) -> bool:
        self._show(most=1000 if line.value_map else 10)
        return False

    def _help(self, line: Line) -> bool:
        for key, words in _HELP:
            self._sheet.line(f"  {key}   {words}")
        return False

    def _end(self) -> None:
        lines = [self._desk.mapping.lines[place] for place in self._queue]
        done = sum(not line.is_open for line in lines)
        waiting = sum(line.is_open for line in self._desk.mapping.lines)
        self._sheet.line()
        if lines:
            self._sheet.line(f"{done} of {count(len(lines), 'line')} decided, and saved.")
        found = self._desk.alarms()
        if waiting:
            still = count(waiting, "line of mapping.toml is", "lines of mapping.toml are")
            self._sheet.line(f"{still} still open.")
        print_alarms(self._sheet, found)
        following = self._following(waiting, bool(found))
        self._sheet.line(f"Next: {self._sheet.command(following)}", "bold")

    def _following(self, waiting: int, alarmed: bool) -> str:
        if self._desk.claims_taken:
            return "crossdock map propose --update"
        if waiting or alarmed:
            return "crossdock map review, then: crossdock map confirm --by NAME"
        return f'crossdock map confirm --by "{self._by.who}"'

    # --- what is decided --------------------------------------------------------------------

    def _accept(self, line: Line) -> bool:
        self._desk.change(decisions.accept(self._desk.mapping, line, self._by))
        return True

    def _reject(self, line: Line) -> bool:
        self._desk.change(decisions.reject(self._desk.mapping, line, self._by))
        return True

    def _leave(self, line: Line) -> bool:
        why = self._ask("  Why is it left out? (Enter alone: it is not) > ").strip()
        if why:
            self._desk.leave_line(line, why, self._by)
        return bool(why)

    def _accept_sure(self, line: Line) -> bool:
        name = object_of(line)
        of_object = [other for other in self._desk.mapping.lines if object_of(other) == name]
        return self._accept_these(of_object, f" of {name}")

    def _accept_every_sure(self, line: Line) -> bool:
        return self._accept_these(self._desk.mapping.lines, "")

    def _accept_these(self, lines: Sequence[Line], what: str) -> bool:
        mapping, taken = decisions.accept_sure(self._desk.mapping, self._by, lines)
        self._desk.change(mapping)
        accepted = count(len(taken), f"line{what} is accepted", f"lines{what} are accepted")
        self._sheet.line(f"  {accepted}.", "green")
        return not self._line().is_open

    def _take_claim(self, line: Line) -> bool:
        meaning = self._desk.take_claim(line, self._by)
        self._sheet.line(f"  {meaning}; the export is read anew with the next proposal.", "green")
        return True

    def _retarget(self, line: Line) -> bool:
        offered = self._desk.near(line)
        if not offered:
            self._sheet.line("  No free field is called nearly the same.", "dim")
        for number, target in enumerate(offered, start=1):
            self._sheet.line(f'  {number:>3}  {target.name}  ("{target.label}", {target.type})')
        text = self._ask(
            '  A number, a field, or "custom:Label" for a new one (Enter alone: no change) > '
        ).strip()
        if not text:
            return False
        chosen = _numbered(text, [target.name for target in offered])
        self._desk.retarget(line, chosen, self._by)
        self._result()
        return True

    def _retransform(self, line: Line) -> bool:
        self._sheet.paragraph(", ".join(sorted(NAMED)), indent=2, style="dim")
        text = self._ask(f"  By which one? Now: {line.transform} (Enter alone: no change) > ")
        if not text.strip():
            return False
        self._desk.retransform(line, text.strip(), self._by)
        self._result()
        return True

    def _result(self) -> None:
        """Show what a changed line makes of its values, before the next one follows."""
        line = self._line()
        found, bars = self._desk.preview(line), self._desk.histogram(line)
        kind = self._desk.kind(line)
        print_line(self._sheet, line, kind, self._desk.headers, found, bars, "now:", 3)

    def _relabel(self, line: Line) -> bool:
        if not line.value_map:
            self._sheet.line("  This line has no value map.")
            return False
        labels = [*self._desk.choices(line)]
        while True:
            bars = self._desk.histogram(self._line())
            print_histogram(self._sheet, bars, numbered=True)
            text = self._ask("  Which value? (Enter alone: done) > ").strip()
            if not text:
                self._sheet.line("  a accepts the line with these values.", "dim")
                return False
            value = _numbered(text, [found.value for found in bars])
            for number, label in enumerate(labels, start=1):
                self._sheet.line(f"  {number:>3}  {label}")
            label = self._ask(f'  What becomes of "{value}"? (- for nothing) > ').strip()
            if label:
                chosen = "" if label == "-" else _numbered(label, labels)
                self._desk.relabel(self._line(), value, chosen, self._by)


def _numbered(text: str, offered: list[str]) -> str:
    """Return the offered one with this number, else the text itself."""
    if text.isdecimal() and 1 <= int(text) <= len(offered):
        return offered[int(text) - 1]
    return text
