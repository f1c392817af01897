"""What is issued is noted for its channel, and the null platform records what would be sent."""

import hashlib
import json
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.billing.einvoicing.sending import (
    TOWN_SIREN,
    TOWN_SIRET,
    Sending,
    submission_of,
    submit,
    town_invoice,
)
from tests.billing.members import member
from tests.billing.world import NOT_FROZEN, Billing, Coop, issue
from tests.support.waiting import until


async def recorded(client: httpx.AsyncClient, invoice: dict[str, Any]) -> dict[str, Any]:
    return await until(
        "the invoice is recorded",
        lambda: submission_of(client, invoice),
        lambda submission: submission["state"] == "recorded",
    )


async def issued_to(
    billing: Billing,
    operator: httpx.AsyncClient,
    coop: Coop,
    **changes: Any,  # noqa: ANN401 - an event's values
) -> dict[str, Any]:
    """The invoice to Anna, of whom this is told."""
    await billing.tell(member(coop.anna, "Anna", revision=2, **changes))
    await coop.price(operator)
    (draft,) = [
        document
        for document in await coop.draft(operator)
        if document["customer"]["name"] == "Anna"
    ]
    answer = await issue(operator, [draft])
    assert answer.status_code == 200, answer.text
    (invoice,) = answer.json()
    return dict(invoice)


async def test_without_a_platform_what_would_be_sent_is_recorded(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = Coop()
    routing = {"siret": TOWN_SIRET, "service_code": "SRV", "commitment_number": "EJ-7"}
    await billing.tell(*coop.events())
    url = f"/billing/customers/{coop.anna}/routing"
    await billing.tell(
        member(coop.anna, "Pousselac", revision=2, kind="public_body", siren=TOWN_SIREN)
    )
    assert (await operator.put(url, json=routing)).status_code == 200
    await coop.price(operator)
    await coop.decide_taxes(operator)
    (draft,) = [
        document for document in await coop.draft(operator) if document["customer"]["siren"]
    ]
    (invoice,) = (await issue(operator, [draft])).json()

    payments = await recorded(operator, invoice)

    pdf = (await operator.get(f"/billing/invoices/{invoice['id']}.pdf")).content
    assert payments["sent"] == {
        "channel": "b2g",
        "number": invoice["number"],
        "file_name": f"992000026_{invoice['number']}.pdf",
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "byte_count": len(pdf),
        "content_hash": invoice["content_hash"],
        "issuer_siren": "992000026",
        "customer_siren": TOWN_SIREN,
        "routing": routing,
    }
    assert (payments["platform"], payments["receipt"], payments["why"]) == ("null", None, "due")
    assert [change["state"] for change in payments["history"]] == ["queued", "sending", "recorded"]


async def test_an_invoice_to_a_company_is_not_due_yet_but_can_be_sent(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoice = await issued_to(billing, operator, coop, kind="company", siren=TOWN_SIREN)
    waiting = await submission_of(operator, invoice)

    answer = await submit(operator, invoice)

    assert (waiting["state"], waiting["why"]) == ("not_due", "size-unstated")
    assert (waiting["channel"], waiting["sent"], waiting["next_at"]) == ("b2b", None, None)
    assert answer.status_code == 202
    payments = await recorded(operator, invoice)
    assert [change["state"] for change in payments["history"]][:2] == ["not_due", "queued"]


@pytest.mark.parametrize(
    ("profile", "why"),
    [({"company_size": "large"}, "due"), ({"sends_early": True}, "chosen")],
    ids=["large", "early"],
)
async def test_sellers_that_must_or_want_to_send_invoices_to_companies_by_themselves(
    billing: Billing, operator: httpx.AsyncClient, profile: dict[str, Any], why: str
) -> None:
    coop = Coop()
    await billing.tell(*coop.events())
    await coop.decide_taxes(operator, **profile)

    invoice = await issued_to(billing, operator, coop, kind="company", siren=TOWN_SIREN)

    assert (await recorded(operator, invoice))["why"] == why


async def test_households_get_no_document_from_a_platform(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoice = await issued_to(billing, operator, coop)

    listed = await operator.get(f"/billing/invoices/{invoice['id']}/submissions")
    answer = await submit(operator, invoice)

    assert listed.json() == []
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/nothing-to-submit"


async def test_a_draft_is_not_submitted(operator: httpx.AsyncClient, coop: Coop) -> None:
    await coop.price(operator)
    draft = (await coop.draft(operator))[0]

    answer = await submit(operator, draft)

    assert answer.json()["type"] == "/problems/invoice-not-issued"


async def test_a_credit_note_goes_the_way_of_its_invoice(
    sending: Sending, staff: httpx.AsyncClient
) -> None:
    _, invoice = await town_invoice(sending.billing, staff)
    draft = await staff.post(
        f"/billing/invoices/{invoice['id']}/credit-notes", json={"reason": "Wrong address"}
    )
    (note,) = (await issue(staff, [draft.json()])).json()

    await sending.deliver()

    assert (await submission_of(staff, note))["state"] == "deposited"
    names = [deposit["nomFichier"] for deposit in sending.chorus.deposits.values()]
    assert sorted(names) == [
        f"992000026_{number}.pdf" for number in (note["number"], invoice["number"])
    ]


async def test_a_document_on_which_our_code_stumbles_keeps_no_other_from_being_sent(
    sending: Sending, staff: httpx.AsyncClient
) -> None:
    coop = Coop()
    await sending.billing.tell(*coop.events())
    await coop.decide_taxes(staff)
    broken = await issued_otherwise(sending.billing, staff, coop, without="operation")
    queue = text("""
        INSERT INTO submission (id, channel, issuer_id, invoice_id, state, why, created_at, next_at)
        SELECT id, 'b2g', issuer_id, id, 'queued', 'due', now(), '2026-01-01' FROM invoice
        WHERE id = :id
    """)
    database_of = sending.billing.platform.database
    async with database_of("billing") as database, database.transaction() as session:
        await session.execute(queue, {"id": broken["id"]})
    _, invoice = await town_invoice(sending.billing, staff)

    await sending.deliver()

    assert (await submission_of(staff, invoice))["state"] == "deposited"
    failed = await submission_of(staff, broken)
    assert failed["state"] == "failed"
    assert (
        failed["history"][-1]["reason"] == "A bug stopped the making of the file: ValidationError."
    )


async def issued_otherwise(
    billing: Billing, client: httpx.AsyncClient, coop: Coop, *, without: str = ""
) -> dict[str, Any]:
    """An invoice to a company that no code of today has issued."""
    await billing.tell(member(coop.anna, "Anna", revision=2, kind="company", siren=TOWN_SIREN))
    await coop.price(client)
    (draft,) = [
        document for document in await coop.draft(client) if document["customer"]["name"] == "Anna"
    ]
    number = {"number": "F2026-00009", "issue_date": "2026-11-05"}
    left_out = NOT_FROZEN | {without}
    content = {name: value for name, value in (draft | number).items() if name not in left_out}
    update = text("""
        UPDATE invoice SET state = 'issued', year = 2026, sequence = 9, number = 'F2026-00009',
            issue_date = '2026-11-05', content = CAST(:content AS text),
            content_hash = encode(sha256(convert_to(CAST(:content AS text), 'UTF8')), 'hex')
        WHERE id = :id
    """)
    async with billing.platform.database("billing") as database, database.transaction() as session:
        await session.execute(update, {"id": draft["id"], "content": json.dumps(content)})
    return dict(draft)


async def test_submissions_are_for_those_who_read_the_books_of_the_seller(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoice = await town_invoice(billing, operator)
    of_invoice = f"/billing/invoices/{invoice['id']}/submissions"
    of_issuer = f"/billing/issuers/{coop.seller}/submissions"

    async def statuses(role: str, **claims: object) -> list[int]:
        async with billing.client(role, **claims) as client:
            answers = [
                await client.get(of_invoice),
                await client.get(of_issuer),
                await client.post(of_invoice),
            ]
        return [answer.status_code for answer in answers]

    await recorded(operator, invoice)
    assert await statuses("organiser", operations=[coop.operation_id]) == [200, 200, 202]
    assert await statuses("organiser", operations=["ACC99999999"]) == [403, 403, 403]
    assert await statuses("member", member_id=str(coop.seller)) == [200, 200, 403]
    assert await statuses("member", member_id=str(coop.anna)) == [403, 403, 403]
    assert await statuses("feed") == [403, 403, 403]


async def test_submissions_are_listed_page_by_page(
    sending: Sending, staff: httpx.AsyncClient
) -> None:
    coop, invoice = await town_invoice(sending.billing, staff)
    draft = await staff.post(
        f"/billing/invoices/{invoice['id']}/credit-notes", json={"reason": "Wrong address"}
    )
    assert (await issue(staff, [draft.json()])).status_code == 200
    url = f"/billing/issuers/{coop.seller}/submissions"

    first = (await staff.get(url, params={"limit": 1})).json()
    second = (await staff.get(url, params={"limit": 1, "after": first[0]["id"]})).json()
    rest = (await staff.get(url, params={"after": second[0]["id"]})).json()

    assert len({submission["invoice_id"] for submission in (*first, *second)}) == 2
    assert rest == []


@pytest.mark.parametrize("change", ["UPDATE {} SET state = 'delivered'", "DELETE FROM {}"])
async def test_the_history_only_grows_by_the_database_itself(
    sending: Sending, staff: httpx.AsyncClient, change: str
) -> None:
    await town_invoice(sending.billing, staff)

    async with sending.billing.platform.database("billing") as database:
        with pytest.raises(DBAPIError, match="only grows"):
            async with database.transaction() as session:
                await session.execute(text(change.format("submission_event")))
