"""What pages that are no invoices are about, with names as long as they come."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from libs.common.ids import OperationId
from services.billing.documents.rendering import (
    render_account,
    render_notice,
    render_payout,
    render_yearly_report,
)
from services.billing.domain.books.account_statements import AccountStatement
from services.billing.domain.books.customer_accounts import (
    AccountMovement,
    AccountMovementKind,
    AccountPeriod,
    CustomerAccount,
    DebitUnderWay,
    MovedDocument,
    OwedSums,
    SellerAccount,
)
from services.billing.domain.books.next_debits import NextDebit
from services.billing.domain.books.payout_statements import PayoutStatement
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.notice_standings import NoticedDocument, NoticeStanding
from services.billing.domain.payments.creditors import Creditor, Edition
from services.billing.domain.payments.invoice_payments import InvoicePayment, PaymentState
from services.billing.domain.payments.payment_notices import NoticeParties, PaymentNotice
from services.billing.domain.payments.payouts.movements import PayoutMovement, PayoutMovementKind
from services.billing.domain.surplus.yearly_reports import (
    Participants,
    ProducerYear,
    ReportedMonth,
    ReportedPlant,
    YearEnergies,
    YearlyReport,
)
from services.billing.domain.wordings import Language
from tests.billing.documents.examples import OCTOBER, ROOF, SOLEILS, party

_LONG = "Société coopérative des toits solaires et des petites centrales villageoises du Vallon"
_CUSTOMER = party(
    "Anne-Sophie de la Bretonnière-Montmirail et Jean-Baptiste Emmanuel Zorglub",
    "Résidence des Trois Chênes centenaires, bâtiment C, escalier 4\n99120 Vallon-sous-Bois",
)
_TODAY = date(2026, 12, 1)


def rendered_sheets(language: Language, *, count: int) -> Iterator[tuple[str, bytes]]:
    """The name and the PDF of each page that is no invoice, with so many rows."""
    yield "notice", render_notice(_notice(count), _CUSTOMER, language)
    yield "payout", render_payout(_payout(count), language)
    yield "account", render_account(_account(count), language)
    yield "yearly report", render_yearly_report(_yearly_report(), language)


def _notice(count: int) -> NoticeStanding:
    collector = Creditor(
        UUID(int=1), _LONG, "FR1420041010050500013M02606", None, None, None, Edition.Y2019, 14
    )
    documents = [
        NoticedDocument(
            UUID(int=number),
            f"F2026-{number:05}",
            DocumentKind.INVOICE,
            UUID(int=2),
            _LONG,
            372,
            InvoicePayment(PaymentState.OPEN, 372, 372, date(2026, 12, 5), None, None, None),
            is_paid_elsewhere=False,
        )
        for number in range(count)
    ]
    parties = NoticeParties(collector.member_id, _CUSTOMER.member_id, OperationId("ACC00000001"))
    ids = [document.invoice_id for document in documents]
    return NoticeStanding(
        notice=PaymentNotice(UUID(int=3), parties, "P2026-00001", date(2026, 11, 5), ids),
        customer_name=_CUSTOMER.name,
        operation_name=_LONG,
        documents=documents,
        collector=collector,
        mandate=None,
        today=_TODAY,
    )


def _payout(count: int) -> PayoutStatement:
    movements = [
        PayoutMovement(
            UUID(int=number),
            date(2026, 11, 1 + number % 28),
            PayoutMovementKind.COLLECTED,
            UUID(int=number),
            f"F2026-{number:05}",
            _CUSTOMER.member_id,
            _CUSTOMER.name,
            12_345,
        )
        for number in range(count)
    ]
    owed_cents = 12_345 * count
    return PayoutStatement(
        item_id=UUID(int=4),
        creditor_id=UUID(int=1),
        creditor_name=_LONG,
        payee=party(_LONG),
        day=date(2026, 11, 30),
        since=date(2026, 11, 1),
        until=date(2026, 11, 28),
        before_cents=0,
        owed_cents=owed_cents,
        credits_cents=1_000,
        reserve_cents=2_000,
        amount_cents=owed_cents - 3_000,
        movements=movements,
        executed_on=date(2026, 11, 30),
        returned_on=None,
        cancelled_on=None,
        return_reason=None,
    )


def _account(count: int) -> AccountStatement:
    kinds = list(AccountMovementKind)
    movements = [
        AccountMovement(
            UUID(int=number),
            date(2026, 1, 3) + timedelta(days=number),
            SOLEILS.member_id,
            kinds[number % len(kinds)],
            [MovedDocument(UUID(int=number), f"F2026-{number:05}", 4_212)],
        )
        for number in range(count)
    ]
    owed = OwedSums(4_212, 0, 0, 4_212, 4_212)
    account = CustomerAccount(
        owed,
        [SellerAccount(SOLEILS.member_id, _LONG, _LONG, True, owed)],
        [DebitUnderWay(date(2026, 12, 5), 1_212, _LONG, "ELO-0001")],
        [
            NextDebit(_LONG, 3_000, date(2026, 12, 20), "ELO-0001"),
            NextDebit(_LONG, 30, None, None, alone_from=date(2027, 12, 6)),
        ],
        movements,
    )
    period = AccountPeriod.of(movements, None, None)
    return AccountStatement(_CUSTOMER, account, period, None, None, _TODAY)


def _yearly_report() -> YearlyReport:
    energies = YearEnergies(
        production_wmin=9_000_000_000, consumption_wmin=20_000_000_000, shared_wmin=8_000_000_000
    )
    return YearlyReport(
        operation_id=OperationId("ACC00000001"),
        name=_LONG,
        organiser_name=_LONG,
        year=2026,
        participants=Participants(
            day=_TODAY, consumers=12, producers=1, members={"household": 12}, entries=2, exits=1
        ),
        months=[ReportedMonth(month=OCTOBER, number=1, status="final", energies=energies)],
        missing=[],
        producers=[
            ProducerYear(
                producer=ROOF,
                energy_wmin=8_000_000_000,
                revenue_cents=1_600_000,
                fees_cents=0,
                lowest_eur_per_kwh=Decimal("0.11"),
                highest_eur_per_kwh=Decimal("0.13"),
            )
        ],
        plants=[ReportedPlant(prm=ROOF, name=_LONG, kind="solar", power_w=36_000)],
    )
