"""Where a deal stands: pipeline, stage, probability and the day it closed.

Reference: Freshsales API, deal; certainty: observed. A deal without a stage gets the first of the
default pipeline; a stage sets the probability; Won and Lost set the closed date to today unless
the same request supplies one. That a deal which is opened again loses its closed date is inferred.
"""

from __future__ import annotations

from crossdock.emulator.accept import Acceptance
from crossdock.emulator.catalog import Catalog
from crossdock.emulator.store import Row


def place(acceptance: Acceptance, row: Row | None) -> None:
    """Bring pipeline, stage, probability and closed date of a write into line."""
    given, account = acceptance.values, acceptance.account
    stage = _stage(account.catalog, given, row)
    if stage is None:
        if row is None or given.get("deal_stage_id") or given.get("deal_pipeline_id"):
            acceptance.complain("Deal stage doesn't exist")
        else:
            # A stage cannot be emptied; null leaves it as it is (certainty: inferred).
            given.pop("deal_stage_id", None)
            given.pop("deal_pipeline_id", None)
        return
    given["deal_stage_id"] = stage["id"]
    given["deal_pipeline_id"] = stage["deal_pipeline_id"]
    if row is not None and row.get("deal_stage_id") == stage["id"]:
        return
    now = account.now()
    given["stage_updated_time"] = now
    if given.get("probability") is None:
        given["probability"] = stage["probability"]
    if stage["forecast_type"] == "Open":
        if row is not None:
            given.setdefault("closed_date", None)
    elif given.get("closed_date") is None:
        given["closed_date"] = account.zone.day(now)


def _stage(catalog: Catalog, given: Row, row: Row | None) -> Row | None:
    """Return the stage that a write means, or None when there is no such stage."""
    stage_id, pipeline_id = given.get("deal_stage_id"), given.get("deal_pipeline_id")
    if stage_id is not None:
        stage = catalog.find("deal_stages", stage_id)
        if stage is None or pipeline_id not in (None, stage["deal_pipeline_id"]):
            return None
        return stage
    if row is not None and pipeline_id in (None, row.get("deal_pipeline_id")):
        return catalog.find("deal_stages", row.get("deal_stage_id")) if pipeline_id else None
    wanted = pipeline_id or catalog.items("deal_pipelines")[0]["id"]
    stages = [s for s in catalog.items("deal_stages") if s["deal_pipeline_id"] == wanted]
    return stages[0] if stages else None
