"""Set the validation rules, and gather the context that they need."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.ingest.domain.readings.coverage import Participation
from services.ingest.domain.rules.judging import PARTICIPATIONS, Context, flags
from services.ingest.domain.rules.settings import DEFAULTS, RuleSettings, SettingChanges, changed
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store.readings import blocks as block_store
from services.ingest.store.rules import flags as flag_store
from services.ingest.store.rules import validation as validation_store


async def set_rules(
    session: AsyncSession, operation_id: OperationId | None, changes: SettingChanges
) -> RuleSettings:
    """Set rules for an operation, or for the platform if it is None; return all its settings.

    Raises RuleUnknown, SettingInvalid.
    """
    changed(DEFAULTS, changes)  # which checks them
    await validation_store.save_changes(session, operation_id, changes)
    return await get_settings(session, operation_id)


async def get_settings(session: AsyncSession, operation_id: OperationId | None) -> RuleSettings:
    """Return the settings that apply in an operation, or on the platform if it is None."""
    operations = [] if operation_id is None else [operation_id]
    changes = await validation_store.map_changes(session, operations)
    platform = changed(DEFAULTS, changes.get(validation_store.PLATFORM, {}))
    return changed(platform, changes.get(operation_id, {}) if operation_id else {})


async def renew_flags(
    session: AsyncSession, operation_id: OperationId, *, from_day: date, to_day: date
) -> int:
    """Judge the stored readings of an operation's points again; return the number of days.

    A day is of one point and direction. Nothing is quarantined: stored values are flagged.
    """
    await perimeter_store.lock_publishing(session)
    participations = await perimeter_store.list_participations_in(session, operation_id)
    prms = sorted({participation.prm for participation in participations})
    bounds = pl.DataFrame({"day": [from_day, to_day - timedelta(days=1)]})
    point_days = pl.DataFrame({"prm": prms}, schema={"prm": pl.String}).join(bounds, how="cross")
    blocks = await block_store.read_latest(session, point_days)
    points = await perimeter_store.list_participations(session, blocks["prm"].unique())
    context = await get_context(session, blocks, points)
    new_flags = await asyncio.to_thread(flags, blocks, context)
    days = blocks.select("prm", "direction", "day").unique(maintain_order=True)
    await flag_store.renew_flags(session, days, new_flags)
    return days.height


async def get_context(
    session: AsyncSession, readings: pl.DataFrame, participations: Sequence[Participation]
) -> Context:
    """Return what the rules need to know about the points of some readings.

    readings: any rows — prm str, day date. participations: all of their points.
    """
    changes = await validation_store.map_changes(
        session, {participation.operation_id for participation in participations}
    )
    platform = changed(DEFAULTS, changes.get(validation_store.PLATFORM, {}))
    operations = sorted(set(changes) - {validation_store.PLATFORM})
    return Context(
        settings=[platform, *(changed(platform, changes[operation]) for operation in operations)],
        participations=_frame(participations, operations),
        before=await flag_store.read_before(session, readings),
    )


def _frame(participations: Sequence[Participation], operations: Sequence[str]) -> pl.DataFrame:
    """own: the operations with settings of their own, in the order of the context's settings."""
    places = {operation: place for place, operation in enumerate(operations, start=1)}
    rows: list[tuple[str, str, date, date | None, int | None, int]] = [
        (
            participation.prm,
            participation.direction.value,
            participation.valid_from,
            participation.valid_to,
            participation.power_limit_w,
            places.get(participation.operation_id, 0),
        )
        for participation in participations
    ]
    return pl.DataFrame(rows, schema=PARTICIPATIONS, orient="row")
