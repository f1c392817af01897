"""Lists about money are read page by page: nothing comes twice, and nothing is lost."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.billing.domain.payments.banking_days import next_banking_day
from tests.billing.money import (
    collect,
    collection_day,
    issued_by_customer,
    paying_coop,
    payments_url,
    record_mandate,
    set_creditor,
    today,
)
from tests.billing.payouts import two_payees
from tests.billing.runs import start
from tests.billing.statements import assigned, bank_tells, booked
from tests.billing.world import Billing, Coop, coop_with_buyers, issue
from tests.support.pages import read_pages


async def _changed(client: httpx.AsyncClient, method: str, url: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
    answer = await client.request(method, url, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def _in_two_pages(
    client: httpx.AsyncClient, url: str, *, key: str = "id", **params: str
) -> list[Any]:
    """The keys of the three rows of a list, in its order."""
    pages = await read_pages(client, url, limit=2, key=key, **params)
    assert [len(page) for page in pages] == [2, 1]
    return [row[key] for page in pages for row in page]


def _newest_first(made: list[tuple[str, date]]) -> list[str]:
    """Those of one day by id."""
    return [row_id for row_id, _ in sorted(made, key=lambda row: (-row[1].toordinal(), row[0]))]


async def test_mandates_of_a_creditor_are_pages_by_rum(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await set_creditor(operator, coop.seller)
    second = await record_mandate(operator, coop.seller, coop.anna, rum="ELO-2")
    url = payments_url(coop.seller, "mandates", second["id"], "revocation")
    await _changed(operator, "POST", url)
    first = await record_mandate(operator, coop.seller, coop.bruno, rum="ELO-1")
    third = await record_mandate(operator, coop.seller, coop.anna, rum="ELO-3")

    listed = await _in_two_pages(operator, payments_url(coop.seller, "mandates"))

    assert listed == [first["id"], second["id"], third["id"]]


async def test_own_mandates_are_pages_by_rum_also_where_creditors_chose_the_same_one(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    made = []
    for rum in ("ELO-1", "ELO-1", "ELO-0"):
        other = Coop(anna=coop.anna)
        await billing.tell(*other.members())
        await set_creditor(operator, other.seller)
        mandate = await record_mandate(operator, other.seller, coop.anna, rum=rum)
        made.append((mandate["rum"], mandate["id"]))
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        assert await _in_two_pages(anna, "/billing/mandates") == [
            mandate_id for _, mandate_id in sorted(made)
        ]

        others = await record_mandate(operator, other.seller, coop.bruno)
        answer = await anna.get("/billing/mandates", params={"after": others["id"]})

    assert answer.json()["type"] == "/problems/mandate-unknown"


async def test_collections_are_pages_with_the_newest_day_first(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, _ = await paying_coop(billing, operator)
    first_day = collection_day()
    later = next_banking_day(first_day + timedelta(days=1))
    made = []
    for day in (first_day, later, first_day):
        body = (await collect(operator, coop.seller, collection_date=f"{day}")).json()
        url = payments_url(coop.seller, "collections", body["id"], "cancellation")
        await _changed(operator, "POST", url)
        made.append((body["id"], day))

    listed = await _in_two_pages(operator, payments_url(coop.seller, "collections"))

    assert listed == _newest_first(made)


async def test_payouts_are_pages_with_the_newest_day_first(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, _ = await two_payees(billing, operator)
    first_day = next_banking_day(today())
    later = next_banking_day(first_day + timedelta(days=1))
    made = []
    for day in (first_day, later, first_day):
        url = payments_url(coop.bruno, "payouts", uuid4())
        line = await _changed(operator, "PUT", url, {"day": f"{day}"})
        await _changed(operator, "POST", f"{url}/cancellation")
        made.append((line["id"], day))

    listed = await _in_two_pages(operator, payments_url(coop.bruno, "payouts"))

    assert listed == _newest_first(made)


async def test_bank_transactions_are_pages_with_the_newest_day_first(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued_by_customer(operator, coop)
    creditor = await set_creditor(operator, coop.seller)
    entries = [booked(cents, days_ago=ago) for cents, ago in ((10, 1), (20, 0), (30, 1))]
    assert await bank_tells(operator, creditor, *entries) == (3, 0)
    url = payments_url(coop.seller, "bank-transactions")
    rows = (await operator.get(url)).json()

    listed = await _in_two_pages(operator, url)

    made = [(row["id"], date.fromisoformat(row["booked_on"])) for row in rows]
    assert listed == _newest_first(made)
    assert await _in_two_pages(operator, url, unmatched="true") == listed
    # Somebody assigns the last one of a page before the next one is read.
    cents = next(row["amount_cents"] for row in rows if row["id"] == listed[1])
    body = assigned(invoices["Anna"]["id"], cents)
    await _changed(operator, "POST", f"{url}/{listed[1]}/assignment", body)
    params = {"unmatched": "true", "after": listed[1]}
    assert [row["id"] for row in (await operator.get(url, params=params)).json()] == listed[2:]


async def test_runs_are_pages_with_the_newest_first(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    other = Coop()
    made = [(await start(operator, coop, "2026-Q4"))["id"] for _ in range(3)]
    elsewhere = await start(operator, other, "2026-Q4")

    listed = await _in_two_pages(operator, "/billing/runs", operation_id=coop.operation_id)

    assert listed == made[::-1]
    params = {"operation_id": coop.operation_id, "after": elsewhere["id"]}
    answer = await operator.get("/billing/runs", params=params)
    assert answer.json()["type"] == "/problems/run-not-found"


async def test_reminders_are_pages_with_the_newest_first(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued_by_customer(operator, coop, terms_days=0)
    creditor = await set_creditor(operator, coop.seller)
    url = payments_url(coop.seller, "reminders")
    await _changed(operator, "POST", url, {"day": "2026-11-12"})
    await bank_tells(operator, creditor, booked(372, remittance=invoices["Bruno"]["number"]))
    await _changed(operator, "POST", url, {"day": "2026-11-26"})

    listed = await _in_two_pages(operator, url)

    anna, bruno = invoices["Anna"]["id"], invoices["Bruno"]["id"]
    assert listed == [f"{anna}-2", *sorted([f"{anna}-1", f"{bruno}-1"])]
    assert (await operator.get(url, params={"after": anna})).status_code == 422


async def test_write_offs_are_pages_by_id_within_a_day(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued_by_customer(operator, coop)
    made = []
    for name, kind in (("Anna", "doubtful"), ("Anna", "lost"), ("Bruno", "lost")):
        url = payments_url(coop.seller, "write-offs", uuid4())
        body = {"invoice_id": invoices[name]["id"], "kind": kind, "reason": "introuvable"}
        made.append((await _changed(operator, "PUT", url, body))["id"])

    listed = await _in_two_pages(operator, payments_url(coop.seller, "write-offs"))

    assert listed == sorted(made)


async def test_open_items_are_pages_by_customer(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = await coop_with_buyers(billing, operator, 3)
    answer = await issue(operator, await coop.draft(operator))
    invoices = {invoice["customer"]["name"]: invoice for invoice in answer.json()}
    customers = [invoices[name]["customer"]["member_id"] for name in sorted(invoices)]
    url = payments_url(coop.seller, "open-items")

    assert await _in_two_pages(operator, url, key="customer_id") == customers

    # The last customer of a page pays before the next one is read.
    creditor = await set_creditor(operator, coop.seller)
    paid = invoices["Buyer 01"]
    await bank_tells(
        operator, creditor, booked(paid["total_incl_vat_cents"], remittance=paid["number"])
    )
    rest = (await operator.get(url, params={"after": customers[1]})).json()
    assert [row["customer_id"] for row in rest] == customers[2:]
    assert len((await operator.get(url)).json()) == 2


@pytest.mark.parametrize(
    ("path", "unknown"),
    [
        ("mandates", "mandate-unknown"),
        ("collections", "collection-unknown"),
        ("payouts", "payout-unknown"),
        ("bank-transactions", "transaction-unknown"),
        ("reminders", "reminder-unknown"),
        ("write-offs", "write-off-unknown"),
        ("open-items", "customer-unknown"),
    ],
)
async def test_a_page_after_what_is_not_in_the_list_is_refused(
    operator: httpx.AsyncClient, coop: Coop, path: str, unknown: str
) -> None:
    after = f"{UUID(int=7)}-1" if path == "reminders" else f"{UUID(int=7)}"

    answer = await operator.get(payments_url(coop.seller, path), params={"after": after})

    assert (answer.status_code, answer.json()["type"]) == (404, f"/problems/{unknown}")
