"""Drafts of settlements: from our own shares, or from the DSO's results."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from services.allocation.commands.days import load_facts
from services.allocation.domain.days import MonthDay
from services.allocation.domain.dso_results import DsoDay, DsoMonth
from services.allocation.domain.perimeter import Perimeter
from services.allocation.domain.settlements import (
    NothingToSettle,
    Settlement,
    check_not_waiting,
    check_settleable,
)
from services.allocation.domain.settlements.dso_basis import (
    DsoGrain,
    TakingPart,
    choose_grain,
    lacking_of_month,
)
from services.allocation.domain.settlements.dso_inputs import freeze_dso_day, freeze_dso_month
from services.allocation.domain.settlements.inputs import (
    FrozenInput,
    SettlementInputs,
    freeze_month,
)
from services.allocation.domain.settlements.rebuild import rebuild
from services.allocation.store import days, dso_results
from services.allocation.store.keys.in_force import get_operation_keys
from services.allocation.store.settlements import settlement_inputs, settlements


@dataclass(frozen=True)
class SettlementDraft:
    """A settlement that could be closed, its inputs, and the revision of each day."""

    settlement: Settlement
    revisions: Mapping[date, int]
    inputs: SettlementInputs
    frozen: Sequence[FrozenInput]


@dataclass(frozen=True)
class _Own:
    """The allocated days of a month, and everything that they depend on."""

    days: Sequence[MonthDay]
    inputs: SettlementInputs
    frozen: Sequence[FrozenInput]

    @property
    def revisions(self) -> dict[date, int]:
        return {day.day: day.revision for day in self.days}


async def draft_provisional(
    session: AsyncSession, perimeter: Perimeter, month: Month
) -> SettlementDraft:
    """Draft from our own shares; the caller holds the operation's lock.

    Raises NothingToSettle, DaysWaiting, DaysIncomplete.
    """
    our_month = await _load_own(session, perimeter, month)
    settlement = await settlements.read_settlement(session, perimeter.operation_id, month)
    return SettlementDraft(settlement, our_month.revisions, our_month.inputs, our_month.frozen)


async def _load_own(session: AsyncSession, perimeter: Perimeter, month: Month) -> _Own:
    month_days = await days.list_month_days(session, perimeter, month)
    check_settleable(month, month_days)
    inputs, frozen = await _freeze_own(session, perimeter, month)
    # Readings are recorded at any time: those just read are the inputs of the shares, or else their
    # day is stale by now.
    check_not_waiting(month, await days.list_month_days(session, perimeter, month))
    return _Own(month_days, inputs, frozen)


async def _freeze_own(
    session: AsyncSession, perimeter: Perimeter, month: Month
) -> tuple[SettlementInputs, list[FrozenInput]]:
    operation_id = perimeter.operation_id
    days_with_participants = [(operation_id, day) for day in _taking_part(perimeter, month)]
    facts = await load_facts(session, days_with_participants)
    revisions = await settlement_inputs.list_reading_revisions(session, operation_id, month)
    keys = await get_operation_keys(session, operation_id)
    return await asyncio.to_thread(
        freeze_month,
        facts,
        perimeter_revision=perimeter.revision,
        timeline=keys.during(month),
        revisions=revisions,
    )


def _taking_part(perimeter: Perimeter, month: Month) -> TakingPart:
    participants_by_day = {day: perimeter.participants_on(day) for day in month.days}
    return {day: participants for day, participants in participants_by_day.items() if participants}


async def draft_definitive(
    session: AsyncSession, perimeter: Perimeter, month: Month, tolerance_units: int
) -> SettlementDraft:
    """Draft from the DSO's own split: by step if it has all steps, else by its month's energies.

    The caller holds the operation's lock. Raises NothingToSettle, DsoResultsIncomplete,
    DsoResultsDisagree; by the month also DsoResultsTooCoarse, DaysWaiting and DaysIncomplete, as
    our own shares then decide with whom and when.
    """
    taking_part = _taking_part(perimeter, month)
    if not taking_part:
        raise NothingToSettle(f"No point takes part in the operation in {month}.")
    results = await _load_results(session, perimeter, month)
    dso_month = await dso_results.find_month(session, perimeter.operation_id, month)
    grain = await asyncio.to_thread(choose_grain, month, taking_part, results, dso_month)
    if grain == DsoGrain.STEP:
        classes = None if lacking_of_month(taking_part, dso_month) else dso_month
        return await _draft_by_step(
            perimeter,
            month,
            taking_part=taking_part,
            results=results,
            classes=classes,
            tolerance_units=tolerance_units,
        )
    assert dso_month is not None
    our_month = await _load_own(session, perimeter, month)
    return await _draft_by_month(perimeter, our_month, taking_part, dso_month, tolerance_units)


async def _load_results(
    session: AsyncSession, perimeter: Perimeter, month: Month
) -> dict[date, DsoDay]:
    operation_id = perimeter.operation_id
    heads = await dso_results.list_days(session, operation_id, month)
    return {
        day: DsoDay(
            operation_id=operation_id,
            day=day,
            revision=revision,
            definitive=definitive,
            curves=await dso_results.list_curves(session, operation_id, day),
        )
        for day, (revision, definitive) in heads.items()
    }


async def _draft_by_step(
    perimeter: Perimeter,
    month: Month,
    *,
    taking_part: TakingPart,
    results: Mapping[date, DsoDay],
    classes: DsoMonth | None,
    tolerance_units: int,
) -> SettlementDraft:
    """classes: energies of the month, which then give the tariff classes."""

    def draft() -> SettlementDraft:
        frozen = {
            day: freeze_dso_day(results[day], participants, tolerance_units)
            for day, participants in taking_part.items()
        }
        months = [freeze_dso_month(classes, taking_part, tolerance_units)] if classes else []
        inputs = SettlementInputs(
            perimeter_revision=perimeter.revision,
            dso_days={day: day_input.hash for day, day_input in frozen.items()},
            dso_month=months[0].hash if months else None,
        )
        revisions = {day: results[day].revision for day in taking_part}
        return _rebuilt(perimeter, month, revisions, inputs, [*frozen.values(), *months])

    return await asyncio.to_thread(draft)


async def _draft_by_month(
    perimeter: Perimeter,
    our_month: _Own,
    taking_part: TakingPart,
    dso_month: DsoMonth,
    tolerance_units: int,
) -> SettlementDraft:
    def draft() -> SettlementDraft:
        month_input = freeze_dso_month(dso_month, taking_part, tolerance_units)
        inputs = replace(our_month.inputs, dso_month=month_input.hash)
        return _rebuilt(
            perimeter,
            dso_month.month,
            our_month.revisions,
            inputs,
            [*our_month.frozen, month_input],
        )

    return await asyncio.to_thread(draft)


def _rebuilt(
    perimeter: Perimeter,
    month: Month,
    revisions: Mapping[date, int],
    inputs: SettlementInputs,
    frozen: Sequence[FrozenInput],
) -> SettlementDraft:
    """Rebuild the settlement from its frozen inputs, so that it can be verified from them."""
    inputs_by_hash = {frozen_input.hash: frozen_input for frozen_input in frozen}
    settlement = rebuild(perimeter.operation_id, month, inputs, inputs_by_hash)
    return SettlementDraft(settlement, revisions, inputs, frozen)
