"""What a settlement would freeze now: from our own shares, or from the DSO's results."""

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
from services.allocation.domain.settlements.dso_basis import Grain, TakingPart, choose_grain
from services.allocation.domain.settlements.dso_inputs import freeze_dso_day, freeze_dso_month
from services.allocation.domain.settlements.inputs import (
    FrozenInput,
    SettlementInputs,
    freeze_month,
)
from services.allocation.domain.settlements.rebuild import rebuild
from services.allocation.store import (
    days,
    dso_results,
    settlement_inputs,
    settlements,
    timelines,
)


@dataclass(frozen=True)
class Draft:
    """A settlement that could be closed, what it is made of, and the revision of each day."""

    settlement: Settlement
    revisions: Mapping[date, int]
    inputs: SettlementInputs
    frozen: Sequence[FrozenInput]


@dataclass(frozen=True)
class _Own:
    """The allocated days of a month, and all that they depend on."""

    days: Sequence[MonthDay]
    inputs: SettlementInputs
    frozen: Sequence[FrozenInput]

    @property
    def revisions(self) -> dict[date, int]:
        return {one.day: one.revision for one in self.days}


async def draft_provisional(session: AsyncSession, perimeter: Perimeter, month: Month) -> Draft:
    """Our own shares; the caller holds the operation's lock.

    Raises NothingToSettle, DaysWaiting, DaysIncomplete.
    """
    own = await _load_own(session, perimeter, month)
    settlement = await settlements.read_settlement(session, perimeter.operation_id, month)
    return Draft(settlement, own.revisions, own.inputs, own.frozen)


async def _load_own(session: AsyncSession, perimeter: Perimeter, month: Month) -> _Own:
    month_days = await days.list_month_days(session, perimeter, month)
    check_settleable(month, month_days)
    inputs, frozen = await _freeze_own(session, perimeter, month)
    # Readings are recorded at any time: those just read are what the shares were made of, or else
    # their day is stale by now.
    check_not_waiting(month, await days.list_month_days(session, perimeter, month))
    return _Own(month_days, inputs, frozen)


async def _freeze_own(
    session: AsyncSession, perimeter: Perimeter, month: Month
) -> tuple[SettlementInputs, list[FrozenInput]]:
    operation_id = perimeter.operation_id
    lived = [(operation_id, day) for day in _taking_part(perimeter, month)]
    facts = await load_facts(session, lived)
    revisions = await settlement_inputs.list_reading_revisions(session, operation_id, month)
    timeline = await timelines.get_timeline(session, operation_id)
    return await asyncio.to_thread(
        freeze_month,
        facts,
        perimeter_revision=perimeter.revision,
        timeline=timeline,
        revisions=revisions,
    )


def _taking_part(perimeter: Perimeter, month: Month) -> TakingPart:
    by_day = {day: perimeter.participants_on(day) for day in month.days}
    return {day: participants for day, participants in by_day.items() if participants}


async def draft_definitive(
    session: AsyncSession, perimeter: Perimeter, month: Month, tolerance_units: int
) -> Draft:
    """The DSO's own split: by step where it has said all steps, else by its energies of the month.

    The caller holds the operation's lock. Raises NothingToSettle, DsoResultsIncomplete,
    DsoResultsDisagree; by the month also DsoResultsTooCoarse, DaysWaiting and DaysIncomplete, as
    our own shares then say with whom and when.
    """
    taking_part = _taking_part(perimeter, month)
    if not taking_part:
        raise NothingToSettle(f"No point takes part in the operation in {month}.")
    results = await _load_results(session, perimeter, month)
    whole = await dso_results.find_month(session, perimeter.operation_id, month)
    grain = await asyncio.to_thread(choose_grain, month, taking_part, results, whole)
    if grain == Grain.STEP:
        return await _draft_by_step(perimeter, month, taking_part, results, tolerance_units)
    assert whole is not None
    own = await _load_own(session, perimeter, month)
    return await _draft_by_month(perimeter, own, taking_part, whole, tolerance_units)


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
    taking_part: TakingPart,
    results: Mapping[date, DsoDay],
    tolerance_units: int,
) -> Draft:
    def draft() -> Draft:
        frozen = {
            day: freeze_dso_day(results[day], participants, tolerance_units)
            for day, participants in taking_part.items()
        }
        inputs = SettlementInputs(
            perimeter_revision=perimeter.revision,
            dso_days={day: one.hash for day, one in frozen.items()},
        )
        revisions = {day: results[day].revision for day in taking_part}
        return _rebuilt(perimeter, month, revisions, inputs, list(frozen.values()))

    return await asyncio.to_thread(draft)


async def _draft_by_month(
    perimeter: Perimeter,
    own: _Own,
    taking_part: TakingPart,
    whole: DsoMonth,
    tolerance_units: int,
) -> Draft:
    def draft() -> Draft:
        of_month = freeze_dso_month(whole, taking_part, tolerance_units)
        inputs = replace(own.inputs, dso_month=of_month.hash)
        return _rebuilt(perimeter, whole.month, own.revisions, inputs, [*own.frozen, of_month])

    return await asyncio.to_thread(draft)


def _rebuilt(
    perimeter: Perimeter,
    month: Month,
    revisions: Mapping[date, int],
    inputs: SettlementInputs,
    frozen: Sequence[FrozenInput],
) -> Draft:
    """What is frozen says what is settled: the one is made of the other."""
    named = {one.hash: one for one in frozen}
    settlement = rebuild(perimeter.operation_id, month, inputs, named)
    return Draft(settlement, revisions, inputs, frozen)
