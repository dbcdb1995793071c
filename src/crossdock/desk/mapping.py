"""The mapping of one project: proposed, confirmed, compared; for `map` and whatever follows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import duckdb

from crossdock.connectors.base import Description
from crossdock.desk.workbench import Workbench
from crossdock.intake.intake import read_export
from crossdock.mapping import confirm, document, shaping, snapshot, validating, versions
from crossdock.mapping.document import SCHEMA_FILE, json_schema
from crossdock.mapping.propose import Proposed, propose, unfilled, unplaced
from crossdock.mapping.transforms import NAMED
from crossdock.project import write_text
from crossdock.routes.base import Route

Progress = Callable[[str], None]


def propose_mapping(
    bench: Workbench,
    connection: duckdb.DuckDBPyConnection,
    policies: Mapping[str, str],
    progress: Progress = lambda _: None,
) -> tuple[Proposed, Description]:
    """Propose a mapping for the export and the account as they are, and write it.

    A mapping file that is there is kept as a version. Raises the E10x errors of the export.
    """
    description = bench.look()
    shape_export(bench, connection, description, dict(policies), progress)
    progress("looking for the place of each column")
    proposed = propose(connection, bench.route, description, dict(policies))
    versions.keep(bench.project)
    write_schema(bench)
    path = bench.project.mapping_file
    document.write(path, proposed.mapping, bench.questions(), proposed.counts)
    return proposed, description


def confirm_mapping(
    bench: Workbench,
    connection: duckdb.DuckDBPyConnection,
    by: str,
    progress: Progress = lambda _: None,
) -> dict[str, str]:
    """Check the mapping file against export and account, sign it, and keep the signed version.

    Returns the signature. Raises the E10x errors of the export, MappingUnconfirmedError for lines
    that need a decision, MappingInvalidError, ColumnsUnplacedError, TargetsUnfilledError.
    """
    mapping, description = bench.mapping(), bench.look()
    confirm.require_decided(mapping)
    shape_export(bench, connection, description, mapping.policies, progress)
    progress("checking every line")
    validating.validate(connection, bench.route, mapping, description)
    confirm.require_places(unplaced(connection, mapping), unfilled(mapping, description))
    schemas = snapshot.take(connection, mapping, description)
    signed = confirm.sign(mapping, schemas, by, bench.clock)
    document.save(bench.project.mapping_file, mapping)
    versions.keep(bench.project, schemas)
    return signed


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
