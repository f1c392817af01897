"""The audit log of billing: who said and decided what, and no bank account in it."""

from uuid import uuid4

import httpx
import pytest

from tests.billing.correcting import issue_month
from tests.billing.money import (
    collect,
    creditor,
    mandate,
    paying_coop,
    payments_url,
    set_creditor,
)
from tests.billing.runs import carry_out, start
from tests.billing.statements import bank_tells, booked
from tests.billing.world import Billing, Coop, price
from tests.support.auditing import audit_lines, unwatched_tables

_EVENTS = "events, which are on the log"
_TOLD = "told by other services, where it is watched"
_BY_TRIGGER = "kept by a trigger, from issued documents"
_BY_ISSUING = "follows from issuing, which is watched"
_UNWATCHED = {
    "alembic_version": "of the deployment",
    "outbox": _EVENTS,
    "inbox": _EVENTS,
    "member": _TOLD,
    "perimeter": _TOLD,
    "settlement": _TOLD,
    "settlement_detail": _TOLD,
    "revision": _TOLD,
    "held_up_day": _TOLD,
    "series": "counted by itself; the numbers are in the documents",
    "entry_series": "counted by itself; the numbers are in the entries",
    "party_account": "made by itself with the first entry of a party",
    "line_balance": _BY_TRIGGER,
    "invoice_balance": _BY_TRIGGER,
    "billed": _BY_ISSUING,
    "document_link": _BY_ISSUING,
    "withheld_correction": "made anew with the drafts of a month",
    "carried_sum": "made anew with each run",
    "journal_line": "never changes; of an entry, which is watched or follows from what is",
    "document": "made by itself when it is first read, and never changes",
    "member_access": "is itself a log",
    "submission_event": "is itself a history that only grows",
}
"""Tables whose changes leave no line, and why."""


async def test_every_table_is_watched_unless_it_is_named_here(billing: Billing) -> None:
    unwatched = await unwatched_tables(billing.platform, "billing")

    assert unwatched == set(_UNWATCHED), (
        "a migration that makes a table says SELECT audit.watch('the table')"
    )


async def test_a_changed_price_tells_who_and_what_and_nothing_that_stayed(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    stays = price("0.0900", producer=coop.roof)
    await coop.price(operator, price("0.1000"), stays)

    body = {"entries": [price("0.1234"), stays]}
    answer = await operator.put(coop.prices_url, json=body)

    now, before = await audit_lines(operator, "billing", request_id=answer.headers["x-request-id"])
    for line in (now, before):
        assert (line["subject"], line["roles"]) == ("operator", ["operator"])
        assert line["route"] == "PUT /billing/operations/{operation_id}/prices"
        assert line["entity"] == "price"
    assert (before["action"], before["before"]["price_micro_eur_per_kwh"]) == ("delete", 100_000)
    assert (now["action"], now["after"]["price_micro_eur_per_kwh"]) == ("insert", 123_400)


async def test_what_changes_nothing_and_what_is_refused_leaves_no_line(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)

    same = await operator.put(coop.prices_url, json={"entries": [price()]})
    twice = {"entries": [price(), price("0.2")]}
    refused = await operator.put(coop.prices_url, json=twice)

    assert (same.status_code, refused.status_code) == (200, 409)
    for answer in (same, refused):
        request_id = answer.headers["x-request-id"]
        assert await audit_lines(operator, "billing", request_id=request_id) == []


async def test_that_a_bank_account_changed_is_told_but_not_which(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    ibans = [creditor()["iban"], creditor()["iban"]]
    for iban in ibans:
        await set_creditor(operator, coop.seller, iban=iban)
    debtor = mandate(coop.anna)
    mandate_id = str(uuid4())
    url = payments_url(coop.seller, "mandates", mandate_id)
    assert (await operator.put(url, json=debtor)).status_code == 200

    (changed, added) = await audit_lines(
        operator, "billing", entity="creditor", entity_id=str(coop.seller)
    )
    assert changed["before"] == changed["after"] == {"iban": "(secret)"}
    assert (added["before"], added["after"]["iban"]) == (None, "(secret)")
    accounts = await audit_lines(operator, "billing", entity="creditor_account")
    assert [account["entity_id"] for account in accounts[:2]] == [f"{coop.seller}/(secret)"] * 2
    (of_mandate,) = await audit_lines(operator, "billing", entity="mandate", entity_id=mandate_id)
    assert of_mandate["after"]["iban"] == "(secret)"
    assert (of_mandate["after"]["rum"], of_mandate["after"]["holder"]) == (
        debtor["rum"],
        debtor["holder"],
    )
    await _check_nowhere(operator, [*ibans, debtor["iban"]])


async def test_files_for_and_from_the_bank_are_told_without_what_is_in_them(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, mandates = await paying_coop(billing, operator)
    collector = (await operator.get(payments_url(coop.seller, "creditor"))).json()
    made = await collect(operator, coop.seller)
    assert made.status_code == 200, made.text
    payer = creditor()["iban"]
    paid = booked(100, remittance=invoices["Anna"]["number"], name="Anna", iban=payer)
    await bank_tells(operator, collector, paid)

    (line,) = await audit_lines(
        operator, "billing", entity="collection", entity_id=made.json()["id"]
    )
    assert line["after"]["total_cents"] == made.json()["total_cents"]
    assert "content" not in line["after"]
    assert len(line["after"]["content_hash"]) == 64
    (transaction, *_) = await audit_lines(operator, "billing", entity="bank_transaction")
    assert (transaction["after"]["amount_cents"], transaction["after"]["party_iban"]) == (
        100,
        "(secret)",
    )
    ibans = [collector["iban"], payer, *(mandate["iban"] for mandate in mandates.values())]
    await _check_nowhere(operator, ibans)


async def _check_nowhere(client: httpx.AsyncClient, ibans: list[str]) -> None:
    answer = await client.get("/billing/audit", params={"limit": 1000})
    assert len(answer.json()) > 3
    for iban in ibans:
        assert len(iban) == 27
        assert iban not in answer.text


async def test_who_issued_is_told_without_what_the_document_says(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)

    (issued, *_) = await issue_month(operator, coop)

    (line,) = await audit_lines(operator, "billing", entity="invoice", entity_id=issued["id"])
    assert (line["action"], line["subject"]) == ("update", "operator")
    assert line["route"] == "POST /billing/invoices/issue"
    assert (line["before"]["state"], line["after"]["state"]) == ("draft", "issued")
    assert line["after"]["number"] == issued["number"]
    assert "content" not in line["after"]


async def test_a_credit_note_by_hand_is_told_when_it_is_drafted_and_withdrawn(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    (issued, *_) = await issue_month(operator, coop)
    url = f"/billing/invoices/{issued['id']}/credit-notes"
    note = (await operator.post(url, json={"reason": "Test"})).json()

    gone = await operator.delete(f"/billing/invoices/{note['id']}")

    assert gone.is_success, gone.text
    withdrawn, drafted = await audit_lines(
        operator, "billing", entity="invoice", entity_id=note["id"]
    )
    assert (drafted["action"], withdrawn["action"]) == ("insert", "delete")
    assert withdrawn["route"] == "DELETE /billing/invoices/{invoice_id}"


async def test_a_run_tells_who_began_it_and_who_let_it_issue(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    run = await start(operator, coop, "2026-10")
    await carry_out(operator, run, "issue", {"issue_date": "2026-11-05"})

    rows = [
        (line["subject"], (line["before"] or {}).get("state"), line["after"]["state"])
        for line in await audit_lines(operator, "billing", entity="run", entity_id=run["id"])
    ]

    assert rows == [
        (None, "issuing", "issued"),
        ("operator", "review", "issuing"),
        (None, "waiting", "review"),
        ("operator", None, "waiting"),
    ]


@pytest.mark.parametrize("role", ["organiser", "member", "feed"])
async def test_only_staff_read_it(billing: Billing, coop: Coop, role: str) -> None:
    claims = {"operations": [coop.operation_id], "member_id": str(coop.anna)}
    async with billing.client(role, **claims) as client:
        assert (await client.get("/billing/audit")).status_code == 403
