"""What billing has sent to customers by e-mail, and what it hears of it."""

import hashlib
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from libs.common.events.billing import MessageAsked
from libs.common.events.community import MessageStatusChanged, RecipientPart
from libs.common.file_store import file_store
from services.billing.domain.creditor_references import creditor_reference
from services.billing.domain.thresholds import debited_alone_from
from services.billing.domain.wordings import in_fours
from tests.billing.correcting import choose_thresholds
from tests.billing.members import TIME, member, seller
from tests.billing.money import (
    ICS,
    collect,
    issued_by_customer,
    paying_coop,
    payments_url,
    record_mandate,
    set_creditor,
    today,
)
from tests.billing.runs import carry_out, start
from tests.billing.test_documents import words
from tests.billing.treasury import treasury
from tests.billing.world import Billing, Coop, documents
from tests.support.waiting import until

EVERYTHING = {
    "invoices": True,
    "reminders": True,
    "pre_notifications": True,
    "reminders_when_due": True,
    "payment_notices": True,
    "payouts": True,
}


async def have_sent(client: httpx.AsyncClient, issuer: UUID, **policy: bool) -> None:
    answer = await client.put(payments_url(issuer, "mail-policy"), json=policy)
    assert answer.status_code == 200, answer.text


async def mailings(client: httpx.AsyncClient, invoice: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await client.get(f"/billing/invoices/{invoice['id']}/mailings")
    assert answer.status_code == 200, answer.text
    body: list[dict[str, Any]] = answer.json()
    return body


async def until_asked(
    client: httpx.AsyncClient, invoice: dict[str, Any], count: int = 1
) -> list[dict[str, Any]]:
    """The mailings of an invoice, once community has been asked for so many."""

    return await until(
        f"community is asked for {count} mailings",
        lambda: mailings(client, invoice),
        lambda rows: len([mailing for mailing in rows if mailing["asked_at"]]) == count,
    )


async def asked_for(
    billing: Billing, client: httpx.AsyncClient, invoice: dict[str, Any], count: int = 1
) -> list[MessageAsked]:
    """What community is asked for about an invoice, in order."""
    ids = {mailing["id"] for mailing in await until_asked(client, invoice, count)}
    events = await billing.published(MessageAsked, invoice["customer"]["member_id"])
    return [event for event in events if str(event.message_id) in ids]


async def test_an_issued_invoice_is_sent_with_the_pdf_that_everybody_gets(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await have_sent(operator, coop.seller, invoices=True)

    anna = (await issued_by_customer(operator, coop))["Anna"]

    (message,) = await asked_for(billing, operator, anna)
    assert (message.kind, message.language) == ("invoice", "fr")
    assert (message.member_id, message.operation_id) == (coop.anna, coop.operation_id)
    facts = message.facts
    assert (facts.number, facts.total_cents) == (anna["number"], anna["total_incl_vat_cents"])
    assert (facts.issuer_name, facts.operation_name) == ("Soleils SAS", "Trois Toits")
    assert (facts.due_date and facts.due_date.isoformat(), facts.contact) == (
        anna["due_date"],
        "soleils@example.org",
    )
    public_url = billing.platform.settings.public_url
    assert facts.url == f"{public_url}/billing/invoices/{anna['id']}"
    assert facts.reference == in_fours(creditor_reference(coop.seller, anna["number"]))
    (attached,) = message.attachments
    pdf = (await operator.get(f"/billing/invoices/{anna['id']}.pdf")).content
    files = file_store(billing.platform.settings, attached.room)
    async with files.reading(attached.sha256) as file:
        assert file.read() == pdf
    assert attached.sha256 == hashlib.sha256(pdf).hexdigest()
    assert (attached.name, attached.byte_count) == (f"{anna['number']}.pdf", len(pdf))


async def test_an_invoice_is_sent_with_what_is_left_to_pay_of_it(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await have_sent(operator, anna.coop.seller, invoices=True)
    # A direct debit of the first bill is under way, which pays what replaces it but for 0.12 €.
    await anna.collect(0)
    await anna.correct(2)
    (second,) = [bill for bill in await anna.invoices() if bill["refers_to"]]
    (message,) = await asked_for(billing, operator, second)
    assert (message.facts.total_cents, message.facts.open_cents) == (384, 12)
    assert message.facts.replaces == second["refers_to"][0]["number"]
    assert message.facts.reason == "Ce qui change : +1,000 kWh, le 31/10/2026"

    await anna.receive(0)
    await anna.correct(0)

    (third,) = [
        bill
        for bill in await anna.invoices()
        if second["id"] in {reference["id"] for reference in bill["refers_to"]}
    ]
    (message,) = await asked_for(billing, operator, third)
    facts = message.facts
    assert (facts.total_cents, facts.open_cents, facts.due_date) == (360, 0, None)


async def test_who_is_debited_is_told_from_when_and_not_how_to_pay(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await set_creditor(operator, coop.seller)
    await record_mandate(operator, coop.seller, coop.anna, signed_on="2026-01-02")
    await have_sent(operator, coop.seller, invoices=True)

    anna = (await issued_by_customer(operator, coop))["Anna"]

    (message,) = await asked_for(billing, operator, anna)
    facts = message.facts
    assert facts.debited_from == date.fromisoformat(anna["due_date"])
    assert (facts.due_date, facts.reference, facts.account) == (None, None, None)
    assert facts.least_debit_cents is None


async def test_who_owes_too_little_to_be_debited_is_told_of_no_day(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await set_creditor(operator, coop.seller)
    await record_mandate(operator, coop.seller, coop.anna, signed_on="2026-01-02")
    await have_sent(operator, coop.seller, invoices=True)
    await choose_thresholds(operator, coop, debit=500)

    anna = (await issued_by_customer(operator, coop))["Anna"]

    (message,) = await asked_for(billing, operator, anna)
    facts = message.facts
    assert (facts.debited_from, facts.due_date, facts.reference) == (None, None, None)
    alone_from = debited_alone_from(date.fromisoformat(anna["due_date"]))
    assert (facts.least_debit_cents, facts.debited_alone_from) == (500, alone_from)


async def test_nothing_is_sent_unless_somebody_says_so(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    anna = (await issued_by_customer(operator, coop, terms_days=0))["Anna"]
    url = payments_url(coop.seller, "reminders")
    assert (await operator.post(url, json={})).json() != []

    assert await mailings(operator, anna) == []
    policy = await operator.get(payments_url(coop.seller, "mail-policy"))
    assert policy.json() == dict.fromkeys(EVERYTHING, False)


async def test_a_document_is_sent_when_asked_for_once_for_each_id(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued_by_customer(operator, coop)
    anna, bruno = invoices["Anna"], invoices["Bruno"]
    first, second = uuid4(), uuid4()

    for mailing_id in (first, first, second):
        answer = await operator.put(f"/billing/invoices/{anna['id']}/mailings/{mailing_id}")
        assert answer.status_code == 200, answer.text

    messages = await asked_for(billing, operator, anna, count=2)
    assert {message.message_id for message in messages} == {first, second}
    assert len({message.attachments[0].sha256 for message in messages}) == 1
    taken = await operator.put(f"/billing/invoices/{bruno['id']}/mailings/{first}")
    assert taken.status_code == 409
    assert taken.json()["type"] == "/problems/mailing-fixed"


async def test_what_of_a_run_was_never_sent_is_sent_at_once_and_only_once(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    run = await start(operator, coop, str(coop.month))
    url = f"/billing/runs/{run['id']}/mailings"
    drafts = await operator.post(url)
    await carry_out(operator, run, "issue", {"issue_date": "2026-11-05"})
    first, second = await documents(operator, coop)
    await operator.put(f"/billing/invoices/{first['id']}/mailings/{uuid4()}")

    answers = [await operator.post(url) for _ in range(2)]

    assert [answer.json() for answer in (drafts, *answers)] == [
        {"asked": 0},
        {"asked": 1},
        {"asked": 0},
    ]
    for invoice in (first, second):
        (message,) = await asked_for(billing, operator, invoice)
        assert message.facts.number == invoice["number"]
    async with billing.client("member", member_id=str(coop.seller)) as seller:
        assert (await seller.post(url)).status_code == 403
    assert (await operator.post(f"/billing/runs/{uuid4()}/mailings")).status_code == 404


async def test_a_draft_is_not_sent(operator: httpx.AsyncClient, coop: Coop) -> None:
    await coop.price(operator)
    draft = (await coop.draft(operator))[0]

    answer = await operator.put(f"/billing/invoices/{draft['id']}/mailings/{uuid4()}")

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/invoice-not-issued"


async def test_documents_are_in_the_language_of_the_customer(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await have_sent(operator, coop.seller, invoices=True)
    english = member(coop.anna, "Anna", revision=2).model_copy(update={"language": "en"})
    await billing.tell(english)

    anna = (await issued_by_customer(operator, coop))["Anna"]

    (message,) = await asked_for(billing, operator, anna)
    path = f"/billing/invoices/{anna['id']}.pdf"
    etags = [
        (await operator.get(path, params=query)).headers["etag"]
        for query in ({"language": "en"}, {}, {"language": "fr"})
    ]
    assert message.language == "en"
    assert f'"{message.attachments[0].sha256}"' == etags[0] == etags[1] != etags[2]


async def test_a_place_of_delivery_is_frozen_into_the_invoice(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    mill = "Le Moulin\n99120 Vallon"
    elsewhere = member(coop.anna, "Anna", revision=2, delivery_address=mill)
    await billing.tell(elsewhere, seller(coop.seller, revision=2, delivery_address="Le Dépôt"))

    anna = (await issued_by_customer(operator, coop))["Anna"]

    await billing.tell(member(coop.anna, "Anna", revision=3))
    kept = (await operator.get(f"/billing/invoices/{anna['id']}")).json()
    assert kept["customer"]["delivery_address"] == mill
    assert kept["issuer"]["delivery_address"] is None
    page = (await operator.get(f"/billing/invoices/{anna['id']}.pdf")).content
    assert "Le Moulin 99120 Vallon" in words(page)


async def test_what_became_of_it_is_known_by_document(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await have_sent(operator, coop.seller, invoices=True)
    anna = (await issued_by_customer(operator, coop))["Anna"]
    (message,) = await asked_for(billing, operator, anna)

    def status(revision: int, **values: Any) -> MessageStatusChanged:  # noqa: ANN401 - an event's values
        return MessageStatusChanged(
            time=TIME,
            message_id=message.message_id,
            member_id=coop.anna,
            revision=revision,
            recipients=[RecipientPart(number=1, at=TIME, **values)],
        )

    bounced = status(3, status="bounced", reason="550 5.1.1")
    of_others = bounced.model_copy(update={"message_id": uuid4()})
    await billing.tell(status(1, status="queued"), bounced, status(2, status="sent"), of_others)

    (mailing,) = await mailings(operator, anna)
    (recipient,) = mailing["recipients"]
    assert (recipient["status"], recipient["reason"]) == ("bounced", "550 5.1.1")


async def test_mailings_are_for_those_who_may_read_the_document(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    anna = (await issued_by_customer(operator, coop))["Anna"]
    path = f"/billing/invoices/{anna['id']}/mailings"
    policy = payments_url(coop.seller, "mail-policy")
    expected = {
        "organiser": (200, 200, 200, 200),
        "stranger": (403, 403, 403, 403),
        "seller": (200, 403, 200, 403),
        "customer": (200, 403, 403, 403),
        "neighbour": (403, 403, 403, 403),
        "feed": (403, 403, 403, 403),
    }
    statuses = {}
    async with (
        billing.client("organiser", operations=[coop.operation_id]) as organiser,
        billing.client("organiser", operations=["ACC00000000"]) as stranger,
        billing.client("member", member_id=str(coop.seller)) as seller,
        billing.client("member", member_id=str(coop.anna)) as customer,
        billing.client("member", member_id=str(coop.bruno)) as neighbour,
        billing.client("feed") as feed,
    ):
        clients = (organiser, stranger, seller, customer, neighbour, feed)
        for name, client in zip(expected, clients, strict=True):
            answers = [
                await client.get(path),
                await client.put(f"{path}/{uuid4()}"),
                await client.get(policy),
                await client.put(policy, json={"invoices": False}),
            ]
            statuses[name] = tuple(answer.status_code for answer in answers)

    assert statuses == expected


async def test_reminders_of_today_are_sent_and_those_of_before_are_not(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    anna = (await issued_by_customer(operator, coop, terms_days=0))["Anna"]
    creditor = await set_creditor(operator, coop.seller)
    await have_sent(operator, coop.seller, reminders=True)
    schedule = {"valid_from": "2026-01-01", "after_days": [1, 2]}
    await operator.put(payments_url(coop.seller, "reminder-schedule"), json=schedule)
    url = payments_url(coop.seller, "reminders")

    for day in ("2026-11-06", None, None):
        assert (await operator.post(url, json={"day": day})).status_code == 200

    (message,) = await asked_for(billing, operator, anna)
    assert (message.kind, message.facts.level) == ("reminder", 2)
    assert message.facts.open_cents == anna["total_incl_vat_cents"]
    # The document was issued before there was an account; the reminder names that of today.
    assert message.facts.account == in_fours(creditor["iban"])
    assert message.facts.account_holder == creditor["name"]
    assert len(message.attachments) == 1


async def test_debtors_told_today_get_a_notice_of_day_amount_and_mandate(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator, customers=["Anna"])
    await have_sent(operator, coop.seller, pre_notifications=True)
    collection_id = uuid4()

    for _ in range(2):
        answer = await collect(operator, coop.seller, collection_id=collection_id)
        assert answer.status_code == 200, answer.text

    anna = invoices["Anna"]
    (message,) = await asked_for(billing, operator, anna)
    facts = message.facts
    assert (message.kind, message.attachments) == ("pre_notification", [])
    assert facts.open_cents == anna["total_incl_vat_cents"]
    assert facts.collection_date
    assert facts.collection_date.isoformat() == answer.json()["day"]
    assert facts.creditor_name == "Soleils SAS"
    assert facts.iban
    assert "•" in facts.iban
    assert facts.rum
    assert facts.rum.startswith("ELO-")
    assert facts.ics == ICS
    assert facts.reference is None


async def test_debtors_told_before_get_no_notice(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, invoices, _ = await paying_coop(billing, operator, customers=["Anna"])
    await have_sent(operator, coop.seller, pre_notifications=True)
    yesterday = (today() - timedelta(days=1)).isoformat()

    answer = await collect(operator, coop.seller, notified_on=yesterday)

    assert answer.status_code == 200, answer.text
    assert await mailings(operator, invoices["Anna"]) == []
