"""Why a month is not settled is told by the pre-flight, with the days, as by runs and drafts."""

from dataclasses import replace

import httpx

from libs.common.calendar import Month
from libs.common.events.allocation import MissingSteps
from libs.common.ids import Direction
from tests.billing.held_up import held_up
from tests.billing.runs import carry_out, energies, preflight, start
from tests.billing.world import KWH_WMIN, Billing, Coop


async def test_what_holds_up_the_days_of_a_month_is_named_until_it_is_settled(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    november = replace(coop, month=Month(2026, 11))
    roof, anna = (
        MissingSteps(prm=prm, direction=direction, steps=4)
        for prm, direction in (
            (coop.roof, Direction.PRODUCTION),
            (coop.anna_home, Direction.CONSUMPTION),
        )
    )
    await billing.tell(
        *(held_up(coop, day, "incomplete", missing=[roof, anna]) for day in (1, 2)),
        held_up(coop, 3, "no_key"),
        held_up(coop, 4, "key_incomplete", key_missing_steps=5),
        held_up(coop, 5, "failed"),
        held_up(coop, 6, "incomplete", missing=[roof], missing_points=51),
    )
    # The first day is allocated after all; the second was told of before, but that came late.
    await billing.tell(held_up(coop, 1, "allocated", minute=2))
    await billing.tell(held_up(coop, 2, "allocated", minute=0))

    before = await preflight(operator, coop, "2026-11")
    run = await start(operator, coop, "2026-11")
    drafts = await operator.post(f"{november.month_url}/drafts")

    rows = [
        (blocker["code"], blocker.get("prm"), blocker.get("days")) for blocker in before["blockers"]
    ]
    assert rows == [
        ("settlement-missing", None, None),
        ("readings-incomplete", coop.roof, ["2026-11-02", "2026-11-06"]),
        ("readings-incomplete", coop.anna_home, ["2026-11-02"]),
        ("readings-incomplete", None, ["2026-11-06"]),
        ("key-missing", None, ["2026-11-03"]),
        ("key-missing", None, ["2026-11-04"]),
        ("allocation-failed", None, ["2026-11-05"]),
    ]
    assert run["problem"]["blockers"] == drafts.json()["blockers"] == before["blockers"]
    await billing.tell(november.settlement(energies(coop, november.month, KWH_WMIN)))
    assert (await preflight(operator, coop, "2026-11"))["ready"]
    run = await carry_out(operator, run, "again")
    assert run["state"] == "review"
