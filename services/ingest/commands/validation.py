"""Set the validation rules, and gather what they need to know."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.ingest.domain.coverage import Participation
from services.ingest.domain.judging import PARTICIPATIONS, Context, flags
from services.ingest.domain.rules.settings import DEFAULTS, Changes, Settings, changed
from services.ingest.store import blocks as block_store
from services.ingest.store import flags as flag_store
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store import validation as validation_store


async def set_rules(
    session: AsyncSession, operation_id: OperationId | None, changes: Changes
) -> Settings:
    """Set rules for an operation or, if it is None, for the platform; returns all its settings.

    Raises RuleUnknown, SettingInvalid.
    """
    changed(DEFAULTS, changes)  # which checks them
    await validation_store.save_changes(session, operation_id, changes)
    return await get_settings(session, operation_id)


async def get_settings(session: AsyncSession, operation_id: OperationId | None) -> Settings:
    """The settings that hold in an operation, or else (None) on the platform."""
    operations = [] if operation_id is None else [operation_id]
    changes = await validation_store.map_changes(session, operations)
    platform = changed(DEFAULTS, changes.get(validation_store.PLATFORM, {}))
    return changed(platform, changes.get(operation_id, {}) if operation_id else {})


async def renew_flags(
    session: AsyncSession, operation_id: OperationId, *, from_day: date, to_day: date
) -> int:
    """Judge what is stored of an operation's points again; returns how many days that were.

    Days are of a point and direction. Nothing is quarantined: what stands is flagged.
    """
    await perimeter_store.lock_publishing(session)
    participations = await perimeter_store.list_participations_in(session, operation_id)
    prms = sorted({one.prm for one in participations})
    bounds = pl.DataFrame({"day": [from_day, to_day - timedelta(days=1)]})
    wanted = pl.DataFrame({"prm": prms}, schema={"prm": pl.String}).join(bounds, how="cross")
    blocks = await block_store.read_latest(session, wanted)
    points = await perimeter_store.list_participations(session, blocks["prm"].unique())
    context = await get_context(session, blocks, points)
    found = await asyncio.to_thread(flags, blocks, context)
    days = blocks.select("prm", "direction", "day").unique(maintain_order=True)
    await flag_store.renew_flags(session, days, found)
    return days.height


async def get_context(
    session: AsyncSession, readings: pl.DataFrame, participations: Sequence[Participation]
) -> Context:
    """What the rules need to know of the points of some readings.

    readings: any rows — prm str, day date. participations: all of their points.
    """
    changes = await validation_store.map_changes(
        session, {one.operation_id for one in participations}
    )
    platform = changed(DEFAULTS, changes.get(validation_store.PLATFORM, {}))
    own = sorted(set(changes) - {validation_store.PLATFORM})
    return Context(
        settings=[platform, *(changed(platform, changes[operation]) for operation in own)],
        participations=_frame(participations, own),
        before=await flag_store.read_before(session, readings),
    )


def _frame(participations: Sequence[Participation], own: Sequence[str]) -> pl.DataFrame:
    """own: the operations with settings of their own, in the order of the context's settings."""
    places = {operation: place for place, operation in enumerate(own, start=1)}
    rows: list[tuple[str, str, date, date | None, int | None, int]] = [
        (
            one.prm,
            one.direction.value,
            one.valid_from,
            one.valid_to,
            one.power_limit_w,
            places.get(one.operation_id, 0),
        )
        for one in participations
    ]
    return pl.DataFrame(rows, schema=PARTICIPATIONS, orient="row")
