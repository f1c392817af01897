"""What is sold to households is summed, closed and sent, as the books have it."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

import httpx
import pytest

from libs.common.calendar import Month
from tests.billing.einvoicing.sending import Sending
from tests.billing.world import Billing, Coop, issue, price
from tests.support.waiting import until

SEPTEMBER = Month(2026, 9)


@pytest.fixture
async def sold(billing: Billing, operator: httpx.AsyncClient) -> Coop:
    """September is issued on the 5th of October: 30 kWh at 0.10 € to each of two households."""
    return await sold_in_september(billing, operator)


async def sold_in_september(billing: Billing, operator: httpx.AsyncClient, **profile: str) -> Coop:
    coop = Coop(month=SEPTEMBER)
    energies = {pair: wmin[:30] for pair, wmin in coop.energies_wmin.items()}
    await billing.tell(*coop.members(), coop.perimeter(), coop.settlement(energies))
    await coop.price(operator)
    await coop.decide_taxes(operator, **profile)
    answer = await issue(operator, await coop.draft(operator), "2026-10-05")
    assert answer.status_code == 200, answer.text
    return coop


def url(member_id: UUID, *parts: str) -> str:
    return "/".join(["/billing/issuers", str(member_id), "e-reporting", *parts])


async def sums(client: httpx.AsyncClient, coop: Coop, period: str = "2026-10") -> dict[str, Any]:
    answer = await client.get(url(coop.seller), params={"period": period})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def credit(client: httpx.AsyncClient, coop: Coop, issue_date: str) -> dict[str, Any]:
    """All of the first invoice."""
    listed = await client.get("/billing/invoices", params={"operation_id": coop.operation_id})
    invoice = next(report for report in listed.json() if report["kind"] == "invoice")
    draft = await client.post(
        f"/billing/invoices/{invoice['id']}/credit-notes", json={"reason": "Wrong address"}
    )
    answer = await issue(client, [draft.json()], issue_date)
    assert answer.status_code == 200, answer.text
    return dict(invoice)


DAY = {
    "day": "2026-10-05",
    "category": "TLB1",
    "transactions": 2,
    "base_cents": 600,
    "vat_cents": 120,
    "rates": [{"rate": "0.2", "transactions": 2, "base_cents": 600, "vat_cents": 120}],
}


async def test_sales_to_households_are_summed_by_day_less_what_was_credited(
    operator: httpx.AsyncClient, sold: Coop
) -> None:
    before = await sums(operator, sold)
    await credit(operator, sold, "2026-10-20")

    after = await sums(operator, sold)
    second = await sums(operator, sold, "2026-10-2")

    assert before["days"] == [DAY]
    assert (before["frequency"], before["is_certain"]) == ("month", False)
    assert before["why"] == "size-unstated"
    back = {"transactions": 1, "base_cents": -300, "vat_cents": -60}
    returned = {"day": "2026-10-20", "category": "TLB1", **back, "rates": [{"rate": "0.2", **back}]}
    assert after["days"] == [DAY, returned]
    assert second["days"] == [returned]
    assert (await sums(operator, sold, "2026-09"))["days"] == []


async def test_the_sums_are_those_of_the_books(operator: httpx.AsyncClient, sold: Coop) -> None:
    await credit(operator, sold, "2026-10-20")

    days = (await sums(operator, sold))["days"]

    answer = await operator.get(f"/billing/issuers/{sold.seller}/balances", params={"year": 2026})
    balances: Counter[str] = Counter()
    for balance in answer.json():
        balances[balance["account"][:3]] += balance["balance_cents"]
    assert sum(day["base_cents"] for day in days) == -balances["701"]
    assert sum(day["vat_cents"] for day in days) == -balances["445"]


async def test_a_period_is_closed_its_file_recorded_and_what_changes_reported_again(
    operator: httpx.AsyncClient, sold: Coop
) -> None:
    first = (await operator.post(url(sold.seller, "2026-10"))).json()

    async def submissions() -> Any:  # noqa: ANN401 - JSON
        return (await operator.get(f"/billing/issuers/{sold.seller}/submissions")).json()

    def recorded(seen: Any, number: int) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
        files = [report for report in seen if report["state"] == "recorded"]
        return [file for file in files if file["sent"]["file_name"].endswith(f"_{number}.json")]

    seen = await until("the first file is recorded", submissions, lambda seen: recorded(seen, 1))
    (kept,) = recorded(seen, 1)
    same = await sums(operator, sold)
    await credit(operator, sold, "2026-10-20")
    changed = await sums(operator, sold)

    second = (await operator.post(url(sold.seller, "2026-10"))).json()

    assert first["file"]["days"] == [DAY]
    assert (first["number"], first["submission"]["channel"]) == (1, "b2c")
    assert kept["sent"]["sha256"] == first["content_hash"]
    assert kept["sent"]["number"] == "2026-10"
    assert (same["is_outdated"], changed["is_outdated"]) == (False, True)
    assert (second["number"], len(second["file"]["days"])) == (2, 2)
    await until("the second file is recorded", submissions, lambda seen: recorded(seen, 2))
    again = await sums(operator, sold)
    assert not again["is_outdated"]
    assert [report["number"] for report in again["closed"]] == [1, 2]


async def test_nothing_is_not_reported(operator: httpx.AsyncClient, coop: Coop) -> None:
    answer = await operator.post(url(coop.seller, "2026-10"))

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/nothing-to-report"


async def test_a_report_that_is_on_its_way_is_not_made_twice(
    sending: Sending, staff: httpx.AsyncClient
) -> None:
    coop = await sold_in_september(sending.billing, staff)
    assert (await staff.post(url(coop.seller, "2026-10"))).status_code == 202

    waiting = await staff.post(url(coop.seller, "2026-10"))
    await sending.deliver()
    again = await staff.post(url(coop.seller, "2026-10"))

    assert waiting.json()["type"] == "/problems/nothing-to-report"
    assert again.status_code == 202
    assert again.json()["number"] == 1
    assert again.json()["submission"]["state"] == "queued"


async def test_of_two_who_close_a_period_at_once_one_makes_the_report(
    sending: Sending, staff: httpx.AsyncClient
) -> None:
    coop = await sold_in_september(sending.billing, staff)

    answers = await asyncio.gather(*(staff.post(url(coop.seller, "2026-10")) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [202, 409, 409, 409]
    assert [report["number"] for report in (await sums(staff, coop))["closed"]] == [1]


async def test_periods_are_those_of_the_seller_and_do_not_overlap(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await sold_in_september(billing, operator, vat_returns="monthly")
    other = await operator.post(url(coop.seller, "2026-10"))
    ten_days = await operator.post(url(coop.seller, "2026-10-1"))
    await coop.decide_taxes(operator, valid_from="2025-06-01", vat_returns="quarterly")
    month = await operator.post(url(coop.seller, "2026-10"))

    assert other.json()["type"] == "/problems/period-of-other-frequency"
    assert other.json()["period"] == "2026-10-1"
    assert ten_days.status_code == 202
    assert month.json()["type"] == "/problems/period-reported-otherwise"


async def test_a_period_that_was_reported_is_replaced_also_by_who_reports_by_others_now(
    operator: httpx.AsyncClient, sold: Coop
) -> None:
    first = await operator.post(url(sold.seller, "2026-10"))
    await sold.decide_taxes(operator, valid_from="2025-06-01", vat_returns="monthly")
    await credit(operator, sold, "2026-10-20")

    second = await operator.post(url(sold.seller, "2026-10"))
    ten_days = await operator.post(url(sold.seller, "2026-10-1"))

    assert (first.status_code, second.status_code) == (202, 202)
    assert second.json()["number"] == 2
    assert ten_days.json()["type"] == "/problems/period-reported-otherwise"


async def test_a_period_that_is_not_over_is_not_reported(
    operator: httpx.AsyncClient, sold: Coop
) -> None:
    answer = await operator.post(url(sold.seller, "2199-01"))

    assert answer.json()["type"] == "/problems/period-not-over"
    assert answer.json()["first_day"] == "2199-02-01"


async def test_a_period_that_is_none_is_refused(operator: httpx.AsyncClient, sold: Coop) -> None:
    for answer in (
        await operator.get(url(sold.seller), params={"period": "2026-Q4"}),
        await operator.post(url(sold.seller, "2026-Q4")),
    ):
        assert answer.status_code == 422
        assert answer.json()["type"] == "/problems/report-period-malformed"


async def test_who_pays_no_vat_reports_two_months_at_rate_zero(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = Coop(month=SEPTEMBER)
    energies = {pair: wmin[:30] for pair, wmin in coop.energies_wmin.items()}
    await billing.tell(*coop.members(), coop.perimeter(), coop.settlement(energies))
    mention = "TVA non applicable, art. 293 B du CGI"
    await coop.price(operator, price(vat_rate="0", vat_mention=mention))
    await coop.decide_taxes(operator, vat_regime="franchise")
    answer = await issue(operator, await coop.draft(operator), "2026-10-05")
    assert answer.status_code == 200, answer.text

    report = await sums(operator, coop, "2026-09-two")

    assert report["frequency"] == "two-months"
    (day,) = report["days"]
    assert day["rates"] == [{"rate": "0", "transactions": 2, "base_cents": 600, "vat_cents": 0}]


async def test_sums_are_for_those_who_read_the_books_and_reports_for_those_who_keep_them(
    billing: Billing, sold: Coop
) -> None:
    async def statuses(role: str, **claims: object) -> tuple[int, int]:
        async with billing.client(role, **claims) as client:
            read = await client.get(url(sold.seller), params={"period": "2026-10"})
            made = await client.post(url(sold.seller, "2026-10"))
        return read.status_code, made.status_code

    assert await statuses("organiser", operations=["ACC99999999"]) == (403, 403)
    assert await statuses("member", member_id=str(sold.anna)) == (403, 403)
    assert await statuses("member", member_id=str(sold.seller)) == (200, 403)
    assert await statuses("feed") == (403, 403)
    assert await statuses("organiser", operations=[sold.operation_id]) == (200, 202)
