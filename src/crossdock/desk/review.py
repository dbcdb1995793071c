"""What reviewing a mapping needs: the file, the data, the account as last seen; what was
decided is written by `save`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import duckdb

from crossdock.desk.workbench import Workbench
from crossdock.intake.intake import meaning_of_column, read_export
from crossdock.mapping import document, shaping, transforms
from crossdock.mapping.document import Line, Mapping
from crossdock.mapping.reviewing import changes as changing
from crossdock.mapping.reviewing import claims, decisions, previews, targets
from crossdock.mapping.reviewing.alarms import Alarms, alarms
from crossdock.mapping.reviewing.decisions import Decider
from crossdock.mapping.reviewing.filters import object_of, refused
from crossdock.mapping.reviewing.previews import Bar, Preview
from crossdock.mapping.reviewing.targets import Target

Progress = Callable[[str], None]


class ReviewDesk:
    """A mapping that is being reviewed. The account is not asked; what was seen last counts.

    Making it reads the export where it changed. Raises MappingMissingError, MappingInvalidError,
    DestinationUnsetError, and the E10x errors of the export.
    """

    def __init__(
        self,
        bench: Workbench,
        connection: duckdb.DuckDBPyConnection,
        progress: Progress = lambda _: None,
    ) -> None:
        self.bench = bench
        self.mapping: Mapping = bench.mapping()
        self.description = bench.description()
        self._connection = connection
        self._shaped = False
        #: Whether a header was told to be one of the columns: a new proposal must follow.
        self.claims_taken = False
        read_export(bench.project, bench.source, connection, progress).settled()
        rows = connection.execute("SELECT object, name, header FROM stage._column").fetchall()
        self.headers = {f"{name}.{column}": str(header) for name, column, header in rows}

    def change(self, mapping: Mapping) -> None:
        """Go on with a mapping that has one more decision; `save` writes it."""
        self.mapping = mapping

    def save(self) -> None:
        """Write what was decided into the file; its comments stay."""
        document.save(self.bench.project.mapping_file, self.mapping)

    def alarms(self) -> Alarms:
        """Return the columns without a place and the demanded fields that nothing fills."""
        return alarms(self._data(), self.bench.route, self.mapping, self.description)

    def preview(self, line: Line) -> Preview:
        """Return what a line makes of the data."""
        return previews.preview(
            self._data(), self.bench.route, self.mapping, self.description, line
        )

    def histogram(self, line: Line) -> list[Bar]:
        """Return what a line's value map makes of each value."""
        return previews.histogram(self._data(), self.bench.route, self.mapping, line)

    def kind(self, line: Line) -> str:
        """Return in words what kind of field a line fills."""
        entity = self.description.entities.get(line.entity)
        there = entity.field_by_label(line.label) if entity and line.is_custom else None
        if there is None and line.is_custom:
            planned = self.mapping.field_type(line) or "unknown type"
            return f"{planned.replace('_', ' ')}, new field"
        field = there or (entity.field(line.target) if entity else None)
        if field is None:
            return "made by the route"
        label = "" if line.is_custom else f'"{field.label}", '
        return label + str(field.type).replace("_", " ")

    def near(self, line: Line) -> list[Target]:
        """Return the free fields of a line's entity, those first that are called alike."""
        return targets.near(self.mapping, self.description, line)

    def choices(self, line: Line) -> Sequence[str]:
        """Return the labels that the values of a line's field may have, in their order."""
        entity = self.description.entities.get(line.entity)
        field = entity.field(line.target) if entity else None
        return [choice.label for choice in field.choices] if field else []

    def retarget(self, line: Line, text: str, by: Decider) -> Line:
        """Let a line fill the field that a person named; returns the line as it is then.

        Raises ReviewError, and MappingInvalidError where its values cannot go there.
        """
        target = targets.named(self.mapping, self.description, line, text)
        values: Sequence[str] = ()
        if target.takes_ids:
            values = previews.values_of(self._data(), self.bench.route, line)
        return self._checked(changing.retarget(self.mapping, line, target, by, values), line)

    def retransform(self, line: Line, transform: str, by: Decider) -> Line:
        """Let a line go through another transform; returns it.

        Raises ReviewError, MappingInvalidError.
        """
        return self._checked(changing.retransform(self.mapping, line, transform, by), line)

    def relabel(self, line: Line, value: str, label: str, by: Decider) -> None:
        """Let a value of a line's value map become another choice. Raises ReviewError."""
        choices = self.choices(line)
        name = line.value_map or ""
        self.change(changing.relabel(self.mapping, name, value, label, by, choices))

    def leave_line(self, line: Line, why: str, by: Decider) -> None:
        """Leave out a line for a reason. Raises ReviewError."""
        header = self.headers.get(line.sources[0], "")
        self.change(decisions.leave_line(self.mapping, line, header, why, by))

    def leave(self, object_name: str, text: str, why: str, by: Decider) -> str:
        """Leave out a column that a person named by its header or its name; returns the header.

        Raises ReviewError for a column that the export does not have.
        """
        wanted = text.strip().casefold()
        known = {
            source.partition(".")[2]: header
            for source, header in self.headers.items()
            if source.startswith(f"{object_name}.")
        }
        for column, header in known.items():
            bare = header.casefold().removeprefix("cf:").strip()
            if wanted in (column.casefold(), header.casefold(), bare):
                self.change(decisions.leave(self.mapping, object_name, column, header, why, by))
                return header
        if not known:
            objects = list(dict.fromkeys(source.partition(".")[0] for source in self.headers))
            raise refused(f"the export has no list of {object_name}", object_name, objects)
        raise refused(f"{object_name} has no column {text}", text, list(known.values()))

    def take_claim(self, line: Line, by: Decider) -> str:
        """Read a line's header as the column that it looks like, from the next proposal on.

        Keeps the answer and leaves the line out; returns in words what the answer means. Raises
        AnswerError when it cannot be that column.
        """
        claimed = claims.claimed(line)
        if claimed is None:
            raise refused(f"{line.name} does not look like a column of {object_of(line)}")
        code, column = claimed
        project = self.bench.project
        meaning = meaning_of_column(project, self.bench.source, code, column)
        project.answer(code, column)
        self.claims_taken = True
        self.change(decisions.reject(self.mapping, line, by, f"it is {object_of(line)}.{column}"))
        return meaning

    def _checked(self, mapping: Mapping, line: Line) -> Line:
        """Take over a changed line when it can be evaluated for every row; returns it."""
        changed = mapping.lines[next(i for i, x in enumerate(self.mapping.lines) if x is line)]
        transforms.check(self._data(), previews.table_of(self.bench.route, changed), changed)
        self.change(mapping)
        return changed

    def prepare(self, progress: Progress = lambda _: None) -> None:
        """Make the route's tables for this mapping's policies, once; the first look at values
        does it otherwise."""
        if not self._shaped:
            progress("putting jobs together")
            policies = self.mapping.policies
            shaping.shape(self._connection, self.bench.route, self.description, policies)
            self._shaped = True

    def _data(self) -> duckdb.DuckDBPyConnection:
        self.prepare()
        return self._connection
