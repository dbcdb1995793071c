"""Every file of an export, and the tables in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from crossdock.connectors.base import Declared, Source
from crossdock.errors import ExportEmptyError, ExportUnrecognisedError
from crossdock.intake.tables import charset, claims, dialect, plains, text
from crossdock.intake.tables.kinds import Kind, kind_of
from crossdock.intake.tables.layout import Layout
from crossdock.intake.tables.media import belongs_to_record, files_below, media_place
from crossdock.intake.tables.table import Table
from crossdock.model.findings import Question
from crossdock.model.wording import count

#: The code of the question in which code page files are.
ENCODING = "ENCODING"
#: The code of the question what a table is, before its name.
OBJECT = "OBJECT"


def tables(
    folder: Path,
    work: Path,
    source: Source,
    answers: Mapping[str, str],
    progress: Callable[[str], None] = lambda _: None,
) -> Layout:
    """Find every table below an unpacked folder; what must be rewritten to be read goes to `work`.

    `answers` is what a person said before, by question code.

    Raises ExportEmptyError, ExportUnrecognisedError, ExportUnreadableError, AnswerError.
    """
    paths = files_below(folder)
    if not paths:
        raise ExportEmptyError(
            f"{folder} holds no file.",
            next_command="crossdock new DIR --export PATH  (with what support sent)",
        )
    reading = _Reading(folder, work, source, answers)
    names = Counter(path.name for path in paths)
    for path in paths:
        progress(path.name)
        reading.take(path, path.name if names[path.name] == 1 else "")
    layout = reading.layout
    if not layout.tables:
        raise ExportUnrecognisedError(
            f"None of the {len(paths)} files in {folder} holds a table with the headers of an "
            f"OctopusPro export. {_reasons(layout)}",
            next_command="crossdock new DIR --export PATH  (with the folder or zip from support)",
        )
    if reading.guessed and ENCODING not in answers:
        layout.questions.append(_which_code_page(reading.guessed))
    layout.tables = claims.claimed(layout.tables, source, answers)
    return layout


def _reasons(layout: Layout) -> str:
    """Say of the first few files why they are not read."""
    return "; ".join(f"{path.name}: {why}" for path, why in layout.unknown[:3]) + "."


class _Reading:
    """One walk over the files of an export."""

    def __init__(
        self, folder: Path, work: Path, source: Source, answers: Mapping[str, str]
    ) -> None:
        self.layout = Layout(work)
        self.guessed: list[Path] = []
        self._folder = folder
        self._work = work
        self._source = source
        self._answers = answers

    def take(self, path: Path, name: str) -> None:
        """Find out what a file is, and keep it where it belongs; without a name, its path is it."""
        relative = PurePosixPath(path.relative_to(self._folder).as_posix())
        place = media_place(relative, self._source)
        if place is not None and belongs_to_record(relative, self._source):
            self.layout.media.append((path, place))
            return
        kind, why = kind_of(path)
        if kind is Kind.TEXT:
            self._text(path, name or str(relative), place)
        elif place is not None:
            self.layout.media.append((path, place))
        elif kind is Kind.OTHER:
            self.layout.unknown.append((path, why))
        else:
            self._written(kind, path, name or str(relative))

    def _text(self, path: Path, name: str, place: str | None) -> None:
        """Keep a text file as a table, or as the medium or unknown file that it is otherwise."""
        said = charset.look(path)
        page = self._answers.get(ENCODING, "")
        found = text.read(path, name, said, page, self._said(name), self._work, self._source)
        if found.table is None and place is not None:
            self.layout.media.append((path, place))
            return
        if found.table is None:
            self.layout.unknown.append((path, found.why_not))
            return
        self._keep(found.table)
        self.layout.digests[path] = said.sha256
        self.layout.encodings[path] = found.encoding
        if found.guessed:
            self.guessed.append(path)
        if found.broken:
            self.layout.notes.append(("LETTERS_BROKEN", found.table.name, found.broken))

    def _written(self, kind: Kind, path: Path, name: str) -> None:
        written = plains.write(kind, path, name, self._work, self._source)
        self.layout.digests[path] = written.sha256
        self.layout.notes += written.notes
        if written.declared is not None and _says_more(written.declared, self.layout.declared):
            self.layout.declared = written.declared
        found = [
            plains.recognised(plain, self._source, self._said(plain.name))
            for plain in written.tables
        ]
        for table in found:
            if table is not None:
                self._keep(table)
        objects = {table.name: table.what.object for table in found if table is not None}
        self.layout.refused += [
            (obj or objects.get(table, ""), table, line, why)
            for obj, table, line, why in written.refused
        ]
        self.layout.unknown += [
            (path, f"{plain.name}: {dialect.NO_HEADER}")
            for plain, table in zip(written.tables, found, strict=True)
            if table is None
        ]
        if not written.tables and kind is Kind.WORKBOOK:
            self.layout.unknown.append((path, "a workbook whose sheets are all empty"))
        elif not written.tables and written.declared is None:
            self.layout.settings.append(path)

    def _said(self, name: str) -> str:
        """Return the object that a person said a table is, or nothing."""
        return self._answers.get(f"{OBJECT}:{name}", "")

    def _keep(self, table: Table) -> None:
        """Keep a table, and ask what it is when its header fits more than one object."""
        self.layout.tables.append(table)
        if table.what.rivals:
            self.layout.questions.append(_which_object(table, self._source))


def _which_object(table: Table, source: Source) -> Question:
    alike = (table.what.object, *table.what.rivals)
    labels = {obj.name: obj.label.lower() for obj in source.objects() if obj.name in alike}
    return Question(
        f"{OBJECT}:{table.name}",
        f"{table.name} may be a list of {' or of '.join(labels.values())}: nothing in its header "
        "or values says which.",
        {name: f"it lists {label}" for name, label in labels.items()},
        object=table.what.object,
    )


def _says_more(one: Declared, other: Declared) -> bool:
    """Return which of two is the manifest: the settings of an account state a few facts too."""
    return (bool(one.files), len(one.facts)) > (bool(other.files), len(other.facts))


def _which_code_page(paths: list[Path]) -> Question:
    names = ", ".join(path.name for path in paths[:5])
    words = charset.readings(paths[0])
    return Question(
        ENCODING,
        count(
            len(paths),
            f"file is not in UTF-8, and nothing in it says what it is in: {names}. ",
            f"files are not in UTF-8, and nothing in them says what they are in: {names}. ",
        )
        + "Which of these words look right?",
        {page: f"{', '.join(read)} ({charset.CODE_PAGES[page]})" for page, read in words.items()},
    )
