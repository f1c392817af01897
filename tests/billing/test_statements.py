from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.billing.money import (
    balances,
    collect,
    new_iban,
    paying_coop,
    payments_url,
    read_collection,
    read_debits,
    set_creditor,
    texts,
)
from tests.billing.statements import assigned, bank_tells, batch, booked, send, statement, unmatched
from tests.billing.world import Billing, Coop


async def collected(
    billing: Billing, operator: httpx.AsyncClient
) -> tuple[Coop, dict[str, Any], dict[str, Any], dict[str, dict[str, Any]]]:
    """A co-op, its creditor, its first collection, and the items by customer."""
    coop, invoices, mandates = await paying_coop(billing, operator)
    creditor = await set_creditor(operator, coop.seller)
    made = (await collect(operator, coop.seller)).json()
    detail = await read_collection(operator, coop.seller, made["id"])
    by_invoice = {
        item["documents"][0]["invoice_id"]: item | item["documents"][0] for item in detail["items"]
    }
    items = {
        name: by_invoice[invoices[name]["id"]]
        | {
            "rum": mandates[name]["rum"],
            "e2e": by_invoice[invoices[name]["id"]]["id"].replace("-", ""),
        }
        for name in ("Anna", "Bruno")
    }
    return coop, creditor, made, items


async def test_a_received_direct_debit_pays_its_invoice(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, creditor, made, items = await collected(billing, operator)

    answer = await bank_tells(operator, creditor, booked(372, end_to_end_id=items["Anna"]["e2e"]))

    assert answer == (1, 1)
    assert await balances(operator, coop.seller) == {
        "411000": 372,
        "445712000": -124,
        "512000": 372,
        "701000": -620,
    }
    detail = await read_collection(operator, coop.seller, made["id"])
    received = {item["documents"][0]["invoice_id"]: item["received_on"] for item in detail["items"]}
    assert received[items["Anna"]["invoice_id"]] is not None
    assert received[items["Bruno"]["invoice_id"]] is None


@pytest.mark.parametrize("suffix", ["-F", ""])
async def test_a_collection_may_be_booked_as_one_sum(
    billing: Billing, operator: httpx.AsyncClient, suffix: str
) -> None:
    coop, creditor, made, _ = await collected(billing, operator)
    batch_id = made["id"].replace("-", "") + suffix
    assert await bank_tells(operator, creditor, batch(744, batch_id)) == (1, 1)
    assert (await balances(operator, coop.seller))["512000"] == 744
    assert "411000" not in await balances(operator, coop.seller)


async def test_a_statement_sent_again_or_told_by_another_file_changes_nothing(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, creditor, _, items = await collected(billing, operator)
    first = booked(372, end_to_end_id=items["Anna"]["e2e"])
    twins = [booked(500, name="Somebody", remittance="hello") for _ in range(2)]
    same = [twins[0], twins[0]]  # two that say the same are two

    assert await bank_tells(operator, creditor, first, *same) == (3, 1)
    before = await balances(operator, coop.seller)
    assert await bank_tells(operator, creditor, first, *same) == (0, 0)
    assert await bank_tells(operator, creditor, first, *same, twins[1]) == (1, 0)
    assert await balances(operator, coop.seller) == before
    assert len(await unmatched(operator, coop.seller)) == 3


@pytest.mark.parametrize("by", ["end-to-end-id", "mandate"])
async def test_a_direct_debit_that_comes_back_reopens_its_invoice(
    billing: Billing, operator: httpx.AsyncClient, by: str
) -> None:
    coop, creditor, made, items = await collected(billing, operator)
    anna = items["Anna"]
    refs = {"end_to_end_id": anna["e2e"]} if by == "end-to-end-id" else {"rum": anna["rum"]}
    await bank_tells(
        operator,
        creditor,
        booked(744 // 2, **refs),
        booked(372, end_to_end_id=items["Bruno"]["e2e"]),
    )
    assert "411000" not in await balances(operator, coop.seller)

    assert await bank_tells(operator, creditor, booked(-372, reason="AM04", **refs)) == (1, 1)

    assert (await balances(operator, coop.seller))["411000"] == 372
    detail = await read_collection(operator, coop.seller, made["id"])
    returned = [item for item in detail["items"] if item["returned_on"]]
    assert [(item["id"], item["return_reason"]) for item in returned] == [(anna["id"], "AM04")]
    # The account lacked money: another try is of use, and is the mandate's first one again.
    again = (await collect(operator, coop.seller)).json()
    assert again["total_cents"] == 372
    document = await read_debits(operator, coop.seller, again["id"])
    assert texts(document, "SeqTp") == ["FRST"]


@pytest.mark.parametrize("reason", ["AC01", "MD01"])
async def test_after_a_return_that_another_try_does_not_mend_the_mandate_is_blocked(
    billing: Billing, operator: httpx.AsyncClient, reason: str
) -> None:
    coop, creditor, _, items = await collected(billing, operator)
    # The rejection comes without the money having been seen.
    for name in ("Anna", "Bruno"):
        refs = {"end_to_end_id": items[name]["e2e"], "reason": reason}
        await bank_tells(
            operator, creditor, booked(-372, **refs), booked(372, end_to_end_id=items[name]["e2e"])
        )

    answer = await collect(operator, coop.seller)

    assert answer.json()["type"] == "/problems/nothing-to-collect"
    assert {invoice["reason"] for invoice in answer.json()["skipped"]} == {"mandate-blocked"}
    mandates = (await operator.get(payments_url(coop.seller, "mandates"))).json()
    assert {mandate["blocked_by"] for mandate in mandates} == {reason}


async def test_a_mandate_that_was_used_goes_on_as_recurrent(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, creditor, _, items = await collected(billing, operator)
    await bank_tells(operator, creditor, booked(372, end_to_end_id=items["Anna"]["e2e"]))
    # Anna takes a transfer back; what she owes is collected by the same mandate.
    lost = booked(-372, remittance="somehow", name="Anna")
    await bank_tells(operator, creditor, lost)
    line = (await unmatched(operator, coop.seller))[0]
    url = payments_url(coop.seller, "bank-transactions", line["id"], "assignment")
    await operator.post(url, json=assigned(items["Anna"]["invoice_id"], -372))

    again = (await collect(operator, coop.seller)).json()

    document = await read_debits(operator, coop.seller, again["id"])
    assert texts(document, "SeqTp") == ["RCUR"]


async def test_a_customer_may_pay_in_parts_naming_the_invoice(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator)
    creditor = await set_creditor(operator, coop.seller)
    number = invoices["Anna"]["number"]

    await bank_tells(operator, creditor, booked(100, remittance=f"elec {number.lower()}, merci"))
    assert (await balances(operator, coop.seller))["411000"] == 644
    made = (await collect(operator, coop.seller)).json()
    assert made["total_cents"] == 644

    # More than is owed stays as a credit of the customer.
    await bank_tells(operator, creditor, booked(300, remittance=number))
    assert (await balances(operator, coop.seller))["411000"] == 344


async def test_several_invoices_may_be_named_when_the_sum_is_right(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator)
    creditor = await set_creditor(operator, coop.seller)
    both = " ".join(invoice["number"] for invoice in invoices.values())
    answer = await bank_tells(
        operator, creditor, booked(743, remittance=both), booked(744, remittance=both)
    )
    assert answer == (2, 1)
    assert "411000" not in await balances(operator, coop.seller)
    assert [line["amount_cents"] for line in await unmatched(operator, coop.seller)] == [743]


async def test_a_known_account_with_the_right_amount_is_enough(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, mandates = await paying_coop(billing, operator)
    creditor = await set_creditor(operator, coop.seller)
    iban = mandates["Bruno"]["iban"]
    answer = await bank_tells(
        operator,
        creditor,
        booked(371, iban=iban),
        booked(372, iban=iban),
        booked(372, iban=new_iban()),
    )
    assert answer == (3, 1)
    assert (await balances(operator, coop.seller))["411000"] == 372


async def test_the_account_of_a_revoked_mandate_says_nothing(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, mandates = await paying_coop(billing, operator)
    creditor = await set_creditor(operator, coop.seller)
    url = payments_url(coop.seller, "mandates", mandates["Bruno"]["id"], "revocation")
    assert (await operator.post(url)).status_code == 200
    assert await bank_tells(operator, creditor, booked(372, iban=mandates["Bruno"]["iban"])) == (
        1,
        0,
    )


async def test_what_nobody_can_tell_waits_until_somebody_says(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator)
    creditor = await set_creditor(operator, coop.seller)
    await bank_tells(operator, creditor, booked(372, name="Anna's aunt", remittance="courant"))
    assert "512000" not in await balances(operator, coop.seller)
    (line,) = await unmatched(operator, coop.seller)
    url = payments_url(coop.seller, "bank-transactions", line["id"], "assignment")
    body = assigned(invoices["Anna"]["id"], 372)

    unknown = await operator.post(url, json=assigned(str(uuid4()), 372))
    assert unknown.status_code == 404
    answer = await operator.post(url, json=body)

    assert answer.json()["matched_by"] == "hand"
    assert (await balances(operator, coop.seller))["411000"] == 372
    again = await operator.post(url, json=body)
    assert again.json()["type"] == "/problems/transaction-matched"
    assert (await balances(operator, coop.seller))["411000"] == 372


async def test_what_is_not_booked_yet_is_passed_over(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator)
    creditor = await set_creditor(operator, coop.seller)
    entries = [booked(372, remittance=invoices["Anna"]["number"])]
    pending = statement(creditor["iban"], entries, status="PDNG")
    assert (await send(operator, coop.seller, pending)).json()["transactions"] == 0


_BOMB = b"""<!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><x>&b;</x></Document>"""
_OUTSIDE = b"""<!DOCTYPE Document [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><x>&a;</x></Document>"""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<Document/>",
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"/>',
        b"<Document><x></Document>",
        _BOMB,
        _OUTSIDE,
        b"<a>" * 100_000,
        b"<D>" + b"<a/>" * 100_000 + b"</D>",
    ],
)
async def test_hostile_or_foreign_files_are_refused(
    operator: httpx.AsyncClient, coop: Coop, content: bytes
) -> None:
    await set_creditor(operator, coop.seller)
    answer = await send(operator, coop.seller, content)
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/statement-refused"
    assert "root:" not in answer.text


async def test_statements_that_are_not_whole_not_ours_or_not_in_euro_are_refused(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    creditor = await set_creditor(operator, coop.seller)
    entries = [booked(372)]
    good = statement(creditor["iban"], entries)
    bad = [
        statement(new_iban(), entries),
        statement(creditor["iban"], entries, missing_cents=1),
        good.replace(b'Ccy="EUR"', b'Ccy="USD"'),
        good.replace(b">3.72<", b">3.725<"),
        good.replace(b">3.72<", b">1e3<"),
        good.replace(b">CRDT<", b">CREDIT<"),
        good.replace(b"<CdtDbtInd>CRDT</CdtDbtInd>", b""),
        good.replace(b"<BookgDt><Dt>", b"<BookgDt><Dt>x"),
        good[:-20],
    ]
    for content in bad:
        answer = await send(operator, coop.seller, content)
        assert answer.json()["type"] == "/problems/statement-refused"
    large = await send(operator, coop.seller, good + b" " * 9 * 1024**2)
    assert (large.status_code, large.json()["type"]) == (413, "/problems/body-too-large")
    commented = good.replace(b">3.72<", b">3<!-- euro -->.72<")
    assert (await send(operator, coop.seller, commented)).status_code == 200


async def test_only_those_who_run_all_operations_send_statements(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    creditor = await set_creditor(operator, coop.seller)
    content = statement(creditor["iban"], [booked(372)])
    async with (
        billing.client("organiser", operations=[coop.operation_id]) as organiser,
        billing.client("organiser", operations=["ACC00000000"]) as other,
        billing.client("member", member_id=str(coop.seller)) as seller,
    ):
        assert (await send(other, coop.seller, content)).status_code == 403
        assert (await send(seller, coop.seller, content)).status_code == 403
        assert (await send(organiser, coop.seller, content)).status_code == 200


async def test_what_the_bank_rejects_before_it_moves_money_is_not_in_the_sum_of_the_batch(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, creditor, made, items = await collected(billing, operator)
    url = payments_url(
        coop.seller, "collections", made["id"], "items", items["Anna"]["id"], "rejection"
    )

    answer = await operator.post(url, json={"reason": "AC04"})

    assert answer.status_code == 200, answer.text
    assert answer.json()["return_reason"] == "AC04"
    batch_id = made["id"].replace("-", "")
    assert await bank_tells(operator, creditor, batch(372, batch_id)) == (1, 1)
    assert (await balances(operator, coop.seller))["411000"] == 372
    refused = (await collect(operator, coop.seller)).json()
    assert [invoice["reason"] for invoice in refused["skipped"]] == ["mandate-blocked"]
    paid = url.replace(items["Anna"]["id"], items["Bruno"]["id"])
    answer = await operator.post(paid, json={"reason": "AC04"})
    assert answer.json()["type"] == "/problems/collection-answered"


async def test_a_direct_debit_of_a_cancelled_collection_waits_for_a_person(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, creditor, made, items = await collected(billing, operator)
    url = payments_url(coop.seller, "collections", made["id"], "cancellation")
    assert (await operator.post(url)).status_code == 200
    number = next(
        item["number"]
        for customer in (await operator.get(payments_url(coop.seller, "open-items"))).json()
        for item in customer["items"]
        if item["invoice_id"] == items["Anna"]["invoice_id"]
    )
    refs = {"end_to_end_id": items["Anna"]["e2e"].upper(), "remittance": f"Facture {number}"}

    assert await bank_tells(operator, creditor, booked(372, **refs)) == (1, 0)

    assert "512000" not in await balances(operator, coop.seller)
    assert len(await unmatched(operator, coop.seller)) == 1


async def test_a_return_that_is_told_before_its_credit_makes_nobody_pay_twice(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, creditor, _, items = await collected(billing, operator)
    refs = {"end_to_end_id": items["Anna"]["e2e"]}
    await bank_tells(operator, creditor, booked(-372, reason="AM04", **refs))

    early = await collect(operator, coop.seller)
    url = payments_url(coop.seller, "open-items")
    anna = next(row for row in (await operator.get(url)).json() if row["customer_name"] == "Anna")
    await bank_tells(operator, creditor, booked(372, **refs))

    assert {invoice["reason"] for invoice in early.json()["skipped"]} == {"in-collection"}
    assert anna["items"][0]["in_collection"]
    assert (await collect(operator, coop.seller)).json()["total_cents"] == 372
