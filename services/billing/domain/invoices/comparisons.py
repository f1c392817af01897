"""The comparison of a document: the period before its own, and the same a year ago."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.billing.domain.invoices.documents import Cause, DocumentKind
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.periods import EarlierPeriod, months_between
from services.billing.domain.prices.sales import Parties

_MONTHS_OF_YEAR = 12


@dataclass(frozen=True)
class BilledPeriod:
    """The amounts of one document; negative where it takes back."""

    operation_id: OperationId
    parties: Parties
    period: EarlierPeriod


def is_compared(document: Invoice) -> bool:
    """Whether it bills its period as a whole, so that another period is like it."""
    return document.kind is DocumentKind.INVOICE and document.cause in (None, Cause.REPLACE)


def compared_with(period_from: date, period_to: date) -> list[tuple[date, date]]:
    """As many months before these, and these months a year ago: ``[first day, end)`` of each."""
    months = months_between(period_from, period_to)
    return [_shifted(months, len(months)), _shifted(months, _MONTHS_OF_YEAR)]


def _shifted(months: Sequence[Month], count: int) -> tuple[date, date]:
    first, last = (_before(month, count) for month in (months[0], months[-1]))
    return first.first_day, last.next_first_day


def _before(month: Month, count: int) -> Month:
    number = month.year * _MONTHS_OF_YEAR + month.month - 1 - count
    return Month(number // _MONTHS_OF_YEAR, number % _MONTHS_OF_YEAR + 1)


def with_earlier(issued: Sequence[Invoice], before: Iterable[BilledPeriod]) -> list[Invoice]:
    """The documents with what was billed earlier. before: by documents issued before these."""
    billed: defaultdict[tuple[OperationId, Parties], list[EarlierPeriod]] = defaultdict(list)
    for document in (*before, *map(_billed, issued)):
        billed[document.operation_id, document.parties].append(document.period)
    return [
        _compared(document, billed[document.operation.id, document.parties]) for document in issued
    ]


def _compared(document: Invoice, billed: Sequence[EarlierPeriod]) -> Invoice:
    earlier = list(_earlier(document, billed)) if is_compared(document) else []
    return replace(document, earlier=earlier) if earlier else document


def _billed(document: Invoice) -> BilledPeriod:
    sign = document.kind.sign
    return BilledPeriod(
        operation_id=document.operation.id,
        parties=document.parties,
        period=EarlierPeriod(
            document.period_from,
            document.period_to,
            sign * sum(line.energy_wmin for line in document.lines),
            sign * document.total_incl_vat_cents,
        ),
    )


def _earlier(document: Invoice, billed: Sequence[EarlierPeriod]) -> Iterator[EarlierPeriod]:
    """The periods of which anything stands, the latest first."""
    for start, end in compared_with(document.period_from, document.period_to):
        within = [
            period for period in billed if start <= period.period_from and period.period_to <= end
        ]
        energy_wmin = sum(period.energy_wmin for period in within)
        cents = sum(period.total_incl_vat_cents for period in within)
        if energy_wmin or cents:
            yield EarlierPeriod(start, end, energy_wmin, cents)
