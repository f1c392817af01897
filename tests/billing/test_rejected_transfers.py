"""Payouts of which the bank refuses a transfer, and statements of a former account."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.billing.money import (
    balances,
    issued_by_customer,
    new_iban,
    payments_url,
    set_creditor,
)
from tests.billing.payouts import items, paid_out, pay_out, two_payees
from tests.billing.statements import bank_tells, booked, send, statement, unmatched
from tests.billing.world import Billing, Coop


async def reject(
    operator: httpx.AsyncClient, url: str, item: dict[str, Any], reason: str = "AM05"
) -> httpx.Response:
    return await operator.post(f"{url}/items/{item['id']}/rejection", json={"reason": reason})


async def assign(operator: httpx.AsyncClient, ours: Coop, item: dict[str, Any]) -> httpx.Response:
    """The only transaction that waits is this transfer."""
    (waiting,) = await unmatched(operator, ours.bruno)
    url = payments_url(ours.bruno, "bank-transactions", waiting["id"], "transfer")
    return await operator.post(url, json={"item_id": item["id"]})


async def test_a_rejected_transfer_is_owed_again_and_the_others_go_on(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    ours, theirs, association = await two_payees(billing, operator)
    url, of_cents = await paid_out(operator, ours)
    refused, executed = of_cents[200], of_cents[300]
    assert (refused["payee_id"], executed["payee_id"]) == (str(ours.seller), str(theirs.seller))
    await bank_tells(operator, association, booked(-300, end_to_end_id=UUID(executed["id"]).hex))

    answer = await reject(operator, url, refused)

    assert answer.status_code == 200, answer.text
    assert (answer.json()["return_reason"], answer.json()["executed_on"]) == ("AM05", None)
    again = await reject(operator, url, refused, "AC01")
    assert again.json() == answer.json()
    assert await balances(operator, ours.bruno) == {"512000": 200, "467000": -200}
    moved = await reject(operator, url, executed)
    assert moved.json()["type"] == "/problems/payout-executed"
    unknown = await reject(operator, url, {"id": uuid4()})
    assert unknown.json()["type"] == "/problems/payout-unknown"
    assert (await operator.post(f"{url}/cancellation")).status_code == 409
    assert (await pay_out(operator, ours.bruno)).json()["total_cents"] == 200


async def test_a_payout_of_which_a_transfer_was_rejected_cannot_be_cancelled(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    ours, _, _ = await two_payees(billing, operator)
    url, of_cents = await paid_out(operator, ours)
    item = of_cents[200]
    await reject(operator, url, item)

    answer = await operator.post(f"{url}/cancellation")

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/payout-executed"


async def test_a_return_that_is_told_before_its_transfer_leaves_the_money_owed(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    ours, _, association = await two_payees(billing, operator)
    url, of_cents = await paid_out(operator, ours)
    item = of_cents[300]
    end_to_end_id = UUID(item["id"]).hex

    both = (
        booked(-300, end_to_end_id=end_to_end_id),
        booked(300, end_to_end_id=end_to_end_id, reason="AM05"),
    )
    assert await bank_tells(operator, association, *both) == (2, 2)

    transfer = {other_item["id"]: other_item for other_item in await items(operator, url)}[
        item["id"]
    ]
    assert transfer["return_reason"] == "AM05"
    assert None not in (transfer["executed_on"], transfer["returned_on"])
    assert await balances(operator, ours.bruno) == {"512000": 500, "467000": -500}
    assert (await pay_out(operator, ours.bruno)).json()["total_cents"] == 300


async def test_a_transfer_of_which_the_bank_gives_no_id_is_assigned_by_hand(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    ours, _, association = await two_payees(billing, operator)
    url, of_cents = await paid_out(operator, ours)
    item = of_cents[200]
    answers = []
    for cents in (-200, 200, 200):
        await bank_tells(operator, association, booked(cents, remittance="SEPA"))
        answers.append(await assign(operator, ours, item))

    assert [answer.status_code for answer in answers] == [200, 200, 409]
    assert answers[0].json()["matched_by"] == "hand"
    assert answers[2].json()["type"] == "/problems/transfer-mismatch"
    transfer = {other_item["id"]: other_item for other_item in await items(operator, url)}[
        item["id"]
    ]
    assert (transfer["executed_on"] is None, transfer["return_reason"]) == (False, "NARR")
    # What came and went leaves what is owed to both.
    assert await balances(operator, ours.bruno) == {"512000": 500, "467000": -500}


async def test_a_transfer_that_is_executed_after_all_is_not_paid_twice(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    ours, _, association = await two_payees(billing, operator)
    url, of_cents = await paid_out(operator, ours)
    item = of_cents[200]
    await reject(operator, url, item)
    late = booked(-200, end_to_end_id=UUID(item["id"]).hex)
    assert await bank_tells(operator, association, late) == (1, 0)

    answer = await assign(operator, ours, item)

    assert answer.status_code == 200, answer.text
    assert (await pay_out(operator, ours.bruno)).json()["type"] == "/problems/nothing-to-pay-out"


@pytest.mark.parametrize(
    ("first_cents", "paid_out_cents"),
    [(200, [200, None]), (-200, [None, 200])],
    ids=["return first", "transfer first"],
)
async def test_a_rejected_transfer_that_went_and_came_back_is_owed_once(
    billing: Billing,
    operator: httpx.AsyncClient,
    first_cents: int,
    paid_out_cents: list[int | None],
) -> None:
    ours, _, association = await two_payees(billing, operator)
    url, of_cents = await paid_out(operator, ours)
    item = of_cents[200]
    await reject(operator, url, item)
    first, second = (
        booked(cents, end_to_end_id=UUID(item["id"]).hex) for cents in (first_cents, -first_cents)
    )

    assert await bank_tells(operator, association, first) == (1, 0)
    answer = await assign(operator, ours, item)
    assert answer.status_code == 200, answer.text
    after_first = (await pay_out(operator, ours.bruno)).json()
    assert await bank_tells(operator, association, second) == (1, 1)
    after_second = (await pay_out(operator, ours.bruno)).json()

    assert [report.get("total_cents") for report in (after_first, after_second)] == paid_out_cents
    assert await balances(operator, ours.bruno) == {"512000": 500, "467000": -500}


async def test_a_statement_of_a_former_account_is_taken(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued_by_customer(operator, coop, terms_days=0)
    former = await set_creditor(operator, coop.seller)
    present = await set_creditor(operator, coop.seller)
    paid = booked(372, remittance=invoices["Anna"]["number"])

    assert await bank_tells(operator, former, paid) == (1, 1)
    assert await bank_tells(operator, former, paid) == (0, 0)

    assert await bank_tells(operator, present, booked(1, remittance="nothing")) == (1, 0)
    strange = await send(operator, coop.seller, statement(new_iban(), [paid]))
    assert strange.json()["type"] == "/problems/statement-refused"
