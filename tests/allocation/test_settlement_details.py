"""The half-hours of a settlement are told with it.

In every half-hour the roof makes 27,000 watt-minutes, Anna uses 12,000 and Bruno 24,000: by the
default key she gets 9,000 and he 18,000.
"""

from datetime import date

import httpx

from libs.common.events.allocation import SettlementClosed, SettlementDetailed
from tests.allocation.dso import results_of_month
from tests.allocation.test_definitive_settlements import (
    OCTOBER_KWH,
    all_but,
    at_ten,
    choose,
    of_month,
    results,
)
from tests.allocation.world import DAY, OCTOBER, Allocation, Coop

USUAL = [9000] * 48


async def details(allocation: Allocation, coop: Coop) -> list[SettlementDetailed]:
    return list(await allocation.published(SettlementDetailed, coop.operation_id))


def days_of_anna(detailed: SettlementDetailed, coop: Coop) -> dict[date, list[int]]:
    (pair,) = [pair for pair in detailed.pairs if pair.consumer == coop.anna_home]
    assert pair.producer == coop.roof
    return dict(zip(OCTOBER, pair.energy_wmin, strict=True))


async def test_a_settlement_is_told_by_half_hour_too(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await ready.close(operator)

    (detailed,) = await details(allocation, ready)
    (closed,) = await allocation.published(SettlementClosed, ready.operation_id)
    assert (detailed.month, detailed.number) == (closed.month, closed.number)
    assert (detailed.part, detailed.parts) == (1, 1)
    by_day = days_of_anna(detailed, ready)
    assert by_day[DAY] == USUAL
    # The hour from 02:00 is there twice on the day when the clocks go back.
    assert by_day[date(2026, 10, 25)] == [9000] * 4 + [18_000] * 2 + [9000] * 42
    assert [[sum(day) for day in pair.energy_wmin] for pair in detailed.pairs] == [
        pair.energy_wmin for pair in closed.pairs
    ]


async def test_settling_again_publishes_the_same_half_hours(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    """For a service that lost them; the ids are the same, so nothing is counted twice."""
    await ready.close(operator)
    (first,) = await details(allocation, ready)

    assert (await ready.close(operator)).status_code == 200

    published = await allocation.published(SettlementDetailed, ready.operation_id)
    assert len(published) == 2
    assert {event.model_dump_json() for event in published} == {first.model_dump_json()}


async def test_a_corrected_settlement_has_half_hours_of_its_own(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await ready.close(operator)
    low_at_ten = [400] * 20 + [100] + [400] * 27
    await allocation.tell(ready.readings(anna=low_at_ten, revision=2))

    first, second = await details(allocation, ready)

    assert (first.number, second.number) == (1, 2)
    assert days_of_anna(second, ready)[DAY] == at_ten(3000, 9000)


async def test_the_dso_s_curves_are_told_by_half_hour(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await choose(operator, ready, settle_from="dso_results")
    other = results(ready, anna=at_ten(8940, 9000), bruno=at_ten(18_060, 18_000))
    await allocation.tell(other, *all_but(ready, DAY))
    await ready.close(operator)

    detailed = (await details(allocation, ready))[-1]

    assert days_of_anna(detailed, ready)[DAY] == at_ten(8940, 9000)


async def test_half_hours_of_the_dso_s_energies_of_a_month_are_not_known(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await choose(operator, ready, settle_from="dso_results")
    await allocation.tell(results_of_month(ready, of_month(ready, OCTOBER_KWH)))
    await ready.close(operator)

    detailed = (await details(allocation, ready))[-1]

    (closed, *_) = reversed(await allocation.published(SettlementClosed, ready.operation_id))
    assert detailed.number == closed.number
    for pair, settled in zip(detailed.pairs, closed.pairs, strict=True):
        assert pair.first_half_hour == [None] * 31
        assert pair.energy_wmin == [[energy_wmin] for energy_wmin in settled.energy_wmin]
