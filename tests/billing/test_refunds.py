"""Credits that nothing of their customer takes are paid back by transfer, once."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from services.billing.domain.creditor_references import creditor_reference
from services.billing.domain.payments.banking_days import next_banking_day
from tests.billing.members import seller
from tests.billing.money import (
    balances,
    issued_by_customer,
    new_iban,
    payments_url,
    record_mandate,
    set_creditor,
    texts,
    today,
    validated,
)
from tests.billing.payment_reports import batch, payment, report
from tests.billing.payouts import pay_out, previewed
from tests.billing.statements import bank_tells, booked, unmatched
from tests.billing.test_customer_accounts import account
from tests.billing.test_invoice_payments import payment as payment_of
from tests.billing.test_withheld_payouts import collector_of
from tests.billing.world import Billing, Coop


async def pay_back(
    client: httpx.AsyncClient, creditor_id: UUID, *, least_cents: int = 1
) -> httpx.Response:
    body = {"day": next_banking_day(today()).isoformat(), "least_cents": least_cents}
    return await client.put(payments_url(creditor_id, "refunds", uuid4()), json=body)


async def preview(
    client: httpx.AsyncClient, creditor_id: UUID, *, least_cents: int = 1
) -> dict[str, Any]:
    url = payments_url(creditor_id, "refund-preview")
    answer = await client.get(url, params={"least_cents": least_cents})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def overpaid(
    operator: httpx.AsyncClient, coop: Coop, *, iban: str | None = None
) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """Anna has paid the association 1.28 € too much."""
    invoices, association = await collector_of(operator, coop)
    said = booked(500, remittance=invoices["Anna"]["number"], name="Anna", iban=iban)
    assert await bank_tells(operator, association, said) == (1, 1)
    return invoices, association


async def item_of(client: httpx.AsyncClient, coop: Coop, refund_id: str) -> dict[str, Any]:
    answer = await client.get(payments_url(coop.bruno, "refunds", refund_id))
    assert answer.status_code == 200, answer.text
    (item,) = answer.json()["items"]
    return dict(item)


async def open_cents(
    client: httpx.AsyncClient, coop: Coop, number: str, seller_id: UUID | None = None
) -> int:
    answer = await client.get(payments_url(seller_id or coop.seller, "open-items"))
    items = [item for customer in answer.json() for item in customer["items"]]
    return sum(item["open_cents"] for item in items if item["number"] == number)


async def test_a_credit_is_paid_back_to_the_account_it_came_from_and_entered_in_both_books(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    iban = new_iban()
    invoices, association = await overpaid(operator, coop, iban=iban)
    number = invoices["Anna"]["number"]
    (shown,) = (await preview(operator, coop.bruno))["transfers"]
    assert (shown["amount_cents"], shown["account_end"]) == (128, iban[-4:])

    made = (await pay_back(operator, coop.bruno)).json()

    assert (made["total_cents"], made["skipped"]) == (128, [])
    again = (await pay_back(operator, coop.bruno)).json()
    assert (again["type"], [skip["reason"] for skip in again["skipped"]]) == (
        "/problems/nothing-to-refund",
        ["in-refund"],
    )
    file = await operator.get(payments_url(coop.bruno, "refunds", made["id"], "pain.001.xml"))
    document = validated(file.content)
    assert texts(document, "IBAN") == [association["iban"], iban]
    assert texts(document, "Ustrd") == [f"Remboursement {number} Soleils SAS"]
    before = await balances(operator, coop.bruno)
    item = await item_of(operator, coop, made["id"])
    out = booked(-128, end_to_end_id=UUID(item["id"]).hex)
    assert await bank_tells(operator, association, out) == (1, 1)
    assert before == {"512000": 500, "467000": -500}
    assert await balances(operator, coop.bruno) == {"512000": 372, "467000": -372}
    assert (await balances(operator, coop.seller))["467000"] == 372
    assert await open_cents(operator, coop, number) == 0
    assert (await item_of(operator, coop, made["id"]))["executed_on"] is not None
    payee = (await previewed(operator, coop.bruno))["Soleils SAS"]
    sums = ("collected_cents", "refunded_cents", "credits_cents", "payable_cents")
    assert [payee[name] for name in sums] == [500, 128, 0, 372]
    assert (await pay_out(operator, coop.bruno)).json()["total_cents"] == 372
    # The customer's bank sends it back: it is owed to them again, and not to this account.
    back = booked(128, end_to_end_id=UUID(item["id"]).hex, reason="AC04")
    assert await bank_tells(operator, association, back) == (1, 1)
    assert await open_cents(operator, coop, number) == -128
    (skipped,) = (await preview(operator, coop.bruno))["skipped"]
    assert (skipped["credit_cents"], skipped["reason"]) == (128, "account-blocked")
    payee = (await previewed(operator, coop.bruno))["Soleils SAS"]
    assert [payee[name] for name in ("collected_cents", "refunded_cents")] == [0, -128]
    lines = (await account(operator, coop.anna))["lines"]
    assert [line["cents"] for line in lines if line["kind"] == "refund"] == [-128, 128]


async def test_all_credits_of_a_customer_are_one_transfer_that_names_their_documents(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    iban = new_iban()
    invoices, association = await overpaid(operator, coop, iban=iban)
    other = Coop(anna=coop.anna, bruno=coop.bruno)
    await billing.tell(seller(other.seller, name="Les Volts"), *other.events()[1:])
    theirs = await issued_by_customer(operator, other, terms_days=0)
    await set_creditor(operator, other.seller, name="Les Volts", collected_by=str(coop.bruno))
    reference = creditor_reference(other.seller, theirs["Anna"]["number"])
    said = booked(402, remittance=reference, name="Anna", iban=iban)
    assert await bank_tells(operator, association, said) == (1, 1)

    made = (await pay_back(operator, coop.bruno)).json()

    assert (made["transaction_count"], made["total_cents"]) == (1, 128 + 30)
    item = await item_of(operator, coop, made["id"])
    numbers = {document["issuer_name"]: document["number"] for document in item["documents"]}
    assert numbers == {
        "Soleils SAS": invoices["Anna"]["number"],
        "Les Volts": theirs["Anna"]["number"],
    }
    file = await operator.get(payments_url(coop.bruno, "refunds", made["id"], "pain.001.xml"))
    document = validated(file.content)
    assert texts(document, "InstdAmt") == ["1.58"]
    (text_read,) = texts(document, "Ustrd")
    assert all(f"{number} {name}" in text_read for name, number in numbers.items())
    under_way = await payment_of(operator, invoices["Anna"])
    assert under_way["refund"] == {
        "day": made["day"],
        "amount_cents": 128,
        "executed_on": None,
        "refused_on": None,
    }
    out = booked(-158, end_to_end_id=UUID(item["id"]).hex)
    assert await bank_tells(operator, association, out) == (1, 1)
    for seller_id, bill in ((coop.seller, invoices["Anna"]), (other.seller, theirs["Anna"])):
        assert await open_cents(operator, coop, bill["number"], seller_id) == 0
        refunded = (await payment_of(operator, bill))["refund"]
        assert refunded["executed_on"] == today().isoformat()
        paid_by = await operator.get(f"/billing/invoices/{bill['id']}/bank-transactions")
        assert sorted(row["amount_cents"] < 0 for row in paid_by.json()) == [False, True]
    back = booked(158, end_to_end_id=UUID(item["id"]).hex, reason="AM05")
    assert await bank_tells(operator, association, back) == (1, 1)
    assert (await payment_of(operator, theirs["Anna"]))["refund"]["refused_on"] is not None
    assert await open_cents(operator, coop, theirs["Anna"]["number"], other.seller) == -30


async def test_the_account_of_a_mandate_comes_first_and_a_shared_one_never(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    iban = new_iban()
    invoices, association = await overpaid(operator, coop, iban=iban)
    number = invoices["Bruno"]["number"]
    shared = booked(1, remittance=number, iban=iban)
    assert await bank_tells(operator, association, shared) == (1, 1)

    (skipped,) = (await preview(operator, coop.bruno))["skipped"]
    assert skipped["reason"] == "account-shared"
    mandate = await record_mandate(operator, coop.bruno, coop.anna)
    (shown,) = (await preview(operator, coop.bruno))["transfers"]
    assert shown["account_end"] == mandate["iban"][-4:]


async def test_what_is_little_or_has_no_account_is_skipped(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await overpaid(operator, coop)

    reasons = [
        [
            skip["reason"]
            for skip in (await preview(operator, coop.bruno, least_cents=least))["skipped"]
        ]
        for least in (1, 129)
    ]

    assert reasons == [["account-missing"], ["below-least"]]
    refused = await pay_back(operator, coop.bruno)
    assert refused.json()["type"] == "/problems/nothing-to-refund"


async def test_a_credit_on_its_way_back_pays_no_new_invoice_until_it_is_free_again(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices, _ = await overpaid(operator, coop, iban=new_iban())
    made = (await pay_back(operator, coop.bruno)).json()
    second = Coop(seller=coop.seller, anna=coop.anna)
    await billing.tell(*second.events())

    newer = await issued_by_customer(operator, second, terms_days=0)

    number = newer["Anna"]["number"]
    assert await open_cents(operator, coop, invoices["Anna"]["number"]) == -128
    assert await open_cents(operator, coop, number) == 372
    url = payments_url(coop.bruno, "refunds", made["id"], "cancellation")
    assert (await operator.post(url)).json()["cancelled_on"] is not None
    assert await open_cents(operator, coop, invoices["Anna"]["number"]) == 0
    assert await open_cents(operator, coop, number) == 244
    assert (await pay_back(operator, coop.bruno)).json()["skipped"] == []


@pytest.mark.parametrize("by", ["rejection", "report"])
async def test_a_refund_that_the_bank_rejects_frees_the_credit(
    operator: httpx.AsyncClient, coop: Coop, by: str
) -> None:
    await overpaid(operator, coop, iban=new_iban())
    made = (await pay_back(operator, coop.bruno)).json()
    item = await item_of(operator, coop, made["id"])
    if by == "rejection":
        url = payments_url(coop.bruno, "refunds", made["id"], "items", item["id"], "rejection")
        answer = await operator.post(url, json={"reason": "AM05"})
    else:
        file = UUID(made["id"]).hex
        content = report(file, batch(f"{file}-T", payment(UUID(item["id"]).hex, reason="AM05")))
        answer = await operator.post(
            payments_url(coop.bruno, "payment-reports"),
            content=content,
            headers={"Content-Type": "application/xml"},
        )
    assert answer.status_code == 200, answer.text

    assert (await item_of(operator, coop, made["id"]))["return_reason"] == "AM05"
    assert (await pay_back(operator, coop.bruno)).json()["total_cents"] == 128


async def test_a_refund_of_which_the_bank_gives_no_id_is_assigned_by_hand_for_good(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices, association = await overpaid(operator, coop, iban=new_iban())
    made = (await pay_back(operator, coop.bruno)).json()
    item = await item_of(operator, coop, made["id"])
    assert await bank_tells(operator, association, booked(-128, name="Anna")) == (1, 0)
    (waiting,) = await unmatched(operator, coop.bruno)
    transaction = payments_url(coop.bruno, "bank-transactions", waiting["id"])

    (shown,) = (await operator.get(f"{transaction}/transfers")).json()
    assert shown == {
        "id": item["id"],
        "day": made["day"],
        "name": "Anna",
        "is_refund": True,
        "numbers": [invoices["Anna"]["number"]],
        "is_cancelled": False,
    }
    answer = await operator.post(f"{transaction}/transfer", json={"item_id": item["id"]})

    assert (answer.status_code, answer.json()["matched_by"]) == (200, "hand"), answer.text
    assert (await item_of(operator, coop, made["id"]))["executed_on"] is not None
    assert await open_cents(operator, coop, invoices["Anna"]["number"]) == 0
    # It comes back, and the bank gives no id again: both transactions are the refund's.
    assert await bank_tells(operator, association, booked(128, name="Anna")) == (1, 0)
    (waiting,) = await unmatched(operator, coop.bruno)
    back = payments_url(coop.bruno, "bank-transactions", waiting["id"])
    assert [row["id"] for row in (await operator.get(f"{back}/transfers")).json()] == [item["id"]]
    answer = await operator.post(f"{back}/transfer", json={"item_id": item["id"]})
    assert answer.status_code == 200, answer.text
    assert await open_cents(operator, coop, invoices["Anna"]["number"]) == -128
    for of_refund in (transaction, back):
        taken_back = await operator.delete(f"{of_refund}/assignment")
        assert taken_back.json()["type"] == "/problems/assignment-fixed"
    lines = (await account(operator, coop.anna))["lines"]
    assert [line["cents"] for line in lines if line["kind"] == "refund"] == [-128, 128]


async def test_a_refund_executed_after_all_is_found_although_its_credit_was_set_off(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices, association = await overpaid(operator, coop, iban=new_iban())
    made = (await pay_back(operator, coop.bruno)).json()
    item = await item_of(operator, coop, made["id"])
    url = payments_url(coop.bruno, "refunds", made["id"], "items", item["id"], "rejection")
    assert (await operator.post(url, json={"reason": "AM05"})).status_code == 200
    second = Coop(seller=coop.seller, anna=coop.anna)
    await billing.tell(*second.events())
    newer = await issued_by_customer(operator, second, terms_days=0)
    assert await open_cents(operator, coop, invoices["Anna"]["number"]) == 0
    assert await bank_tells(operator, association, booked(-128, name="Anna")) == (1, 0)
    (waiting,) = await unmatched(operator, coop.bruno)
    transaction = payments_url(coop.bruno, "bank-transactions", waiting["id"])

    (shown,) = (await operator.get(f"{transaction}/transfers")).json()
    assert (shown["id"], shown["is_cancelled"]) == (item["id"], True)
    answer = await operator.post(f"{transaction}/transfer", json={"item_id": shown["id"]})

    # The credit is gone, so what it had paid is owed again.
    assert answer.status_code == 200, answer.text
    assert await open_cents(operator, coop, newer["Anna"]["number"]) == 372
    assert (await operator.get(f"{transaction}/transfers")).json() == []


async def test_the_database_itself_refuses_a_second_pending_refund_of_a_credit(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await overpaid(operator, coop, iban=new_iban())
    made = (await pay_back(operator, coop.bruno)).json()
    again = text("""
        INSERT INTO refund_item
            (id, transfer_id, refund_id, invoice_id, iban, account_end, amount_cents)
        SELECT
            gen_random_uuid(), transfer_id, refund_id, invoice_id, iban, account_end, amount_cents
        FROM refund_item WHERE refund_id = :id LIMIT 1
    """)
    async with billing.platform.database("billing") as database:
        with pytest.raises(IntegrityError, match="refund_item_pending"):
            async with database.transaction() as session:
                await session.execute(again, {"id": made["id"]})
