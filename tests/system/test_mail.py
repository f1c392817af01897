"""An invoice on its way: issued by billing, written and sent by community, told back to billing."""

from typing import Any
from uuid import UUID

import httpx

from libs.common.eventlog.open import open_event_log
from tests.billing.members import profile_body
from tests.billing.world import Coop, issue, price
from tests.community.coop import (
    enrol,
    given_organiser,
    member_body,
    operation_body,
    put,
)
from tests.community.mailing import eml, new_address
from tests.support.alone import record_of
from tests.support.platform import MAILS, Platform
from tests.support.smtp import read_email
from tests.support.waiting import until

_SELLER = {"kind": "company", "siren": "992000026", "vat_number": "FR29992000026"}


async def test_a_customer_gets_the_pdf_of_the_invoice_and_the_organiser_sees_that_it_was_sent(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    coop, address = Coop(), new_address()
    await _record(operator, coop, address)
    await _tell_settlement(platform, coop)
    policy = {"invoices": True}
    answer = await operator.put(f"/billing/issuers/{coop.seller}/mail-policy", json=policy)
    assert answer.status_code == 200, answer.text

    (invoice,) = [
        invoice for invoice in await _issue(operator, coop) if _is_for(invoice, coop.anna)
    ]
    mailing = await _until_told(operator, invoice)

    (recipient,) = mailing["recipients"]
    assert recipient["status"] == "sent"
    email = read_email(eml(MAILS, UUID(mailing["id"])).read_bytes())
    assert email["To"] == address
    assert email["Subject"] == f"Invoice {invoice['number']} from Soleils SAS"
    (pdf,) = email.iter_attachments()
    shown = await operator.get(f"/billing/invoices/{invoice['id']}.pdf")
    assert pdf.get_content() == shown.content
    assert pdf.get_filename() == f"{invoice['number']}.pdf"


async def _record(operator: httpx.AsyncClient, coop: Coop, address: str) -> None:
    """The co-op in the community service; Anna reads English."""
    bodies = {
        coop.seller: member_body(name="Soleils SAS", **_SELLER),
        coop.anna: member_body(name="Anna", email=address, language="en"),
        coop.bruno: member_body(name="Bruno"),
    }
    for member_id, body in bodies.items():
        await put(operator, f"/members/{member_id}", body)
    organiser = await given_organiser(operator)
    await put(operator, f"/operations/{coop.operation_id}", operation_body(organiser))
    for point in coop.points:
        await put(operator, f"/points/{point.prm}", {"label": "Toit"})
    of_points = {"power_limit_w", "production_kind", "plant_name"}
    parts = [point.part.model_dump(mode="json", exclude=of_points) for point in coop.points]
    await enrol(operator, coop.operation_id, *parts)


async def _tell_settlement(platform: Platform, coop: Coop) -> None:
    async with open_event_log(platform.settings, database_url=platform.database_url) as log:
        await log.append([record_of(coop.settlement())])


async def _issue(operator: httpx.AsyncClient, coop: Coop) -> list[dict[str, Any]]:
    """As soon as billing has heard of everything."""
    await coop.price(operator, price())
    await coop.decide_accise(operator)
    profile = f"/billing/issuers/{coop.seller}/profile"
    assert (await operator.put(profile, json=profile_body())).status_code == 200

    async def drafted() -> tuple[int, Any]:
        answer = await operator.post(f"{coop.month_url}/drafts")
        return answer.status_code, answer.json()

    _, drafts = await until(
        "the month is drafted",
        drafted,
        lambda seen: seen[0] == 200 and not seen[1]["blockers_to_issue"],
    )
    answer = await issue(operator, drafts["invoices"])
    assert answer.status_code == 200, answer.text
    issued: list[dict[str, Any]] = answer.json()
    return issued


async def _until_told(operator: httpx.AsyncClient, invoice: dict[str, Any]) -> dict[str, Any]:
    """The one mailing of an invoice, once nothing of it waits."""

    async def told() -> dict[str, Any]:
        answer = await operator.get(f"/billing/invoices/{invoice['id']}/mailings")
        (mailing,) = answer.json()
        return dict(mailing)

    def is_over(mailing: dict[str, Any]) -> bool:
        states = [recipient["status"] for recipient in mailing["recipients"]]
        return bool(states) and "queued" not in states

    return await until("nothing of the mailing waits", told, is_over)


def _is_for(invoice: dict[str, Any], member_id: UUID) -> bool:
    return bool(invoice["customer"]["member_id"] == str(member_id))
