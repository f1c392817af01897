from collections.abc import AsyncIterator, Sequence
from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database import Database
from libs.common.events.ingest import DsoCurvePart, DsoEnergyPart, DsoResultsRecorded
from libs.common.ids import Prm
from services.allocation.commands.dso_results import record_dso_results
from services.allocation.store import dso_results
from tests.allocation.dso import (
    COMPLEMENT,
    CONSUMED,
    PRODUCED,
    SHARED,
    curve,
    energy,
    results_of_day,
    results_of_month,
)
from tests.allocation.world import DAY, MONTH, PRODUCTION, Allocation, Coop

OCTOBER = Month.parse(MONTH)
PRM = Prm("99000000000001")


@pytest.fixture
async def database(allocation: Allocation) -> AsyncIterator[Database]:
    async with allocation.platform.database("allocation") as database:
        yield database


@pytest.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    async with database.transaction() as session:
        yield session


async def test_the_curves_of_a_day_are_kept(allocation: Allocation, session: AsyncSession) -> None:
    coop = Coop()
    curves = [
        curve(coop.anna_home, CONSUMED, [None] + [12_000] * 47),
        curve(coop.anna_home, SHARED, 9_000),
        curve(coop.roof, PRODUCED, 27_000, step_min=60),
    ]
    await allocation.tell(results_of_day(coop, curves, definitive=False))

    kept = await dso_results.list_curves(session, coop.operation_id, DAY)

    assert {DsoCurvePart(**vars(dso_curve)).model_dump_json() for dso_curve in kept} == {
        event.model_dump_json() for event in curves
    }
    assert [dso_curve.prm for dso_curve in kept] == sorted(dso_curve.prm for dso_curve in kept)
    days = await dso_results.list_days(session, coop.operation_id, OCTOBER)
    assert days == {DAY: (1, False)}


async def test_a_higher_revision_replaces_the_day_whole_and_a_lower_one_changes_nothing(
    allocation: Allocation, session: AsyncSession
) -> None:
    coop = Coop()
    await allocation.tell(
        results_of_day(coop, [curve(coop.anna_home, SHARED, 1), curve(coop.roof, PRODUCED, 1)]),
        results_of_day(coop, [curve(coop.anna_home, SHARED, 3)], revision=3),
        results_of_day(coop, [curve(coop.anna_home, SHARED, 2)], revision=2, definitive=False),
    )

    (kept,) = await dso_results.list_curves(session, coop.operation_id, DAY)

    assert (kept.prm, set(kept.energy_wmin)) == (coop.anna_home, {3})
    assert await dso_results.list_days(session, coop.operation_id, OCTOBER) == {DAY: (3, True)}


async def test_the_energies_of_a_month_are_kept_and_replaced_whole(
    allocation: Allocation, session: AsyncSession
) -> None:
    coop = Coop()
    first = [
        energy(coop.anna_home, COMPLEMENT, 60_000, tariff_class="HPB"),
        energy(coop.anna_home, COMPLEMENT, 120_000, tariff_class="HCB"),
    ]
    second = energy(coop.anna_home, COMPLEMENT, 180_000)
    await allocation.tell(results_of_month(coop, first))
    kept = await dso_results.find_month(session, coop.operation_id, OCTOBER)
    assert kept is not None
    assert [dso_energy.tariff_class for dso_energy in kept.energies] == ["HCB", "HPB"]

    await allocation.tell(results_of_month(coop, [second], revision=2, definitive=False))

    kept = await dso_results.find_month(session, coop.operation_id, OCTOBER)
    assert kept is not None
    assert (kept.revision, kept.definitive) == (2, False)
    assert [DsoEnergyPart(**vars(dso_energy)) for dso_energy in kept.energies] == [second]


async def test_nothing_is_known_of_a_month_without_results(session: AsyncSession) -> None:
    coop = Coop()
    assert await dso_results.find_month(session, coop.operation_id, OCTOBER) is None
    assert await dso_results.list_days(session, coop.operation_id, OCTOBER) == {}
    assert await dso_results.list_curves(session, coop.operation_id, DAY) == []


async def test_the_command_says_which_months_have_something_new(session: AsyncSession) -> None:
    coop = Coop()
    november = date(2026, 11, 1)
    first = results_of_day(coop, [curve(coop.roof, PRODUCED, 1)])
    other = results_of_day(coop, [curve(coop.roof, PRODUCED, 1, day=november)], day=november)

    assert await record_dso_results(session, [first, other]) == {
        (coop.operation_id, OCTOBER),
        (coop.operation_id, Month(2026, 11)),
    }
    assert await record_dso_results(session, [first]) == set()


async def test_a_day_of_25_hours_has_its_hundred_quarters(
    allocation: Allocation, session: AsyncSession
) -> None:
    coop, day = Coop(), date(2026, 10, 25)
    quarters = curve(coop.roof, PRODUCED, list(range(100)), day=day, step_min=15)
    await allocation.tell(results_of_day(coop, [quarters], day=day))
    (kept,) = await dso_results.list_curves(session, coop.operation_id, day)
    assert list(kept.energy_wmin) == list(range(100))


@pytest.mark.parametrize(
    ("curves", "energies"),
    [
        ([curve(PRM, SHARED, [1] * 47)], []),
        ([curve(PRM, SHARED, -1)], []),
        ([curve(PRM, SHARED, 10**12 + 1)], []),
        ([curve(PRM, SHARED, 1), curve(PRM, SHARED, 2)], []),
        ([curve(PRM, CONSUMED, 1).model_copy(update={"direction": PRODUCTION})], []),
        ([curve(PRM, SHARED, [1] * 72, step_min=20).model_copy(update={"step_min": 7})], []),
        ([], [energy(PRM, SHARED, 1)]),
    ],
)
async def test_results_that_break_the_contract_are_parked_and_stop_nobody(
    allocation: Allocation,
    session: AsyncSession,
    curves: Sequence[DsoCurvePart],
    energies: Sequence[DsoEnergyPart],
) -> None:
    coop = Coop()
    broken = results_of_day(coop, curves).model_copy(update={"energies": list(energies)})
    good = results_of_day(coop, [curve(coop.roof, PRODUCED, 1)], day=date(2026, 10, 13))

    await allocation.tell(broken, good)

    parked = await allocation.query("SELECT error FROM parked WHERE event_id = :id", id=broken.id)
    assert parked[0]["error"].startswith("AssertionError")
    days = await dso_results.list_days(session, coop.operation_id, OCTOBER)
    assert list(days) == [date(2026, 10, 13)]


async def test_energies_that_break_the_contract_are_parked(
    allocation: Allocation, session: AsyncSession
) -> None:
    coop = Coop()
    events: list[DsoResultsRecorded] = [
        results_of_month(coop, [energy(PRM, SHARED, -1)]),
        results_of_month(coop, [energy(PRM, SHARED, 1), energy(PRM, SHARED, 2)], revision=2),
        results_of_month(coop, [], revision=3).model_copy(update={"month": "2026-13"}),
        results_of_month(coop, [], revision=4).model_copy(
            update={"curves": [curve(PRM, SHARED, 1)]}
        ),
    ]
    await allocation.tell(*events)

    ids = [str(event.id) for event in events]
    parked = await allocation.query(
        "SELECT event_id FROM parked WHERE event_id = ANY (CAST(:ids AS uuid[]))", ids=ids
    )
    assert {str(event["event_id"]) for event in parked} == set(ids)
    assert await dso_results.find_month(session, coop.operation_id, OCTOBER) is None
