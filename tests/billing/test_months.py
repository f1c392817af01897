"""How far the bills of operations' months have come, many at once."""

from typing import Any

import httpx

from tests.billing.runs import carry_out, start
from tests.billing.world import Billing, Coop
from tests.support.statements import counted_statements

_PATH = "/billing/months"


async def _bills(client: httpx.AsyncClient, coop: Coop, month: str = "2026-10") -> dict[str, Any]:
    asked = {"operation_id": coop.operation_id, "last_month": month, "count": "1"}
    answer = await client.get(_PATH, params=asked)
    assert answer.status_code == 200, answer.text
    ((only,),) = [operation["months"] for operation in answer.json()]
    assert only["month"] == month
    bills: dict[str, Any] = only["bills"]
    return bills


async def test_a_month_is_drafted_then_issued(operator: httpx.AsyncClient, coop: Coop) -> None:
    nothing = await _bills(operator, coop)
    blocked_run = await start(operator, coop, "2026-10")
    blocked = await _bills(operator, coop)
    await coop.price(operator)
    run = await start(operator, coop, "2026-10")
    drafted = await _bills(operator, coop)
    await carry_out(operator, run, "issue", {"issue_date": "2026-11-05"})
    issued = await _bills(operator, coop)

    assert nothing == {
        "state": "empty",
        "drafts": 0,
        "issued": 0,
        "total_cents": 0,
        "run_id": None,
        "run_state": None,
        "is_gift": False,
    }
    assert (blocked["state"], blocked["run_id"]) == ("blocked", blocked_run["id"])
    assert [drafted[name] for name in ("state", "drafts", "run_state")] == ["partial", 2, "review"]
    assert issued == {
        "state": "complete",
        "drafts": 0,
        "issued": 2,
        "total_cents": 744,
        "run_id": run["id"],
        "run_state": "issued",
        "is_gift": False,
    }


async def test_what_is_of_a_quarter_is_of_each_of_its_months(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    run = await start(operator, coop, "2026-Q4")

    months = [await _bills(operator, coop, month) for month in ("2026-09", "2026-10", "2026-12")]

    assert [month["run_id"] for month in months] == [None, run["id"], run["id"]]


async def test_an_organiser_sees_their_own_with_one_statement(billing: Billing, coop: Coop) -> None:
    async with billing.client("organiser", operations=[coop.operation_id]) as organiser:
        with counted_statements("CROSS JOIN asked") as statements:
            operations = (await organiser.get(_PATH, params={"count": 24})).json()
    async with billing.client("organiser", operations=["ACC00000000"]) as stranger:
        other = await stranger.get(_PATH, params={"operation_id": coop.operation_id})

    assert [operation["operation_id"] for operation in operations] == [coop.operation_id]
    assert len(operations[0]["months"]) == 24
    assert len(statements) == 1
    assert other.status_code == 403
