"""What happens in which month of the year, and how it begins and ends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import httpx

from libs.common.calendar import Month
from tests.billing.members import record_profile
from tests.billing.money import new_iban, payments_url
from tests.billing.statements import Booked, booked, unmatched
from tests.billing.world import EXEMPT, price
from tests.billing.year.bank import creditor_body, put
from tests.billing.year.course import Course
from tests.billing.year.sums import DocumentSum, documents_of_month
from tests.billing.year.village import BAKERY_BEGAN, MONTHS, Seller, Village

FIRST_WITH_NOTICES = 7
ANNA, BRUNO, TOWN, BAKERY = "Anna", "Bruno", "Commune", "Boulangerie"
OVERPAID_CENTS, BANK_FEE_CENTS = 300, 450
YEAR = 2026
CLOSED_ON, LAST_DAY = date(2027, 1, 28), date(2027, 2, 5)


@dataclass(frozen=True)
class Happening:
    """What is out of the ordinary when a month is billed, collected and paid."""

    late: int | None = None
    """The month of which a settlement came late."""
    returned: Mapping[str, str] = field(default_factory=dict)
    overpaid: bool = False
    without_reference: bool = False
    at_once: bool = False
    by_notice: bool = False
    """Who pays by transfer gives the reference of the payment notice."""
    unpaid_by: str | None = None
    bank_fee: bool = False


ORDINARY = Happening()
HAPPENINGS: Mapping[int, Happening] = {
    3: Happening(late=2, without_reference=True),
    4: Happening(returned={ANNA: "AM04", BAKERY: "MS03"}, overpaid=True),
    6: Happening(late=5, at_once=True),
    7: Happening(bank_fee=True, by_notice=True),
    8: Happening(returned={ANNA: "AC04"}, by_notice=True),
    9: Happening(late=8, unpaid_by=TOWN),
    11: Happening(by_notice=True),
    12: Happening(unpaid_by=BRUNO),
}


async def play(course: Course, operator: httpx.AsyncClient) -> None:
    """From the first price to the last correction."""
    await begin(course, operator)
    for month in MONTHS:
        await play_month(course, month, HAPPENINGS.get(month.month, ORDINARY))
    course.go_to(CLOSED_ON)
    # Issued since, and accrued all the same.
    await check_unbilled(course, documents_of_month(course.village, MONTHS[-1]))
    for owner in owners(course.village):
        answer = await course.organiser.post(payments_url(owner, f"books/years/{YEAR}/closing"))
        assert answer.status_code == 200, answer.text
    course.go_to(LAST_DAY)
    await course.correct(MONTHS[-1])


def owners(village: Village) -> list[UUID]:
    """Of books."""
    return [village.association, *(seller.member_id for seller in village.sellers)]


async def begin(course: Course, operator: httpx.AsyncClient) -> None:
    village = course.village
    course.go_to(date(YEAR, 1, 5))
    await course.billing.tell(*village.events())
    for seller in village.sellers:
        regime = "standard" if seller.vat_percent else "franchise"
        form = "SAS" if seller.vat_percent else "EI"
        await record_profile(
            operator,
            seller.member_id,
            legal_form=form,
            vat_regime=regime,
            payment_terms_days=15,
        )
    await put(operator, f"{village.url}/accise-regime", EXEMPT)
    await put(operator, f"{village.url}/prices", prices_body(village))
    routing = {"siret": "99100001900018", "service_code": "SRV-1", "commitment_number": "EJ 7"}
    town = village.customer(TOWN)
    await put(operator, f"/billing/customers/{town.member_id}/routing", routing)
    await set_accounts(course, operator)
    await course.sign_mandate(village.customer(ANNA), "ELO-ANNA-1")


async def set_accounts(course: Course, operator: httpx.AsyncClient) -> None:
    """The association collects; sellers have an account to which it pays out."""
    village = course.village
    association = creditor_body("Les Voisins du Soleil", course.bank.iban)
    await put(operator, payments_url(village.association, "creditor"), association)
    for seller in village.sellers:
        iban = new_iban()
        body = creditor_body(seller.name, iban, ics=None, collected_by=str(village.association))
        await put(operator, payments_url(seller.member_id, "creditor"), body)
        course.ibans[iban] = seller


def prices_body(village: Village) -> dict[str, object]:
    return {
        "entries": [entry for seller in village.sellers for entry in _entries(seller)],
        "fees": [
            {
                "name": "Animation locale",
                "producer": seller.roof,
                "eur_per_month": seller.eur_per_month,
                "valid_from": f"{YEAR}-01-01",
                **_vat(seller),
            }
            for seller in village.sellers
            if seller.eur_per_month
        ],
    }


def _entries(seller: Seller) -> list[dict[str, object]]:
    days = [*sorted(seller.prices), None]
    return [
        price(
            seller.prices[first],
            producer=seller.roof,
            valid_from=first.isoformat(),
            valid_to=end and end.isoformat(),
            **_vat(seller),
        )
        for first, end in pairwise(days)
        if first is not None
    ]


def _vat(seller: Seller) -> dict[str, object]:
    if seller.vat_percent:
        return {"vat_rate": f"0.{seller.vat_percent}", "vat_mention": None}
    return {"vat_rate": "0", "vat_mention": "TVA non applicable, art. 293 B du CGI"}


async def play_month(course: Course, month: Month, happening: Happening) -> None:
    if course.village.customer(BAKERY).since in month.days:
        course.go_to(BAKERY_BEGAN)
        await course.sign_mandate(course.village.customer(BAKERY), "ELO-BAKERY-1")
    if month.month == FIRST_WITH_NOTICES:
        await course.make_notices()
    await course.settle(month)
    if month == MONTHS[-1]:
        await check_unbilled(course, documents_of_month(course.village, month))
    await course.bill(month, Month(YEAR, happening.late) if happening.late else None)
    debits = await course.collect()
    course.go_to(course.today + timedelta(days=19))
    entries = await course.book_debits(debits, happening.returned)
    entries += await transfers(course, happening)
    body = await course.bank.book(course.organiser, *entries)
    assert body["matched"] == len(entries)
    if happening.without_reference:
        await course.pay_without_reference(BRUNO)
    if happening.bank_fee:
        await book_bank_fee(course)
    if happening.returned.get(ANNA) == "AC04":
        await replace_mandate(course)
    if happening.unpaid_by == TOWN:
        await remind(course)
    paid_out = await course.pay_out()
    course.go_to(course.today + timedelta(days=3))
    body = await course.bank.book(course.organiser, *paid_out)
    assert body["matched"] == len(paid_out)


async def check_unbilled(course: Course, documents: Iterable[DocumentSum]) -> None:
    """What the books of the year lack, of each seller, is these documents."""
    unbilled = list(documents)
    for seller in course.village.sellers:
        url = payments_url(seller.member_id, f"books/years/{YEAR}/unbilled")
        answer = await course.organiser.get(url)
        assert answer.status_code == 200, answer.text
        cents = sum(
            document.incl_vat_cents for document in unbilled if document.seller == seller.name
        )
        said = answer.json()
        assert (said["to_invoice_cents"], said["to_credit_cents"]) == (cents, 0)


async def transfers(course: Course, happening: Happening) -> list[Booked]:
    entries: list[Booked] = []
    if happening.by_notice:
        return [await course.pay_notice(BRUNO), await course.pay_notice(TOWN)]
    if happening.unpaid_by != BRUNO and not happening.without_reference:
        more_cents = OVERPAID_CENTS if happening.overpaid else 0
        entries += await course.pay_by_transfer(BRUNO, more_cents=more_cents)
    if happening.unpaid_by != TOWN:
        pay = course.pay_at_once if happening.at_once else course.pay_by_transfer
        entries += await pay(TOWN)
    return entries


async def book_bank_fee(course: Course) -> None:
    """It has to do with no invoice."""
    course.go_to(course.today + timedelta(days=1))
    fee = booked(-BANK_FEE_CENTS, remittance="COTISATION")
    assert (await course.bank.book(course.organiser, fee))["matched"] == 0
    (waiting,) = await unmatched(course.organiser, course.village.association)
    url = payments_url(course.village.association, "bank-transactions", waiting["id"], "not-ours")
    answer = await course.organiser.post(url)
    assert answer.status_code == 200, answer.text


async def replace_mandate(course: Course) -> None:
    """Her account is closed: the mandate is blocked, and she signs another."""
    association = course.village.association
    (blocked,) = [
        mandate
        for mandate in (await course.organiser.get(payments_url(association, "mandates"))).json()
        if mandate["blocked_by"]
    ]
    assert (blocked["rum"], blocked["blocked_by"]) == ("ELO-ANNA-1", "AC04")
    url = payments_url(association, "mandates", blocked["id"], "revocation")
    answer = await course.organiser.post(url)
    assert answer.status_code == 200, answer.text
    await course.sign_mandate(course.village.customer(ANNA), "ELO-ANNA-2")


async def remind(course: Course) -> None:
    """Who has not paid is reminded of what they owe, and nobody else of anything."""
    course.go_to(course.today + timedelta(days=7))
    town = course.village.customer(TOWN)
    for seller in course.village.sellers:
        url = payments_url(seller.member_id, "reminders")
        answer = await course.organiser.post(url, json={"day": None})
        assert answer.status_code == 200, answer.text
        reminded_cents = sum(reminder["open_cents"] for reminder in answer.json())
        assert reminded_cents == course.accounts.balance_cents(seller, town) > 0
