"""The mapping of one project: proposed, confirmed, compared; for `map` and whatever follows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import duckdb

from crossdock.connectors.base import Description
from crossdock.desk.proposer import Extras
from crossdock.desk.workbench import Workbench
from crossdock.intake.intake import read_export
from crossdock.mapping import confirm, document, shaping, snapshot, validating, versions
from crossdock.mapping.document import SCHEMA_FILE, json_schema
from crossdock.mapping.document.dropping import save_merged
from crossdock.mapping.merging import Merged, merge
from crossdock.mapping.places import unplaced
from crossdock.mapping.propose import Proposed, propose, unfilled
from crossdock.mapping.reviewing.alarms import Alarms, alarms
from crossdock.mapping.transforms import NAMED
from crossdock.project import write_text
from crossdock.routes.base import Route

Progress = Callable[[str], None]
#: What was proposed last, beside the other stores of the project.
_LAST = "proposed.toml"


def propose_mapping(
    bench: Workbench,
    connection: duckdb.DuckDBPyConnection,
    policies: Mapping[str, str],
    progress: Progress = lambda _: None,
    extras: Extras | None = None,
) -> tuple[Proposed, Description]:
    """Propose a mapping for the export and the account as they are, and write it.

    A mapping file that is there is kept as a version. `extras` is the proposer with what a person
    turned on; without it the settings decide. Raises the E10x errors of the export.
    """
    description = bench.look()
    shape_export(bench, connection, description, dict(policies), progress)
    progress("looking for the place of each column")
    answers = bench.project.answers()
    proposer = extras or Extras(bench)
    proposed = propose(connection, bench.route, description, dict(policies), answers, proposer)
    versions.keep(bench.project)
    write_schema(bench)
    path = bench.project.mapping_file
    document.write(path, proposed.mapping, bench.questions(), proposed.counts)
    _remember(bench, proposed)
    return proposed, description


def update_mapping(
    bench: Workbench,
    connection: duckdb.DuckDBPyConnection,
    progress: Progress = lambda _: None,
    extras: Extras | None = None,
) -> tuple[Proposed, Merged]:
    """Propose anew and keep every decision that a person made; the old file becomes a version.

    Returns the proposal, which holds the merged mapping, and what happened to its lines. Raises
    MappingMissingError, MappingInvalidError, and the E10x errors of the export.
    """
    before, description = bench.mapping(), bench.look()
    policies = bench.default_policies() | before.policies
    shape_export(bench, connection, description, policies, progress)
    progress("looking for the place of each column")
    answers, proposer = bench.project.answers(), extras or Extras(bench)
    proposed = propose(connection, bench.route, description, policies, answers, proposer)
    kept = bench.project.work / _LAST
    last = document.read(kept) if kept.exists() else None
    merged = merge(before, proposed.mapping, last, _columns(bench, connection))
    versions.keep(bench.project)
    write_schema(bench)
    _remember(bench, proposed)
    proposed.mapping = merged.mapping
    proposed.unmapped_columns = unplaced(connection, bench.route, merged.mapping)
    proposed.unmapped_targets = unfilled(merged.mapping, description)
    save_merged(bench.project.mapping_file, merged.mapping)
    return proposed, merged


def _remember(bench: Workbench, proposed: Proposed) -> None:
    """Keep what was proposed, to tell later what a person changed by hand."""
    document.write(bench.project.work / _LAST, proposed.mapping, {}, {})


def _columns(bench: Workbench, connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """Return the columns of each entity's route table."""
    return {
        phase.entity: {
            str(row[0]) for row in connection.execute(f"DESCRIBE {phase.table}").fetchall()
        }
        for phase in bench.route.phases
        if not phase.checked
    }


@dataclass(frozen=True, slots=True)
class Checked:
    """A mapping that was checked against the export and the account as they are.

    `alarms` keep it from being signed; `changes` say in words what changed since the last
    signature (None: there was none).
    """

    mapping: document.Mapping
    schemas: snapshot.Snapshot
    alarms: Alarms
    changes: list[str] | None


def check_mapping(
    bench: Workbench, connection: duckdb.DuckDBPyConnection, progress: Progress = lambda _: None
) -> Checked:
    """Check every line of the mapping file, before a person is asked to sign it.

    Raises the E10x errors of the export, MappingUnconfirmedError for lines that need a decision,
    and MappingInvalidError.
    """
    mapping, description = bench.mapping(), bench.look()
    confirm.require_decided(mapping)
    shape_export(bench, connection, description, mapping.policies, progress)
    progress("checking every line")
    validating.validate(connection, bench.route, mapping, description)
    schemas = snapshot.take(connection, mapping, description)
    signed = versions.signed(bench.project, mapping.confirmed.get("digest", ""))
    changes = confirm.changes_since(mapping, schemas, signed) if signed else None
    return Checked(mapping, schemas, alarms(connection, bench.route, mapping, description), changes)


def sign_mapping(bench: Workbench, checked: Checked, by: str) -> dict[str, str]:
    """Sign a checked mapping in a person's name, and keep the signed version.

    Returns the signature. Raises ColumnsUnplacedError, TargetsUnfilledError.
    """
    confirm.require_places(checked.alarms.columns, checked.alarms.targets)
    signed = confirm.sign(checked.mapping, checked.schemas, by, bench.clock)
    document.save(bench.project.mapping_file, checked.mapping)
    versions.keep(bench.project, checked.schemas)
    return signed


def confirm_mapping(
    bench: Workbench,
    connection: duckdb.DuckDBPyConnection,
    by: str,
    progress: Progress = lambda _: None,
) -> dict[str, str]:
    """Check the mapping file and sign it; see `check_mapping` and `sign_mapping`."""
    return sign_mapping(bench, check_mapping(bench, connection, progress), by)


def shape_export(
    bench: Workbench,
    connection: duckdb.DuckDBPyConnection,
    description: Description,
    policies: dict[str, str],
    progress: Progress = lambda _: None,
) -> None:
    """Read the export and make the route's tables for these policies."""
    intake = read_export(bench.project, bench.source, connection, progress)
    intake.settled()
    progress("putting jobs together")
    shaping.shape(connection, bench.route, description, policies)


def write_schema(bench: Workbench) -> None:
    """Write the JSON Schema beside the mapping file, for editors."""
    write_text(bench.project.folder / SCHEMA_FILE, mapping_schema(bench.route))


def mapping_schema(route: Route) -> str:
    """Return the JSON Schema of this route's mapping files."""
    entities = [phase.entity for phase in route.phases if not phase.checked]
    policies = {policy.name: policy.pattern or list(policy.choices) for policy in route.policies}
    schema = json_schema(sorted(NAMED), entities, policies)
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
