"""What the operation bills one point for one month, from the documents of its member."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.accise import AcciseRegime, TaxLine
from services.billing.domain.invoices import Invoice, InvoiceState
from services.billing.domain.lines import Line, LineKind
from services.billing.domain.totals import Totals, VatAmount, add_totals, totals


@dataclass(frozen=True)
class LocalBill:
    """Invoices less credit notes; energies, fees and accise add up to the amount before VAT.

    numbers: of the issued documents that it is made of. is_issued: whether nothing is left to
    issue. accise_is_known: false where the operation has not decided whether it is due.
    """

    energy_wmin: int
    energy_cents: int
    fees_cents: int
    accise_cents: int
    totals: Totals
    numbers: Sequence[str]
    is_issued: bool
    accise_is_known: bool


@dataclass(frozen=True)
class _Part:
    """What of a document is of the point and the month."""

    document: Invoice
    lines: Sequence[Line]
    taxes: Sequence[TaxLine]

    @property
    def sign(self) -> int:
        return self.document.kind.sign

    @property
    def charged(self) -> Sequence[Line | TaxLine]:
        return [*self.lines, *self.taxes]


def local_bill(
    documents: Iterable[Invoice], *, customer_id: UUID, prm: Prm, month: Month
) -> LocalBill:
    """documents: what is issued for the month and what is still to be, of any customers.

    VAT is what a document says where it is of the point and month alone; where it is of more, by
    rate on the sum of what is of them.
    """
    of_customer = (one for one in documents if one.customer.member_id == customer_id)
    parts = [part for one in of_customer if (part := _part(one, prm, month)) is not None]
    return LocalBill(
        energy_wmin=sum(part.sign * line.energy_wmin for part in parts for line in part.lines),
        energy_cents=_sum_lines(parts, LineKind.ENERGY),
        fees_cents=_sum_lines(parts, LineKind.FEE),
        accise_cents=sum(part.sign * one.amount_cents for part in parts for one in part.taxes),
        totals=add_totals(_signed(part) for part in parts),
        numbers=sorted(part.document.number for part in parts if part.document.number),
        is_issued=all(part.document.state is InvoiceState.ISSUED for part in parts),
        accise_is_known=all(map(_knows_accise, parts)),
    )


def _part(document: Invoice, prm: Prm, month: Month) -> _Part | None:
    def of_month(one: Line | TaxLine) -> bool:
        return one.consumer == prm and month.first_day <= one.valid_from < month.next_first_day

    lines = [one for one in document.lines if of_month(one)]
    taxes = [one for one in document.taxes if of_month(one)]
    return _Part(document, lines, taxes) if lines or taxes else None


def _sum_lines(parts: Iterable[_Part], kind: LineKind) -> int:
    return sum(
        part.sign * line.amount_cents for part in parts for line in part.lines if line.kind == kind
    )


def _signed(part: _Part) -> Totals:
    found = _totals(part)
    vat = tuple(
        VatAmount(one.rate, part.sign * one.base_cents, part.sign * one.vat_cents)
        for one in found.vat
    )
    return Totals(part.sign * found.excl_vat_cents, vat, part.sign * found.incl_vat_cents)


def _totals(part: _Part) -> Totals:
    document = part.document
    if len(part.lines) < len(document.lines) or len(part.taxes) < len(document.taxes):
        return totals([], [(Decimal(one.vat_rate), one.amount_cents) for one in part.charged])
    return Totals(
        document.total_excl_vat_cents,
        tuple(VatAmount(Decimal(one.rate), one.base_cents, one.vat_cents) for one in document.vat),
        document.total_incl_vat_cents,
    )


def _knows_accise(part: _Part) -> bool:
    decided = all(one.regime is not AcciseRegime.UNDECIDED for one in part.document.accise)
    return decided and all(one.rate_eur_per_mwh is not None for one in part.taxes)
