"""The DSO's energies of a month by tariff class: what consumers shared of each is settled."""

from collections.abc import Mapping

import httpx

from libs.common.events.allocation import SettlementClosed, SettlementDetailed
from libs.common.events.ingest import DsoEnergyPart
from tests.allocation.dso import COMPLEMENT, CONSUMED, SHARED, energy, results_of_month
from tests.allocation.test_definitive_settlements import (
    OCTOBER_KWH,
    all_but,
    get,
    of_month,
    revised,
)
from tests.allocation.world import Allocation, Coop


def by_class(coop: Coop, of_anna: Mapping[str, int]) -> list[DsoEnergyPart]:
    """October, Anna's shared kWh by tariff class in place of one class for all hours."""
    energies = of_month(coop, {name: kwh for name, kwh in OCTOBER_KWH.items() if name != "anna"})
    return [
        *energies,
        *(
            energy(coop.anna_home, SHARED, 60_000 * kwh, tariff_class=tariff_class)
            for tariff_class, kwh in of_anna.items()
        ),
    ]


async def test_the_classes_of_the_dso_s_energies_are_frozen_and_published(
    allocation: Allocation, operator: httpx.AsyncClient, of_dso: Coop
) -> None:
    energies = by_class(of_dso, {"HPB": 200, "HCB": 24, "HPH": 0})
    await allocation.tell(results_of_month(of_dso, energies))

    settlement = (await of_dso.close(operator)).json()

    classes = {point["prm"]: point["shared_wmin"] for point in settlement["tariff_classes"]}
    assert classes == {
        of_dso.anna_home: {"HCB": 24 * 60_000, "HPB": 200 * 60_000},
        of_dso.bruno_home: {"P": 447 * 60_000},
    }
    (closed,) = await allocation.published(SettlementClosed, of_dso.operation_id)
    published = {point.prm: point.shared_by_class_wmin for point in closed.points}
    assert published == {**classes, of_dso.roof: {}}
    assert (await get(operator, of_dso, "1/verification"))["matches"]


async def test_a_month_settled_by_half_hours_has_the_classes_of_its_energies_too(
    allocation: Allocation, operator: httpx.AsyncClient, of_dso: Coop
) -> None:
    await allocation.tell(*all_but(of_dso))
    without = (await of_dso.close(operator)).json()
    assert without["tariff_classes"] == []
    energies = by_class(of_dso, {"HPB": 200, "HCB": 24})
    await allocation.tell(results_of_month(of_dso, energies))

    settlement = (await of_dso.close(operator)).json()

    assert settlement["number"] == 2
    assert settlement["step_hashes"] == without["step_hashes"]
    assert settlement["pairs"] == without["pairs"]
    # By its curves Anna shared 223.5 kWh, by its energies 224.
    classes = {point["prm"]: point["shared_wmin"] for point in settlement["tariff_classes"]}
    assert classes == {
        of_dso.anna_home: {"HCB": 1_436_786, "HPB": 11_973_214},
        of_dso.bruno_home: {"P": 447 * 60_000},
    }
    for number in (1, 2):
        assert (await get(operator, of_dso, f"{number}/verification"))["matches"]
    details = await allocation.published(SettlementDetailed, of_dso.operation_id)
    assert all(None not in pair.first_half_hour for event in details for pair in event.pairs)


async def test_energies_that_may_still_change_give_no_classes(
    allocation: Allocation, operator: httpx.AsyncClient, of_dso: Coop
) -> None:
    energies = by_class(of_dso, {"HPB": 200, "HCB": 24})
    await allocation.tell(results_of_month(of_dso, energies, definitive=False), *all_but(of_dso))
    settlement = (await of_dso.close(operator)).json()
    assert (settlement["tariff_classes"], settlement["inputs"]["dso_month"]) == ([], None)


async def test_energy_that_moves_between_classes_settles_the_month_anew(
    allocation: Allocation, operator: httpx.AsyncClient, of_dso: Coop
) -> None:
    await allocation.tell(results_of_month(of_dso, by_class(of_dso, {"HPB": 200, "HCB": 24})))
    await of_dso.close(operator)
    moved = by_class(of_dso, {"HPB": 199, "HCB": 25})
    await allocation.tell(results_of_month(of_dso, moved, revision=2))

    assert [row["number"] for row in await of_dso.settlements(operator)] == [1, 2]
    (event,) = await revised(allocation, of_dso)
    assert event.differences == []


async def test_what_is_left_of_each_class_tells_what_was_shared(
    allocation: Allocation, operator: httpx.AsyncClient, of_dso: Coop
) -> None:
    """Without Anna's shared energies: 298 kWh were used, of which her supplier delivered 74."""
    kwh = {"HPB": (198, 74), "HCB": (100, None)}
    energies = [
        energy(of_dso.anna_home, quantity, 60_000 * amount, tariff_class=name)
        for name, amounts in kwh.items()
        for quantity, amount in zip((CONSUMED, COMPLEMENT), amounts, strict=True)
        if amount is not None
    ]
    others = {name: kwh for name, kwh in OCTOBER_KWH.items() if not name.startswith("anna")}
    await allocation.tell(results_of_month(of_dso, [*of_month(of_dso, others), *energies]))

    settlement = (await of_dso.close(operator)).json()

    classes = {point["prm"]: point["shared_wmin"] for point in settlement["tariff_classes"]}
    assert classes[of_dso.anna_home] == {"HCB": 100 * 60_000, "HPB": 124 * 60_000}
