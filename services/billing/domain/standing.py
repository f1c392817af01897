"""What is left of issued invoices, after the credit notes that took something back."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from libs.common.calendar import Month, days_between
from libs.common.ids import Prm
from services.billing.domain.documents import Cause, DocumentKind, LineReference
from services.billing.domain.invoices import Invoice
from services.billing.domain.line_prices import LinePrice
from services.billing.domain.lines import FrozenFee, Line, LineKind

_MICRO_EUR = 6


@dataclass(frozen=True)
class StandingLine:
    """A line of an issued invoice, and what no credit note has taken of it.

    ``left_days`` add up to ``left_wmin``; a day that a later line took more of may be negative.
    ``by_hand``: somebody asked for a credit note of it.
    """

    document: Invoice
    position: int
    line: Line
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

    @property
    def fee(self) -> FrozenFee:
        return FrozenFee(self.line, self.vat_mention)

    @property
    def vat_mention(self) -> str | None:
        # Contents of before corrections told mentions for the invoice as a whole only.
        return self.line.vat_mention or " ".join(self.document.vat_mentions) or None

    @property
    def price(self) -> LinePrice:
        """Its frozen price, over the days on which it was that of the line."""
        line = self.line
        return LinePrice(
            price_micro_eur_per_kwh=int(Decimal(line.price_eur_per_kwh).scaleb(_MICRO_EUR)),
            vat_rate=Decimal(line.vat_rate),
            vat_mention=self.vat_mention,
            valid_from=line.valid_from,
            valid_to=line.valid_to,
            rule=line.rule,
            group=line.group,
            hour_class=line.hour_class,
            coefficient=line.coefficient,
            list_price_eur_per_kwh=line.list_price_eur_per_kwh,
            discount=line.discount,
        )


def standing_lines(documents: Iterable[Invoice]) -> list[StandingLine]:
    """Lines of which something is left, of the oldest document first.

    documents: issued ones, in any order; credit notes of an invoice are all among them.
    """
    return [one for one in _lines(documents) if one.stands]


def frozen_lines(documents: Iterable[Invoice]) -> list[StandingLine]:
    """Lines of energy whose prices are still right; standing ones first, then the newest.

    What somebody has credited whole by hand may have had the wrong price; what a revision has
    credited has not.
    """
    newest_first = _lines(documents)[::-1]
    energy = [one for one in newest_first if not one.is_fee]
    frozen = [one for one in energy if one.stands or not one.by_hand]
    return sorted(frozen, key=lambda one: not one.stands)


def months_of_waived_fees(documents: Iterable[Invoice]) -> set[Month]:
    """Those of whose invoices a revision took something last; asked of what does not stand.

    What fees they had were credited by hand before, and stay so. Where the last was credited by
    hand, the invoice was a mistake: its fees come again, as do its prices.
    """
    ordered = _in_order(documents)
    months_of = {one.id: {Month.of(line.valid_from) for line in one.lines} for one in ordered}
    last_cause: dict[Month, Cause | None] = {}
    for document in ordered:
        if document.kind == DocumentKind.CREDIT_NOTE:
            last_cause |= dict.fromkeys(months_of[document.refers_to[0].id], document.cause)
    return {month for month, cause in last_cause.items() if cause != Cause.BY_HAND}


def _in_order(documents: Iterable[Invoice]) -> list[Invoice]:
    return sorted(documents, key=lambda one: (one.issue_date, one.number))


def _lines(documents: Iterable[Invoice]) -> list[StandingLine]:
    ordered = _in_order(documents)
    taken: defaultdict[tuple[UUID, int], list[tuple[Cause | None, Line]]] = defaultdict(list)
    for document in ordered:
        if document.kind == DocumentKind.CREDIT_NOTE:
            for line in document.lines:
                assert line.corrects is not None
                of = line.corrects.document_id, line.corrects.position
                taken[of].append((document.cause, line))
    return [
        _less(document, position, line, taken[document.id, position])
        for document in ordered
        if document.kind == DocumentKind.INVOICE
        for position, line in enumerate(document.lines, start=1)
    ]


def _less(
    document: Invoice, position: int, line: Line, taken: Sequence[tuple[Cause | None, Line]]
) -> StandingLine:
    days = Counter(days_of(line))
    for _, one in taken:
        days.subtract(days_of(one))
    return StandingLine(
        document=document,
        position=position,
        line=line,
        left_wmin=line.energy_wmin - sum(one.energy_wmin for _, one in taken),
        left_cents=line.amount_cents - sum(one.amount_cents for _, one in taken),
        left_days={day: energy_wmin for day, energy_wmin in days.items() if energy_wmin},
        by_hand=any(cause == Cause.BY_HAND for cause, _ in taken),
    )


def days_of(line: Line) -> dict[date, int]:
    """The line's energy by day; spread evenly where an older content does not tell."""
    days = days_between(line.valid_from, line.valid_to)
    if line.daily_wmin:
        return dict(zip(days, line.daily_wmin, strict=True))
    each, rest = divmod(line.energy_wmin, len(days))
    return {day: each + (i < rest) for i, day in enumerate(days)}


def vat_left(invoice: Invoice, documents: Iterable[Invoice]) -> dict[str, int]:
    """The VAT of an invoice that its credit notes, among these documents, have not taken."""
    left = {one.rate: one.vat_cents for one in invoice.vat}
    for document in documents:
        if document.kind == DocumentKind.CREDIT_NOTE and document.refers_to[0].id == invoice.id:
            for one in document.vat:
                left[one.rate] -= one.vat_cents
    return left


def billed_days(documents: Iterable[Invoice]) -> dict[tuple[Prm, Prm, date], int]:
    """By producer, consumer and day: what invoices billed and credit notes did not take back."""
    billed: Counter[tuple[Prm, Prm, date]] = Counter()
    for document in documents:
        for line in document.lines:
            for day, energy_wmin in days_of(line).items():
                billed[line.producer, line.consumer, day] += document.kind.sign * energy_wmin
    return dict(billed)
