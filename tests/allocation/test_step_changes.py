"""An operation whose settlement step changes at a date."""

from datetime import date

import httpx

from tests.allocation.world import DAY, Allocation, Coop

_NEXT = date(2026, 10, 13)


async def test_days_before_it_keep_their_step(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await allocation.tell(coop.readings(DAY), coop.readings(_NEXT))

    await allocation.tell(coop.perimeter(revision=2, step_changes={_NEXT: 15}))

    shares = await coop.shares(operator, by="step", prm=coop.anna_home)
    steps = {
        (share["start"][:10], share["step_min"]) for share in shares if "T12" in share["start"]
    }
    assert steps == {("2026-10-12", 30), ("2026-10-13", 15)}
    days = await coop.days(operator)
    assert [days[str(day)]["revision"] for day in (DAY, _NEXT)] == [1, 2]


async def test_halves_of_half_hours_are_told(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    await allocation.tell(coop.perimeter(revision=2, step_changes={DAY: 15}))
    quarters = [900] * 96

    await allocation.tell(
        coop.readings(roof=None),
        coop.readings(roof=quarters, anna=None, bruno=None, step_min=15, revision=2),
    )

    day = await coop.day(operator)
    steps = {row["prm"]: row["steps"] for row in day["reconstructed"]}
    assert steps == {coop.anna_home: 96, coop.bruno_home: 96}
