"""Payments: transfers for the older months, direct debits for the latest one."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from services.demo.api import Api
from services.demo.cooperative import HISTORY, ISSUE_DATE, MONTH, Cooperative
from services.demo.load.billing.bank import ReceivedTransfer, iban_of, statement_of
from services.demo.load.people import PRIVATE, TWO_OPERATIONS, People, demo_id

_COLLECTION = demo_id("collections/first")
_ICS = "FR72ZZZ123456"
_PAYS_EARLY = "odette.girouette@example.org"
_DAYS_TO_PAY = timedelta(days=20)
# No bank holidays, at Christmas or Easter, last as long as that.
_MOST_DAYS_SHUT = 6


async def record_bank_accounts(api: Api, cooperative: Cooperative) -> None:
    """Record where each seller is paid; the first seller collects too."""
    collector = cooperative.issuers[0].member_id
    names = {member.id: member.name for member in cooperative.members}
    for number, issuer in enumerate(cooperative.issuers, start=1):
        creditor = {
            "name": names[issuer.member_id][:70],
            "iban": iban_of(number),
            "bic": None,
            "ics": _ICS if issuer.member_id == collector else None,
            "collected_by": None,
            "convention": None,
            "edition": 2019,
            "notice_days": 14,
        }
        await api.call("PUT", f"/billing/issuers/{issuer.member_id}/creditor", json=creditor)


async def sign_mandates(api: Api, cooperative: Cooperative) -> None:
    """Sign mandates of the first operation's customers, except two, who pay by transfer."""
    operation, collector = cooperative.operations[0], cooperative.issuers[0].member_id
    debtors = {point.member_id for point in operation.consuming}
    members = [
        member
        for member in cooperative.members
        if member.id in debtors and member.email not in {PRIVATE, _PAYS_EARLY}
    ]
    for number, member in enumerate(members, start=1):
        mandate = {
            "debtor_id": str(member.id),
            "rum": f"ELO-{number:04}",
            "signed_on": "2026-10-12",
            "holder": member.name[:70],
            "iban": iban_of(100 + number),
        }
        path = f"/billing/issuers/{collector}/mandates/{demo_id(f'mandates/{member.id}')}"
        await api.call("PUT", path, json=mandate)


async def pay(people: People, invoices: Sequence[dict[str, Any]]) -> None:
    """Pay the older months, except one overdue invoice; of the latest month, one early payment."""
    late_id, early_id = (str(people.person(email).id) for email in (PRIVATE, _PAYS_EARLY))
    transfers: defaultdict[str, list[ReceivedTransfer]] = defaultdict(list)
    for invoice in invoices:
        customer, is_latest = invoice["customer"]["member_id"], _is_of(ISSUE_DATE, invoice)
        is_overdue = customer == late_id and invoice["period_from"].startswith(HISTORY[-1])
        if is_overdue or (is_latest and customer != early_id):
            continue
        transfers[invoice["issuer"]["member_id"]].append(_transfer(invoice))
    for issuer_id, paid in transfers.items():
        path = f"/billing/issuers/{issuer_id}"
        iban = (await people.organiser.call("GET", f"{path}/creditor"))["iban"]
        content, headers = statement_of(iban, paid), {"Content-Type": "application/xml"}
        await people.organiser.call("POST", f"{path}/statements", content=content, headers=headers)


async def collect(people: People, cooperative: Cooperative, today: date) -> None:
    """Announce the latest month's direct debits; the bank rejects one before it moves money."""
    api = people.organiser
    path = f"/billing/issuers/{cooperative.issuers[0].member_id}/collections/{_COLLECTION}"
    if await api.is_there(path):
        return
    await _announce(api, path, today)
    collection = await api.call("GET", path)
    customer = str(people.person(TWO_OPERATIONS).id)
    params = {"operation_id": cooperative.operations[0].id, "month": MONTH}
    invoices = await api.call("GET", "/billing/invoices", params=params)
    customer_invoices = {
        item["id"] for item in invoices if item["customer"]["member_id"] == customer
    }
    for item in collection["items"]:
        debited = {document["invoice_id"] for document in item["documents"]}
        if debited & customer_invoices:
            rejection = f"{path}/items/{item['id']}/rejection"
            await api.call("POST", rejection, json={"reason": "AM04"})


async def _announce(api: Api, path: str, today: date) -> None:
    """Announce the collection for the first banking day on which the invoices are due."""
    first = max(today + timedelta(days=1), ISSUE_DATE + timedelta(days=30))
    for away in range(_MOST_DAYS_SHUT):
        body = {
            "collection_date": str(first + timedelta(days=away)),
            "notified_on": str(ISSUE_DATE),
        }
        answer = await api.answer("PUT", path, json=body)
        if answer.is_success:
            return
    await api.call("PUT", path, json=body)


def _is_of(issue_date: date, invoice: dict[str, Any]) -> bool:
    return bool(invoice["issue_date"] == str(issue_date))


def _transfer(invoice: dict[str, Any]) -> ReceivedTransfer:
    day = date.fromisoformat(invoice["issue_date"]) + _DAYS_TO_PAY
    return ReceivedTransfer(invoice["total_incl_vat_cents"], day, f"Facture {invoice['number']}")
