"""Each route of billing that changes something leaves a line in the audit log."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.billing.correcting import choose, issue_month
from tests.billing.members import member
from tests.billing.money import (
    collect,
    creditor,
    new_iban,
    paying_coop,
    read_collection,
    read_debits,
    set_creditor,
    texts,
)
from tests.billing.payment_reports import batch, payment, report
from tests.billing.payouts import paid_out, two_payees
from tests.billing.runs import QUARTER, carry_out, start
from tests.billing.statements import bank_tells, booked, unmatched
from tests.billing.test_refunds import item_of, overpaid, pay_back
from tests.billing.world import Billing, Coop, issue
from tests.support.auditing import Auditor, changing_routes

_SILENT = {
    "POST /billing/parked-events/{event_id}/replay": "needs a parked event: it has its line in"
    " tests/common/test_parked_routes.py",
    "POST /billing/operations/{operation_id}/months/{month}/drafts": "drafts follow from what is"
    " settled, priced and decided",
    "POST /billing/operations/{operation_id}/months/{month}/price-previews": "it keeps nothing",
}
"""Routes that leave no line, and why."""


@pytest.fixture
async def auditor(operator: httpx.AsyncClient) -> Auditor:
    return Auditor(operator, "billing")


async def test_whatever_changes_something_leaves_a_line(
    billing: Billing, auditor: Auditor, coop: Coop, summer: Coop
) -> None:
    await _decide(auditor, coop)
    await _run(auditor, coop)
    await _collect(billing, auditor)
    await _keep_books(auditor, summer)
    await _pay_out(billing, auditor)
    await _pay_back(billing, auditor)
    await _submit(billing, auditor)
    await _change_account(billing, auditor, coop)

    assert changing_routes("billing") - await auditor.routes() == set(_SILENT)


async def _decide(auditor: Auditor, coop: Coop) -> None:
    await choose(auditor.client, coop, "difference")
    await auditor.ask("PUT", f"/issuers/{coop.seller}/mail-policy", json={"invoices": False})
    await auditor.ask("PUT", f"/customers/{coop.anna}/routing", json={"service_code": "SRV-1"})
    least = {"invoice_cents": 300, "debit_cents": 500, "remind_cents": 500, "correct_cents": 100}
    await auditor.ask("PUT", f"/operations/{coop.operation_id}/thresholds", json=least)
    given = {"periods": [{"first_month": "2026-08", "end_month": "2026-09"}]}
    await auditor.ask("PUT", f"/operations/{coop.operation_id}/gifts", json=given)
    entry = {"valid_from": "2026-02-01", "off_peak_hours": [{"start": "22:00", "end": "06:00"}]}
    hours = f"/points/{coop.anna_home}/off-peak-hours"
    await auditor.ask("PUT", hours, json={"entries": [entry]})
    offer = {
        "valid_from": "2026-02-01",
        "subscription_eur_per_month": "11.80",
        "energy_eur_per_kwh": {"base": "0.1308"},
        "subscribed_kva": 6,
        "tariff_formula": "BTINFCUST",
    }
    offers = f"/points/{coop.anna_home}/supplier-offer"
    await auditor.ask("PUT", offers, json=offer)
    reference = {"valid_from": "2026-02-01", "reference": "trv-base-6"}
    await auditor.ask("PUT", f"{offers}/reference", json=reference)
    await auditor.ask("DELETE", offers)
    contract = {"kind": "aggregator", "valid_from": "2026-10-16", "buyer": "Agrégateur du Val"}
    await auditor.ask(
        "PUT", f"/points/{coop.roof}/surplus-contract", json={"contracts": [contract]}
    )


async def _run(auditor: Auditor, coop: Coop) -> None:
    await coop.decide_taxes(auditor.client, complaints_contact="autre@example.org")
    run = await start(auditor.client, coop, "2026-10")
    await coop.price(auditor.client)
    await carry_out(auditor.client, run, "again")
    await carry_out(auditor.client, run, "issue", {"issue_date": "2026-11-05"})
    await auditor.ask("POST", f"/runs/{run['id']}/mailings")
    asked = {"operation_id": coop.operation_id}
    (invoice, *_) = (await auditor.client.get("/billing/invoices", params=asked)).json()
    await auditor.ask("PUT", f"/invoices/{invoice['id']}/mailings/{uuid4()}")
    note = await auditor.ask(
        "POST", f"/invoices/{invoice['id']}/credit-notes", json={"reason": "Test"}
    )
    await auditor.ask("DELETE", f"/invoices/{note['id']}")


async def _collect(billing: Billing, auditor: Auditor) -> None:
    coop, _, mandates = await paying_coop(billing, auditor.client)
    url = f"/issuers/{coop.seller}"
    first = (await collect(auditor.client, coop.seller)).json()
    await auditor.ask("POST", f"{url}/collections/{first['id']}/cancellation")
    made = (await collect(auditor.client, coop.seller)).json()
    rejected, reported = (await read_collection(auditor.client, coop.seller, made["id"]))["items"]
    item = f"{url}/collections/{made['id']}/items/{rejected['id']}"
    await auditor.ask("POST", f"{item}/rejection", json={"reason": "AC01"})
    file = await read_debits(auditor.client, coop.seller, made["id"])
    status = payment(UUID(reported["id"]).hex)
    content = report(*texts(file, "MsgId"), batch(texts(file, "PmtInfId")[0], status))
    headers = {"Content-Type": "application/xml"}
    await auditor.ask("POST", f"{url}/payment-reports", content=content, headers=headers)
    await auditor.ask("POST", f"{url}/mandates/{mandates['Anna']['id']}/revocation")
    await _ask_for_mandates(billing, auditor, coop)


async def _ask_for_mandates(billing: Billing, auditor: Auditor, coop: Coop) -> None:
    url = f"/issuers/{coop.seller}/mandate-requests"
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        as_member = replace(auditor, client=anna)
        (collector,) = (await anna.get("/billing/mandate-collectors")).json()
        body = {
            "creditor_id": collector["creditor_id"],
            "holder": "Anna",
            "iban": new_iban(),
            "language": "fr",
            "agreed_text": collector["text"],
        }
        for answer in (None, {"reason": "Test"}, {"rum": "ELO-9"}):
            request_id = uuid4()
            await as_member.ask("PUT", f"/mandate-requests/{request_id}", json=body)
            if answer is None:
                await as_member.ask("DELETE", f"/mandate-requests/{request_id}")
            else:
                last = "confirmation" if "rum" in answer else "refusal"
                made = await auditor.ask("POST", f"{url}/{request_id}/{last}", json=answer)
        await as_member.ask("POST", f"/mandates/{made['id']}/revocation")


async def _keep_books(auditor: Auditor, summer: Coop) -> None:
    url = f"/issuers/{summer.seller}"
    await auditor.ask("PUT", f"{url}/books", json={"fiscal_year_end_month": 9})
    invoices = {
        (invoice["customer"]["name"], invoice["month"]): invoice
        for month in QUARTER[:2]
        for invoice in await _issue(auditor, replace(summer, month=month))
    }
    july, august = QUARTER[:2]
    schedule = {"valid_from": "2026-01-01", "after_days": [2, 4, 7]}
    await auditor.ask("PUT", f"{url}/reminder-schedule", json=schedule)
    await auditor.ask("POST", f"{url}/reminders", json={"day": "2026-11-12"})
    lost = {"invoice_id": invoices["Bruno", str(july)]["id"], "kind": "lost", "reason": "Partie"}
    await auditor.ask("PUT", f"{url}/write-offs/{uuid4()}", json=lost)
    await auditor.ask("POST", f"{url}/books/years/2026/closing")
    await auditor.ask("POST", f"{url}/e-reporting/{august}")


async def _issue(auditor: Auditor, of_month: Coop) -> list[dict[str, Any]]:
    drafts = [draft for draft in await of_month.draft(auditor.client) if draft["state"] == "draft"]
    answer = await issue(auditor.client, drafts, str(of_month.month.next_first_day))
    issued: list[dict[str, Any]] = answer.json()
    return issued


async def _pay_out(billing: Billing, auditor: Auditor) -> None:
    ours, _, association = await two_payees(billing, auditor.client)
    reserve = {"share_percent": 5, "days": 56}
    await auditor.ask("PUT", f"/issuers/{ours.bruno}/payout-reserve", json=reserve)
    url, _ = await paid_out(auditor.client, ours)
    await auditor.ask("POST", f"{url.removeprefix('/billing')}/cancellation")
    url, of_cents = await paid_out(auditor.client, ours)
    item = f"{url.removeprefix('/billing')}/items/{of_cents[200]['id']}"
    await auditor.ask("POST", f"{item}/rejection", json={"reason": "AC01"})
    await bank_tells(auditor.client, association, booked(-300, remittance="SEPA"))
    (waiting,) = await unmatched(auditor.client, ours.bruno)
    transaction = f"/issuers/{ours.bruno}/bank-transactions/{waiting['id']}"
    await auditor.ask("POST", f"{transaction}/not-ours")
    await auditor.ask("DELETE", f"{transaction}/assignment")
    transfer = f"{transaction}/transfer"
    await auditor.ask("POST", transfer, json={"item_id": of_cents[300]["id"]})


async def _pay_back(billing: Billing, auditor: Auditor) -> None:
    coop = Coop()
    await billing.tell(*coop.events())
    await overpaid(auditor.client, coop, iban=new_iban())
    url = f"/issuers/{coop.bruno}/refunds"
    first = (await pay_back(auditor.client, coop.bruno)).json()
    await auditor.ask("POST", f"{url}/{first['id']}/cancellation")
    second = (await pay_back(auditor.client, coop.bruno)).json()
    item = await item_of(auditor.client, coop, second["id"])
    rejection = f"{url}/{second['id']}/items/{item['id']}/rejection"
    await auditor.ask("POST", rejection, json={"reason": "AM05"})


async def _change_account(billing: Billing, auditor: Auditor, coop: Coop) -> None:
    await set_creditor(auditor.client, coop.seller)
    url = f"/issuers/{coop.seller}/creditor"
    asked = await auditor.ask("PUT", url, json=creditor())
    async with billing.client("member", member_id=str(coop.seller)) as seller:
        as_member = replace(auditor, client=seller)
        await as_member.ask("POST", f"{url}-change/{asked['change']['id']}/confirmation")
    refused = await auditor.ask("PUT", url, json=creditor())
    await auditor.ask("DELETE", f"{url}-change/{refused['change']['id']}")


async def _submit(billing: Billing, auditor: Auditor) -> None:
    """What is sold to a company; it is not due to send it yet."""
    coop = Coop()
    bakery = member(coop.anna, "Fournil", kind="company", siren="992000034", revision=2)
    await billing.tell(*coop.events(), bakery)
    await coop.decide_taxes(auditor.client)
    await coop.price(auditor.client)
    invoices = await issue_month(auditor.client, coop)
    (invoice,) = [document for document in invoices if document["customer"]["name"] == "Fournil"]
    await auditor.ask("POST", f"/invoices/{invoice['id']}/submissions")
