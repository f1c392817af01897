"""One notice of what a customer owes several sellers with one collector."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from libs.common.ids import Direction, Prm
from services.billing.domain.thresholds import debited_alone_from
from services.billing.domain.wordings import in_fours
from tests.billing.correcting import choose, choose_thresholds
from tests.billing.members import record_profile, seller
from tests.billing.money import (
    balances,
    collect,
    payments_url,
    read_collection,
    record_mandate,
    set_creditor,
    today,
)
from tests.billing.payouts import pay_out
from tests.billing.statements import bank_tells, booked
from tests.billing.test_documents import words
from tests.billing.test_dunning import remind
from tests.billing.test_invoice_payments import payment
from tests.billing.test_mailings import asked_for, have_sent
from tests.billing.world import KWH_WMIN, Billing, Coop, Point, issue, price
from tests.support.ids import new_prm


class Village:
    """Anna buys of two sellers of one operation; the association of Bruno collects for both."""

    def __init__(self) -> None:
        self.coop = Coop()
        self.other = uuid4()
        self.other_roof: Prm = new_prm()
        self.account: dict[str, Any] = {}

    async def begin(self, billing: Billing, operator: httpx.AsyncClient) -> None:
        coop = self.coop
        other_point = Point(self.other_roof, Direction.PRODUCTION, self.other)
        await billing.tell(
            *coop.members(),
            seller(self.other),
            coop.perimeter([*coop.points, other_point]),
            coop.settlement(self.energies),
        )
        self.account = await set_creditor(operator, coop.bruno, name="Les Voisins")
        for issuer in (coop.seller, self.other):
            await set_creditor(operator, issuer, ics=None, collected_by=str(coop.bruno))
            await record_profile(operator, issuer, payment_terms_days=0)
        await coop.decide_accise(operator)
        await coop.price(operator, price("0.1000"))

    @property
    def energies(self) -> dict[tuple[Prm, Prm], list[int]]:
        roofs = (self.coop.roof, self.other_roof)
        return {(roof, self.coop.anna_home): [KWH_WMIN] * 31 for roof in roofs}

    async def correct(
        self, billing: Billing, operator: httpx.AsyncClient, *, number: int = 2
    ) -> None:
        """The last day was twice as sunny, or as many times as this settlement counts."""
        energies = {pair: [*wmin[:-1], number * KWH_WMIN] for pair, wmin in self.energies.items()}
        await self.coop.revise(billing, energies, number=number)
        answer = await issue(operator, await self.coop.corrections(operator))
        assert answer.status_code == 200, answer.text

    async def issue(self, operator: httpx.AsyncClient) -> list[dict[str, Any]]:
        answer = await issue(operator, await self.coop.draft(operator))
        assert answer.status_code == 200, answer.text
        invoices: list[dict[str, Any]] = answer.json()
        assert len(invoices) == 2
        return invoices


async def village(billing: Billing, operator: httpx.AsyncClient, **policy: bool) -> Village:
    made = Village()
    await made.begin(billing, operator)
    await have_sent(operator, made.coop.bruno, payment_notices=True, **policy)
    for issuer in (made.coop.seller, made.other):
        await have_sent(operator, issuer, invoices=True)
    return made


async def the_notice(client: httpx.AsyncClient, coop: Coop) -> dict[str, Any]:
    answer = await client.get(
        "/billing/payment-notices", params={"operation_id": coop.operation_id}
    )
    assert answer.status_code == 200, answer.text
    (notice,) = answer.json()
    body: dict[str, Any] = notice
    assert (await client.get(f"/billing/payment-notices/{body['id']}")).json() == body
    return body


async def test_one_letter_asks_for_what_is_owed_to_all(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)

    invoices = await made.issue(operator)

    (message,) = await asked_for(billing, operator, invoices[0])
    assert [message] == await asked_for(billing, operator, invoices[1])
    assert message.kind == "payment_notice"
    names = [attachment.name for attachment in message.attachments]
    assert len(set(names)) == 3
    assert names[0] == f"{message.facts.number}.pdf"
    facts = message.facts
    assert (facts.open_cents, facts.total_cents) == (744, 744)
    assert [document.payable_cents for document in facts.documents] == [372, 372]
    notice = await the_notice(operator, made.coop)
    assert facts.number == notice["number"] == f"P{notice['made_on'][:4]}-00001"
    assert facts.reference == in_fours(notice["account"]["reference"])
    assert facts.account == in_fours(made.account["iban"])
    public_url = billing.platform.settings.public_url
    assert facts.url == f"{public_url}/billing/payment-notices/{notice['id']}"
    assert (notice["payable_cents"], notice["announced_cents"]) == (744, 0)


async def test_who_is_debited_has_nothing_to_do(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    mandate = await record_mandate(operator, made.coop.bruno, made.coop.anna)

    invoices = await made.issue(operator)

    (message,) = await asked_for(billing, operator, invoices[0])
    assert message.facts.rum == mandate["rum"]
    assert (message.facts.reference, message.facts.account) == (None, None)


async def test_a_transfer_with_the_reference_of_a_notice_pays_each_seller(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    invoices = await made.issue(operator)
    reference = (await the_notice(operator, made.coop))["account"]["reference"]

    assert await bank_tells(operator, made.account, booked(500, remittance=reference)) == (1, 1)

    states = [await payment(operator, invoice) for invoice in invoices]
    assert sorted(state["open_cents"] for state in states) == [0, 244]
    assert (await the_notice(operator, made.coop))["payable_cents"] == 244
    url = payments_url(made.coop.bruno, "bank-transactions")
    (transaction,) = (await operator.get(url)).json()
    assert sum(payment["amount_cents"] for payment in transaction["payments"]) == 500
    # It is taken back as any other.
    answer = await operator.delete(f"{url}/{transaction['id']}/assignment")
    assert answer.status_code == 200, answer.text
    assert (await the_notice(operator, made.coop))["payable_cents"] == 744
    assert await bank_tells(operator, made.account, booked(744, remittance=reference)) == (1, 1)
    notice = await the_notice(operator, made.coop)
    assert (notice["payable_cents"], notice["account"]) == (0, None)


async def test_without_the_setting_each_document_goes_by_itself(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    await have_sent(operator, made.coop.bruno, payment_notices=False)

    invoices = await made.issue(operator)

    for invoice in invoices:
        (message,) = await asked_for(billing, operator, invoice)
        assert message.kind == "invoice"
    assert (
        await operator.get(
            "/billing/payment-notices", params={"operation_id": made.coop.operation_id}
        )
    ).json() == []


async def test_a_notice_is_for_its_customer_and_for_who_runs_the_operation(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    await made.issue(operator)
    notice = await the_notice(operator, made.coop)
    url = f"/billing/payment-notices/{notice['id']}"
    async with (
        billing.client("member", member_id=str(made.coop.anna)) as anna,
        billing.client("member", member_id=str(made.other)) as other,
        billing.client("organiser", operations=["ACC00000000"]) as stranger,
    ):
        assert (await anna.get(url)).json() == notice
        assert (await anna.get("/billing/payment-notices")).json() == [notice]
        assert (await other.get("/billing/payment-notices")).json() == []
        assert [(await client.get(url)).status_code for client in (other, stranger)] == [403, 403]
    missing = await operator.get(f"/billing/payment-notices/{uuid4()}")
    assert missing.json()["type"] == "/problems/payment-notice-unknown"


async def test_each_document_names_its_notice(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)

    invoices = await made.issue(operator)

    notice = await the_notice(operator, made.coop)
    for invoice in invoices:
        (mention,) = [each for each in invoice["mentions"] if each["code"] == "payment-notice"]
        assert mention["facts"] == {"number": notice["number"]}
        pdf = (await operator.get(f"/billing/invoices/{invoice['id']}.pdf")).content
        assert f"Fait partie de l’avis d’échéance {notice['number']}" in words(pdf)


async def test_a_notice_is_reminded_of_by_one_letter(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator, reminders=True)
    for issuer in (made.coop.seller, made.other):
        await have_sent(operator, issuer, reminders=True)
    invoices = await made.issue(operator)
    notice = await the_notice(operator, made.coop)
    reference = notice["account"]["reference"]
    assert await bank_tells(operator, made.account, booked(100, remittance=reference)) == (1, 1)

    for issuer in (made.coop.seller, made.other):
        assert len(await remind(operator, issuer, today().isoformat())) == 1

    _, message = await asked_for(billing, operator, invoices[0], 2)
    assert (message.kind, message.facts.level) == ("reminder", 1)
    assert (message.facts.number, message.facts.open_cents) == (notice["number"], 644)
    assert message.facts.reference == in_fours(reference)
    assert sorted(document.payable_cents for document in message.facts.documents) == [272, 372]


async def test_a_reminder_by_hand_of_who_has_a_mandate_says_how_to_pay(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator, reminders=True)
    await have_sent(operator, made.coop.seller, reminders=True)
    await record_mandate(operator, made.coop.bruno, made.coop.anna)
    invoices = await made.issue(operator)

    assert len(await remind(operator, made.coop.seller, today().isoformat())) == 1

    _, message = await asked_for(billing, operator, invoices[0], 2)
    assert (message.kind, message.facts.debited_from) == ("reminder", None)
    assert message.facts.account == in_fours(made.account["iban"])
    assert message.facts.reference is not None
    assert message.facts.due_date is not None


async def test_a_notice_has_a_page_of_its_own(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    await made.issue(operator)
    notice = await the_notice(operator, made.coop)

    answer = await operator.get(
        f"/billing/payment-notices/{notice['id']}.pdf", params={"language": "fr"}
    )

    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    page = words(answer.content)
    for text in (
        notice["number"],
        "7,44 €",
        in_fours(notice["account"]["reference"]),
        "Les Voisins",
    ):
        assert text.replace("\u00a0", " ") in page.replace("\u00a0", " ")


async def test_each_document_can_still_be_paid_alone(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    first, second = await made.issue(operator)
    reference = (await payment(operator, first))["account"]["reference"]

    assert await bank_tells(operator, made.account, booked(372, remittance=reference)) == (1, 1)

    notice = await the_notice(operator, made.coop)
    assert (notice["state"], notice["payable_cents"]) == ("overdue", 372)
    left = {document["invoice_id"]: document["payment"] for document in notice["documents"]}
    assert left[first["id"]]["payable_cents"] == 0
    assert left[second["id"]]["payable_cents"] == 372


async def test_what_is_paid_too_much_can_be_taken_back_and_assigned_by_hand(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    first, second = await made.issue(operator)
    reference = (await the_notice(operator, made.coop))["account"]["reference"]
    assert await bank_tells(operator, made.account, booked(800, remittance=reference)) == (1, 1)
    states = [await payment(operator, invoice) for invoice in (first, second)]
    assert sorted(state["open_cents"] for state in states) == [-56, 0]
    assert (await the_notice(operator, made.coop))["state"] == "paid"

    url = payments_url(made.coop.bruno, "bank-transactions")
    (transaction,) = (await operator.get(url)).json()
    await operator.delete(f"{url}/{transaction['id']}/assignment")
    parts = [{"invoice_id": invoice["id"], "amount_cents": 400} for invoice in (first, second)]
    answer = await operator.post(f"{url}/{transaction['id']}/assignment", json={"payments": parts})

    assert answer.status_code == 200, answer.text
    states = [await payment(operator, invoice) for invoice in (first, second)]
    assert [state["open_cents"] for state in states] == [-28, -28]


async def test_books_and_payouts_are_exact_whatever_pays_a_notice(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    await made.issue(operator)
    reference = (await the_notice(operator, made.coop))["account"]["reference"]
    for cents in (500, 244):
        said = booked(cents, remittance=reference)
        assert await bank_tells(operator, made.account, said) == (1, 1)

    books = [
        await balances(operator, member)
        for member in (made.coop.bruno, made.coop.seller, made.other)
    ]

    collector, *sellers = [
        {account: cents for account, cents in book.items() if account.startswith(("411", "467"))}
        for book in books
    ]
    assert collector == {"467000": -744}
    assert sellers == [{"467000": 372}] * 2
    paid = (await pay_out(operator, made.coop.bruno)).json()
    assert (paid["transaction_count"], paid["total_cents"]) == (2, 744)


async def test_a_debit_of_a_notice_that_comes_back_asks_for_a_transfer(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    await record_mandate(operator, made.coop.bruno, made.coop.anna)
    await made.issue(operator)
    expected = await the_notice(operator, made.coop)
    assert (expected["account"], expected["debit"]["day"]) == (None, today().isoformat())

    collection = (await collect(operator, made.coop.bruno)).json()
    announced = await the_notice(operator, made.coop)
    assert (announced["state"], announced["payable_cents"]) == ("announced", 0)
    assert announced["announced_cents"] == 744
    assert announced["debit"]["day"] == collection["day"]

    (debit,) = (await read_collection(operator, made.coop.bruno, collection["id"]))["items"]
    end_to_end_id = UUID(debit["id"]).hex
    for said in (
        booked(744, end_to_end_id=end_to_end_id),
        booked(-744, end_to_end_id=end_to_end_id, reason="AM04"),
    ):
        assert await bank_tells(operator, made.account, said) == (1, 1)
    refused = await the_notice(operator, made.coop)
    assert (refused["state"], refused["payable_cents"], refused["debit"]) == ("rejected", 744, None)
    reference = refused["account"]["reference"]
    assert await bank_tells(operator, made.account, booked(744, remittance=reference)) == (1, 1)
    assert (await the_notice(operator, made.coop))["state"] == "paid"


async def test_a_correction_lowers_the_notice_and_makes_one_of_its_own(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    await made.issue(operator)
    first = await the_notice(operator, made.coop)

    await made.correct(billing, operator)

    notices = await operator.get(
        "/billing/payment-notices", params={"operation_id": made.coop.operation_id}
    )
    before, later = sorted(notices.json(), key=lambda notice: str(notice["number"]))
    assert before["id"] == first["id"]
    assert (before["state"], before["payable_cents"]) == ("credited", 0)
    notes = [document for document in later["documents"] if document["kind"] == "credit_note"]
    numbers = {document["number"] for document in first["documents"]}
    assert [note["takes_back"] for note in notes] == [[number] for number in numbers] * 2
    # What is to be paid is that of its own invoices, whatever its credit notes take back.
    assert (later["total_cents"], later["settled_cents"], later["payable_cents"]) == (768, 0, 768)
    assert later["number"].endswith("-00002")


@pytest.mark.parametrize("corrections", [1, 2])
async def test_a_notice_that_is_paid_after_corrections_pays_what_replaces_its_documents(
    billing: Billing, operator: httpx.AsyncClient, corrections: int
) -> None:
    made = await village(billing, operator)
    await made.issue(operator)
    reference = (await the_notice(operator, made.coop))["account"]["reference"]
    for number in range(2, 2 + corrections):
        await made.correct(billing, operator, number=number)

    assert await bank_tells(operator, made.account, booked(744, remittance=reference)) == (1, 1)

    notices = await operator.get(
        "/billing/payment-notices", params={"operation_id": made.coop.operation_id}
    )
    newest = max(notices.json(), key=lambda notice: str(notice["number"]))
    assert newest["payable_cents"] == 24 * corrections
    # Both sellers have their money: no credit waits at one beside a debt to the other.
    invoices = [each["payment"] for each in newest["documents"] if each["payment"]]
    assert sorted(invoice["open_cents"] for invoice in invoices) == [0, 24 * corrections]
    said = booked(24 * corrections, remittance=reference)
    assert await bank_tells(operator, made.account, said) == (1, 1)
    # Then nothing of it is open, nor of what replaces it: whose more money is, a person says.
    assert await bank_tells(operator, made.account, booked(5, remittance=reference)) == (1, 0)


@pytest.mark.parametrize("debited", [0, 1])
async def test_what_a_notice_asks_for_is_paid_where_no_debit_is_under_way(
    billing: Billing, operator: httpx.AsyncClient, debited: int
) -> None:
    made = await village(billing, operator)
    await record_mandate(operator, made.coop.bruno, made.coop.anna)
    invoices = await made.issue(operator)
    ids = [invoices[debited]["id"]]
    assert (await collect(operator, made.coop.bruno, invoice_ids=ids)).status_code == 200
    notice = await the_notice(operator, made.coop)
    assert (notice["payable_cents"], notice["announced_cents"]) == (372, 372)

    said = booked(372, remittance=notice["number"])
    assert await bank_tells(operator, made.account, said) == (1, 1)

    states = [(await payment(operator, invoice))["state"] for invoice in invoices]
    assert states[debited] == "announced"
    assert states[1 - debited] == "paid"


async def test_of_a_seller_with_another_collector_a_notice_asks_for_nothing(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator, reminders=True)
    await have_sent(operator, made.other, invoices=True, reminders=True)
    invoices = await made.issue(operator)
    notice = await the_notice(operator, made.coop)
    reference = notice["account"]["reference"]
    account = await set_creditor(operator, made.other, name="Les Autres", collected_by=None)

    asking = await the_notice(operator, made.coop)
    assert (asking["state"], asking["payable_cents"]) == ("overdue", 372)
    # The old letter asked for both: whom this is for, a person says.
    assert await bank_tells(operator, made.account, booked(744, remittance=reference)) == (1, 0)
    assert await bank_tells(operator, made.account, booked(372, remittance=reference)) == (1, 1)

    settled = await the_notice(operator, made.coop)
    assert (settled["state"], settled["payable_cents"]) == ("partly", 0)
    assert settled["elsewhere_cents"] == 372
    theirs = next(each for each in invoices if each["issuer"]["member_id"] == str(made.other))
    left = await payment(operator, theirs)
    assert (left["payable_cents"], left["account"]["iban"]) == (372, account["iban"])
    # They are reminded of what is theirs by a letter of its own.
    assert len(await remind(operator, made.other, today().isoformat())) == 1
    _, message = await asked_for(billing, operator, theirs, 2)
    assert (message.kind, message.facts.number) == ("reminder", theirs["number"])
    # Where everybody is paid elsewhere, it asks for nothing at all.
    await set_creditor(operator, made.coop.seller, name="Soleils", collected_by=None)
    empty = await the_notice(operator, made.coop)
    assert (empty["state"], empty["payable_cents"], empty["account"]) == ("partly", 0, None)
    # It is settled once that is, wherever it was paid.
    own_reference = left["account"]["reference"]
    assert await bank_tells(operator, account, booked(372, remittance=own_reference)) == (1, 1)
    paid = await the_notice(operator, made.coop)
    assert (paid["state"], paid["elsewhere_cents"]) == ("paid", 0)


async def test_invoices_too_small_alone_say_nothing_of_it_where_a_notice_asks_for_them(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    await record_mandate(operator, made.coop.bruno, made.coop.anna, signed_on="2026-10-01")
    await choose_thresholds(operator, made.coop, debit=500)

    invoices = await made.issue(operator)

    mentions = [mention["code"] for invoice in invoices for mention in invoice["mentions"]]
    assert "small-debit" not in mentions
    assert (await the_notice(operator, made.coop))["debit"]


async def test_a_notice_of_too_little_to_debit_names_no_day_and_says_when_it_waits_no_more(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    await record_mandate(operator, made.coop.bruno, made.coop.anna, signed_on="2026-10-01")
    await choose_thresholds(operator, made.coop, debit=745)

    invoices = await made.issue(operator)

    notice = await the_notice(operator, made.coop)
    alone_from = debited_alone_from(date.fromisoformat(invoices[0]["due_date"]))
    debit = {name: fact for name, fact in notice["debit"].items() if name != "mandate_rum"}
    assert debit == {"day": None, "least_cents": 745, "alone_from": str(alone_from)}
    assert notice["account"] is None
    (message,) = await asked_for(billing, operator, invoices[0])
    facts = message.facts
    assert (facts.debited_from, facts.due_date, facts.reference) == (None, None, None)
    assert (facts.least_debit_cents, facts.debited_alone_from) == (745, alone_from)
    url = f"/billing/payment-notices/{notice['id']}.pdf"
    for language, text in (("fr", "moins de 7,45 €"), ("en", "less than 7.45 EUR")):
        pdf = (await operator.get(url, params={"language": language})).content
        assert text in words(pdf).replace("\u00a0", " ")

    again = await operator.put(f"/billing/invoices/{invoices[0]['id']}/mailings/{uuid4()}")
    assert again.is_success, again.text
    _, alone = await asked_for(billing, operator, invoices[0], count=2)
    assert (alone.kind, alone.facts.debited_from) == ("invoice", None)
    assert (alone.facts.least_debit_cents, alone.facts.debited_alone_from) == (745, alone_from)

    await choose_thresholds(operator, made.coop, debit=744)
    enough = (await the_notice(operator, made.coop))["debit"]
    assert (enough["day"], enough["least_cents"]) == (today().isoformat(), None)


@pytest.mark.parametrize(("least", "waiting"), [(744, 0), (745, 2)])
async def test_invoices_debited_together_wait_if_their_sum_is_too_small(
    billing: Billing, operator: httpx.AsyncClient, least: int, waiting: int
) -> None:
    made = await village(billing, operator)
    await have_sent(operator, made.coop.bruno, payment_notices=False)
    await record_mandate(operator, made.coop.bruno, made.coop.anna, signed_on="2026-10-01")
    await choose_thresholds(operator, made.coop, debit=least)

    invoices = await made.issue(operator)

    mentions = [mention["code"] for invoice in invoices for mention in invoice["mentions"]]
    assert mentions.count("small-debit") == waiting


async def test_a_public_body_without_its_convention_is_in_no_notice(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    await record_mandate(operator, made.coop.bruno, made.coop.anna)
    await billing.tell(seller(made.other, "Commune", revision=2, kind="public_body"))

    invoices = await made.issue(operator)

    kinds = {
        invoice["issuer"]["name"]: [
            message.kind for message in await asked_for(billing, operator, invoice)
        ]
        for invoice in invoices
    }
    assert kinds == {"Soleils SAS": ["invoice"], "Commune": ["invoice"]}


async def test_who_became_a_public_body_is_paid_apart_from_the_debit_of_the_others(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator, reminders=True)
    await have_sent(operator, made.other, invoices=True, reminders=True)
    await record_mandate(operator, made.coop.bruno, made.coop.anna)
    invoices = await made.issue(operator)
    assert (await the_notice(operator, made.coop))["debit"]

    await billing.tell(seller(made.other, "Commune", revision=2, kind="public_body"))

    notice = await the_notice(operator, made.coop)
    assert (notice["payable_cents"], notice["elsewhere_cents"]) == (372, 372)
    assert (notice["account"], notice["debit"]["day"]) == (None, today().isoformat())
    collection = (await collect(operator, made.coop.bruno)).json()
    (debit,) = (await read_collection(operator, made.coop.bruno, collection["id"]))["items"]
    assert debit["amount_cents"] == 372
    announced = await the_notice(operator, made.coop)
    assert (announced["announced_cents"], announced["elsewhere_cents"]) == (372, 372)
    # Its own document asks for it, and a reminder is of it alone.
    theirs = next(each for each in invoices if each["issuer"]["member_id"] == str(made.other))
    left = await payment(operator, theirs)
    assert (left["payable_cents"], left["account"]["iban"]) == (372, made.account["iban"])
    assert len(await remind(operator, made.other, today().isoformat())) == 1
    _, message = await asked_for(billing, operator, theirs, 2)
    assert (message.kind, message.facts.number) == ("reminder", theirs["number"])
    assert message.facts.reference == in_fours(left["account"]["reference"])


async def test_no_transfer_of_a_notice_pays_a_public_body_without_its_convention(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    invoices = await made.issue(operator)
    asked = (await the_notice(operator, made.coop))["account"]["reference"]

    await billing.tell(seller(made.other, "Commune", revision=2, kind="public_body"))

    notice = await the_notice(operator, made.coop)
    assert (notice["payable_cents"], notice["elsewhere_cents"]) == (372, 372)
    # The sum of the old letter is somebody's to assign; that of today pays the others alone.
    assert await bank_tells(operator, made.account, booked(744, remittance=asked)) == (1, 0)
    assert await bank_tells(operator, made.account, booked(372, remittance=asked)) == (1, 1)
    theirs = next(each for each in invoices if each["issuer"]["member_id"] == str(made.other))
    left = await payment(operator, theirs)
    assert left["payable_cents"] == 372
    own_reference = left["account"]["reference"]
    assert own_reference != asked
    paid = booked(372, remittance=own_reference)
    assert await bank_tells(operator, made.account, paid) == (1, 1)
    assert (await payment(operator, theirs))["state"] == "paid"


async def test_what_is_being_debited_is_not_paid_elsewhere(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    await record_mandate(operator, made.coop.bruno, made.coop.anna)
    await made.issue(operator)
    assert (await collect(operator, made.coop.bruno)).status_code == 200

    await set_creditor(operator, made.other, name="Les Autres", collected_by=None)

    notice = await the_notice(operator, made.coop)
    assert (notice["state"], notice["announced_cents"]) == ("announced", 744)
    assert notice["elsewhere_cents"] == 0


async def test_a_seller_who_was_renamed_between_two_invoices_is_paid_for_both(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    made = await village(billing, operator)
    await choose(operator, made.coop, "difference")
    invoices = await made.issue(operator)
    await billing.tell(seller(made.other, "Autre nom", revision=2))
    await made.correct(billing, operator)
    url = f"/billing/payment-notices?operation_id={made.coop.operation_id}"
    references = [notice["account"]["reference"] for notice in (await operator.get(url)).json()]
    assert len(references) == 2

    paid = booked(2 * (372 + 12), remittance=" ".join(references))
    assert await bank_tells(operator, made.account, paid) == (1, 1)

    assert [(await payment(operator, invoice))["state"] for invoice in invoices] == ["paid"] * 2
