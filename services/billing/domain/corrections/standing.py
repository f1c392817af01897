"""The lines of issued invoices that remain after their credit notes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.invoices.documents import Cause, DocumentKind, LineReference
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.lines import InvoiceLine, LineKind


@dataclass(frozen=True)
class StandingLine:
    """A line of an issued invoice, and what credit notes have left of it.

    ``left_days`` sum to ``left_wmin``; a day of which a later line took more may be negative.
    ``by_hand``: a person asked for a credit note of this line.
    """

    document: Invoice
    position: int
    line: InvoiceLine
    left_wmin: int
    left_cents: int
    left_days: Mapping[date, int]
    by_hand: bool

    @property
    def stands(self) -> bool:
        return bool(self.left_wmin or self.left_cents)

    @property
    def reference(self) -> LineReference:
        return LineReference(self.document.id, self.position)

    @property
    def is_fee(self) -> bool:
        return self.line.kind == LineKind.FEE


def standing_lines(documents: Iterable[Invoice]) -> list[StandingLine]:
    """Lines of which something is left, those of the oldest document first.

    documents: issued, in any order, with every credit note of each invoice.
    """
    return [line for line in _lines(documents) if line.stands]


def frozen_lines(documents: Iterable[Invoice]) -> list[StandingLine]:
    """Lines of energy whose prices are still right: standing ones first, then the newest.

    A line that a person credited in full may have had the wrong price; one that a revision
    credited had the right one.
    """
    newest_first = _lines(documents)[::-1]
    energy = [line for line in newest_first if not line.is_fee]
    frozen = [line for line in energy if line.stands or not line.by_hand]
    return sorted(frozen, key=lambda line: not line.stands)


def months_of_waived_fees(documents: Iterable[Invoice]) -> set[Month]:
    """Months whose latest credit note came from a revision, among documents that no longer stand.

    Their fees were credited by hand before, and stay credited. Where the latest credit note was
    made by hand, the invoice was a mistake: its fees are charged again, at the current prices.
    """
    ordered = _in_order(documents)
    months_of = {
        document.id: {Month.of(line.valid_from) for line in document.lines} for document in ordered
    }
    last_cause: dict[Month, Cause | None] = {}
    for document in ordered:
        if document.kind == DocumentKind.CREDIT_NOTE:
            last_cause |= dict.fromkeys(months_of[document.refers_to[0].id], document.cause)
    return {month for month, cause in last_cause.items() if cause != Cause.BY_HAND}


def _in_order(documents: Iterable[Invoice]) -> list[Invoice]:
    return sorted(documents, key=lambda document: (document.issue_date, document.number))


def _lines(documents: Iterable[Invoice]) -> list[StandingLine]:
    ordered = _in_order(documents)
    credit_lines: defaultdict[tuple[UUID, int], list[tuple[Cause | None, InvoiceLine]]] = (
        defaultdict(list)
    )
    for document in ordered:
        if document.kind == DocumentKind.CREDIT_NOTE:
            for line in document.lines:
                assert line.corrects is not None
                reference = line.corrects.document_id, line.corrects.position
                credit_lines[reference].append((document.cause, line))
    return [
        _standing_line(document, position, line, credit_lines[document.id, position])
        for document in ordered
        if document.kind == DocumentKind.INVOICE
        for position, line in enumerate(document.lines, start=1)
    ]


def _standing_line(
    document: Invoice,
    position: int,
    line: InvoiceLine,
    credit_lines: Sequence[tuple[Cause | None, InvoiceLine]],
) -> StandingLine:
    days = Counter(line.days_wmin)
    for _, credit in credit_lines:
        days.subtract(credit.days_wmin)
    return StandingLine(
        document=document,
        position=position,
        line=line,
        left_wmin=line.energy_wmin - sum(credit.energy_wmin for _, credit in credit_lines),
        left_cents=line.amount_cents - sum(credit.amount_cents for _, credit in credit_lines),
        left_days={day: energy_wmin for day, energy_wmin in days.items() if energy_wmin},
        by_hand=any(cause == Cause.BY_HAND for cause, _ in credit_lines),
    )


def vat_left(invoice: Invoice, documents: Iterable[Invoice]) -> dict[str, int]:
    """The VAT of an invoice by rate, less that of its credit notes among these documents."""
    left_cents = {total.rate: total.vat_cents for total in invoice.vat}
    for document in documents:
        if document.kind == DocumentKind.CREDIT_NOTE and document.refers_to[0].id == invoice.id:
            for total in document.vat:
                left_cents[total.rate] -= total.vat_cents
    return left_cents


def billed_days(documents: Iterable[Invoice]) -> dict[tuple[Prm, Prm, date], int]:
    """Energy billed less energy credited, by producer, consumer and day."""
    billed: Counter[tuple[Prm, Prm, date]] = Counter()
    for document in documents:
        for line in document.lines:
            for day, energy_wmin in line.days_wmin.items():
                billed[line.producer, line.consumer, day] += document.kind.sign * energy_wmin
    return dict(billed)
