"""What the page of a payment notice asks for."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from libs.common.ids import OperationId
from services.billing.commands.invoices.notice_facts import notice_facts
from services.billing.documents.notice_sheet import notice_sheet
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import Party
from services.billing.domain.invoices.notice_standings import (
    NoticedDocument,
    NoticeDebit,
    NoticeStanding,
)
from services.billing.domain.payments.creditors import Creditor, Edition
from services.billing.domain.payments.invoice_payments import (
    InvoiceCollection,
    InvoicePayment,
    PaymentState,
)
from services.billing.domain.payments.mandates import Mandate
from services.billing.domain.payments.payment_notices import NoticeParties, PaymentNotice
from services.billing.domain.wordings import Language

ANNA = Party(uuid4(), "Anna", "1 rue Haute\n99120 Vallon", None, None, "household")
LES_VOISINS = Creditor(
    uuid4(), "Les Voisins", "FR1420041010050500013M02606", None, None, None, Edition.Y2019, 14
)
MANDATE = Mandate(
    uuid4(), LES_VOISINS.member_id, ANNA.member_id, "ELO-1", date(2026, 10, 1), "Anna", None, None
)
DUE, DEBITED = date(2026, 12, 5), date(2026, 12, 20)


def document(
    seller: str,
    state: PaymentState,
    payable_cents: int,
    *,
    is_paid_elsewhere: bool = False,
    due_date: date = DUE,
) -> NoticedDocument:
    is_announced = state is PaymentState.ANNOUNCED
    payment = InvoicePayment(
        state=state,
        open_cents=0 if state is PaymentState.PAID else 372,
        payable_cents=payable_cents,
        due_date=due_date,
        collection=InvoiceCollection(DEBITED, "ELO-0001", None) if is_announced else None,
        refund=None,
        account=None,
    )
    return NoticedDocument(
        uuid4(),
        "F2026-00001",
        DocumentKind.INVOICE,
        uuid4(),
        seller,
        372,
        payment,
        is_paid_elsewhere=is_paid_elsewhere,
    )


def standing(*documents: NoticedDocument) -> NoticeStanding:
    parties = NoticeParties(LES_VOISINS.member_id, ANNA.member_id, OperationId("ACC00000001"))
    ids = [noticed.invoice_id for noticed in documents]
    notice = PaymentNotice(uuid4(), parties, "P2026-00001", date(2026, 11, 5), ids)
    return NoticeStanding(
        notice=notice,
        customer_name="Anna",
        operation_name="Trois Toits",
        documents=documents,
        collector=LES_VOISINS,
        mandate=None,
        today=date(2026, 12, 1),
    )


def test_what_a_debit_takes_already_is_not_asked_for_again() -> None:
    half = standing(
        document("Soleils SAS", PaymentState.ANNOUNCED, 0),
        document("Autres Toits", PaymentState.REJECTED, 372),
    )

    sheet = notice_sheet(half, ANNA, Language.FRENCH)
    facts = notice_facts(half, [], None, url="https://example.org", language=Language.FRENCH)

    assert sheet["headlines"] == [
        ["Reste à payer", "3,72\u00a0€"],
        ["Échéance", "5\u00a0décembre\u00a02026"],
        ["Total des factures", "7,44\u00a0€"],
    ]
    assert sheet["sums"] == [
        ["Total des factures", "7,44\u00a0€", ""],
        ["Déjà en cours de prélèvement", "−3,72\u00a0€", ""],
        ["Reste à payer", "", "3,72\u00a0€"],
    ]
    assert (facts.announced_cents, facts.announced_on) == (372, DEBITED)
    assert [row[3] for row in sheet["documents"]] == ["0,00\u00a0€", "3,72\u00a0€"]  # type: ignore[attr-defined]
    assert sheet["payment"][1] == (  # type: ignore[index]
        "En plus, 3,72\u00a0€ sont déjà en cours de prélèvement,"
        " pour le 20\u00a0décembre\u00a02026."
    )
    assert facts.open_cents == 372
    assert [noticed.payable_cents for noticed in facts.documents] == [0, 372]


def test_who_is_debited_of_all_of_a_notice_is_told_all_of_it() -> None:
    announced = (document(seller, PaymentState.ANNOUNCED, 0) for seller in ("Soleils", "Autres"))

    sheet = notice_sheet(standing(*announced), ANNA, Language.FRENCH)

    assert sheet["headlines"] == [
        ["À payer en une fois", "7,44\u00a0€"],
        ["Prélèvement", "20\u00a0décembre\u00a02026"],
    ]
    assert sheet["sums"] == [["Total des factures", "7,44\u00a0€", "7,44\u00a0€"]]
    assert sheet["transfer"] is None


def test_a_debit_waits_until_enough_of_the_notice_is_due() -> None:
    owed = (
        document("Soleils SAS", PaymentState.OPEN, 372, due_date=date(2026, 12, 5)),
        document("Autres Toits", PaymentState.OPEN, 372, due_date=date(2027, 1, 30)),
    )
    notice = replace(standing(*owed), mandate=MANDATE)

    def debit(least_cents: int, today: date = notice.today) -> NoticeDebit | None:
        return replace(notice, least_debit_cents=least_cents, today=today).debit

    assert debit(372) == NoticeDebit(date(2026, 12, 5), "ELO-1")
    assert debit(373) == NoticeDebit(date(2027, 1, 30), "ELO-1")
    assert debit(745) == NoticeDebit(None, "ELO-1", 745, date(2027, 12, 6))  # the 5th is a Sunday
    assert debit(745, date(2027, 12, 4)) == debit(745)
    assert debit(745, date(2027, 12, 5)) == NoticeDebit(date(2027, 12, 5), "ELO-1")


def test_a_notice_of_too_little_to_debit_says_so() -> None:
    owed = standing(document("Soleils SAS", PaymentState.OPEN, 372))
    small = replace(owed, mandate=MANDATE, least_debit_cents=500)

    sheet = notice_sheet(small, ANNA, Language.FRENCH)

    assert sheet["headlines"][1] == ["Prélèvement", "avec une autre somme"]  # type: ignore[index]
    assert sheet["payment"][0].replace("\u00a0", " ") == (  # type: ignore[index]
        "Vous n’avez rien à faire : moins de 5,00 € ne sont pas prélevés seuls. Cette somme le sera"
        " avec une autre, ou seule à partir du 6 décembre 2027 (mandat ELO-1)."
    )
    assert sheet["transfer"] is None


def test_what_another_collects_by_now_is_said_and_not_settled() -> None:
    rest = standing(
        document("Soleils SAS", PaymentState.PAID, 0),
        document("Autres Toits", PaymentState.OVERDUE, 372, is_paid_elsewhere=True),
    )

    sheet = notice_sheet(rest, ANNA, Language.FRENCH)

    assert (rest.state, rest.payable_cents) == (PaymentState.PARTLY, 0)
    assert sheet["payment"][:2] == [  # type: ignore[index]
        "Il n’y a plus rien à payer par cet avis.",
        (
            "F2026-00001 de Autres Toits se règle désormais à part, comme sa page l’indique :"
            " il en reste 3,72\u00a0€."
        ),
    ]
    assert [row[3] for row in sheet["documents"]] == ["0,00\u00a0€", "à part"]  # type: ignore[attr-defined]


def test_what_is_late_is_parted_from_what_is_not_due_yet() -> None:
    late = document("Soleils SAS", PaymentState.OVERDUE, 372)
    early = document("Autres Toits", PaymentState.OPEN, 372)
    mixed = replace(standing(late, early), today=DUE + timedelta(days=1))
    assert early.payment is not None
    later = replace(early, payment=replace(early.payment, due_date=DEBITED))
    mixed = replace(mixed, documents=[late, later])

    facts = notice_facts(mixed, [], 1, url="https://example.org", language=Language.FRENCH)

    assert (facts.open_cents, facts.overdue_cents) == (744, 372)
    days = [(noticed.late_since, noticed.due_date) for noticed in facts.documents]
    assert days == [(DUE, None), (None, DEBITED)]


def test_a_reminder_lists_what_is_left_only() -> None:
    left = document("Autres Toits", PaymentState.OVERDUE, 372)
    apart = document("Le Moulin", PaymentState.OVERDUE, 372, is_paid_elsewhere=True)
    paid = document("Soleils SAS", PaymentState.PAID, 0)
    note = NoticedDocument(
        uuid4(),
        "A2026-00001",
        DocumentKind.CREDIT_NOTE,
        uuid4(),
        "Soleils SAS",
        372,
        None,
        takes_back=["F2026-00001"],
    )
    late = replace(standing(paid, note, left, apart), today=DUE + timedelta(days=1))

    def names(level: int | None) -> list[str]:
        facts = notice_facts(late, [], level, url="https://example.org", language=Language.FRENCH)
        return [noticed.issuer_name for noticed in facts.documents]

    assert names(level=1) == ["Autres Toits", "Le Moulin"]
    assert names(level=None) == ["Soleils SAS", "Soleils SAS", "Autres Toits", "Le Moulin"]
