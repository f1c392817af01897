"""What a payout does not pay: to a closed account, of customers' credits, of a reserve."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.billing.money import (
    collect,
    issued_by_customer,
    payments_url,
    read_collection,
    record_mandate,
    set_creditor,
)
from tests.billing.payouts import paid_out, pay_out, previewed, two_payees
from tests.billing.statements import bank_tells, booked
from tests.billing.world import Billing, Coop


async def collector_of(
    operator: httpx.AsyncClient, coop: Coop
) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """Bruno's association collects for the seller: the invoices, and its account."""
    invoices = await issued_by_customer(operator, coop, terms_days=0)
    association = await set_creditor(operator, coop.bruno, name="Les Voisins")
    await set_creditor(operator, coop.seller, ics=None, collected_by=str(coop.bruno))
    return invoices, association


async def debit(operator: httpx.AsyncClient, coop: Coop, *, days_ago: int = 0) -> str:
    """Anna's direct debit arrives; its end-to-end id."""
    made = (await collect(operator, coop.bruno)).json()
    (item,) = (await read_collection(operator, coop.bruno, made["id"]))["items"]
    association = (await operator.get(payments_url(coop.bruno, "creditor"))).json()
    end_to_end_id = UUID(item["id"]).hex
    said = booked(372, end_to_end_id=end_to_end_id, days_ago=days_ago)
    assert await bank_tells(operator, association, said) == (1, 1)
    return end_to_end_id


async def keep(operator: httpx.AsyncClient, coop: Coop, share_percent: int, days: int) -> None:
    url = payments_url(coop.bruno, "payout-reserve")
    body = {"share_percent": share_percent, "days": days}
    answer = await operator.put(url, json=body)
    assert (answer.status_code, answer.json()) == (200, body), answer.text
    assert (await operator.get(url)).json() == body


@pytest.mark.parametrize("by", ["statement", "rejection"])
async def test_nothing_more_is_paid_to_an_account_from_which_money_came_back(
    billing: Billing, operator: httpx.AsyncClient, by: str
) -> None:
    ours, _, association = await two_payees(billing, operator)
    url, of_cents = await paid_out(operator, ours)
    end_to_end_id = UUID(of_cents[200]["id"]).hex
    if by == "statement":
        await bank_tells(operator, association, booked(-200, end_to_end_id=end_to_end_id))
        back = booked(200, end_to_end_id=end_to_end_id, reason="AC04")
        await bank_tells(operator, association, back)
    else:
        refusal = {"reason": "AC04"}
        await operator.post(f"{url}/items/{of_cents[200]['id']}/rejection", json=refusal)

    refused = (await pay_out(operator, ours.bruno)).json()

    skipped = {
        "payee_id": str(ours.seller),
        "name": "Payee 200",
        "owed_cents": 200,
        "reason": "account-blocked",
    }
    assert (refused["type"], refused["skipped"]) == ("/problems/nothing-to-pay-out", [skipped])
    await bank_tells(
        operator, association, booked(-300, end_to_end_id=UUID(of_cents[300]["id"]).hex)
    )
    payee = (await previewed(operator, ours.bruno))["Payee 200"]
    shown = (payee["owed_cents"], payee["payable_cents"], payee["not_paid"], payee["blocked_by"])
    assert shown == (200, 0, "account-blocked", "AC04")
    # Another account is in use.
    await set_creditor(operator, ours.seller, name="Payee 200", collected_by=str(ours.bruno))
    made = (await pay_out(operator, ours.bruno)).json()
    assert (made["total_cents"], made["skipped"]) == (200, [])


async def test_a_closed_account_is_skipped_and_the_others_are_paid(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    ours, _, _ = await two_payees(billing, operator)
    url, of_cents = await paid_out(operator, ours)
    for item, reason in ((of_cents[200], "AC04"), (of_cents[300], "AM05")):
        answer = await operator.post(f"{url}/items/{item['id']}/rejection", json={"reason": reason})
        assert answer.status_code == 200, answer.text

    made = (await pay_out(operator, ours.bruno)).json()

    assert made["total_cents"] == 300
    (skipped,) = made["skipped"]
    assert (skipped["name"], skipped["reason"], skipped["blocked_by"]) == (
        "Payee 200",
        "account-blocked",
        "AC04",
    )


async def test_what_customers_are_owed_is_not_paid_out(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices, association = await collector_of(operator, coop)
    # Anna pays 1.28 € too much.
    paid = booked(500, remittance=invoices["Anna"]["number"])
    await bank_tells(operator, association, paid)

    payee = (await previewed(operator, coop.bruno))["Soleils SAS"]
    made = (await pay_out(operator, coop.bruno)).json()

    sums = ("collected_cents", "owed_cents", "credits_cents", "reserve_cents", "payable_cents")
    assert [payee[name] for name in sums] == [500, 500, 128, 0, 372]
    assert made["total_cents"] == 372
    # What is kept alone is never paid out.
    after = (await previewed(operator, coop.bruno))["Soleils SAS"]
    assert (after["before_cents"], after["collected_cents"], after["payable_cents"]) == (128, 0, 0)
    refused = (await pay_out(operator, coop.bruno)).json()
    assert [skip["reason"] for skip in refused["skipped"]] == ["withheld"]


@pytest.mark.parametrize(
    ("share_percent", "days", "days_ago", "kept_cents"),
    [(0, 56, 0, 0), (5, 56, 0, 19), (100, 14, 13, 372), (100, 14, 14, 0), (100, 0, 0, 0)],
)
async def test_a_share_of_recent_direct_debits_is_kept_for_some_days(
    operator: httpx.AsyncClient,
    coop: Coop,
    *,
    share_percent: int,
    days: int,
    days_ago: int,
    kept_cents: int,
) -> None:
    await collector_of(operator, coop)
    await record_mandate(operator, coop.bruno, coop.anna)
    await debit(operator, coop, days_ago=days_ago)

    await keep(operator, coop, share_percent, days)

    payee = (await previewed(operator, coop.bruno))["Soleils SAS"]
    assert (payee["reserve_cents"], payee["payable_cents"]) == (kept_cents, 372 - kept_cents)
    answer = (await pay_out(operator, coop.bruno)).json()
    assert answer.get("total_cents", 0) == 372 - kept_cents


async def test_a_reserve_is_used_up_by_a_return_and_released_with_time(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices, association = await collector_of(operator, coop)
    await record_mandate(operator, coop.bruno, coop.anna)
    end_to_end_id = await debit(operator, coop)
    paid = booked(200, remittance=invoices["Bruno"]["number"])
    await bank_tells(operator, association, paid)
    await keep(operator, coop, 50, 56)
    assert (await pay_out(operator, coop.bruno)).json()["total_cents"] == 200 + 186

    await bank_tells(
        operator, association, booked(-372, end_to_end_id=end_to_end_id, reason="AM04")
    )

    # 1.86 € more than was kept went back: the seller owes it, and is paid nothing.
    payee = (await previewed(operator, coop.bruno))["Soleils SAS"]
    sums = ("before_cents", "returned_cents", "owed_cents", "reserve_cents", "payable_cents")
    assert [payee[name] for name in sums] == [186, 372, -186, 0, 0]
    assert (await pay_out(operator, coop.bruno)).json()["skipped"] == []


async def test_what_a_cancelled_payout_listed_is_listed_by_the_next(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices, association = await collector_of(operator, coop)
    await bank_tells(operator, association, booked(200, remittance=invoices["Anna"]["number"]))
    first = (await pay_out(operator, coop.bruno)).json()
    url = payments_url(coop.bruno, "payouts", first["id"])
    assert (await operator.post(f"{url}/cancellation")).status_code == 200

    payee = (await previewed(operator, coop.bruno))["Soleils SAS"]

    sums = ("before_cents", "collected_cents", "earlier_transfers_cents", "payable_cents")
    assert [payee[name] for name in sums] == [0, 200, 0, 200]
    assert (await pay_out(operator, coop.bruno)).json()["total_cents"] == 200
    # The bank sends it back, for a reason that another try may help.
    second = (await operator.get(payments_url(coop.bruno, "payouts"))).json()
    (made,) = [payout for payout in second if payout["cancelled_on"] is None]
    url = payments_url(coop.bruno, "payouts", made["id"])
    (item,) = (await operator.get(url)).json()["items"]
    await operator.post(f"{url}/items/{item['id']}/rejection", json={"reason": "AM05"})
    payee = (await previewed(operator, coop.bruno))["Soleils SAS"]
    assert [payee[name] for name in sums] == [0, 0, 200, 200]


async def test_a_preview_needs_an_account_to_pay_from(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    answer = await operator.get(payments_url(coop.seller, "payout-preview"))

    assert answer.json()["type"] == "/problems/creditor-missing"
