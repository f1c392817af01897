"""The operation's bill of one point for one month, from the documents of its member."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.invoices.invoices import Invoice, InvoiceState
from services.billing.domain.invoices.lines import InvoiceLine, LineKind
from services.billing.domain.invoices.totals import Totals, VatAmount, add_totals, totals
from services.billing.domain.taxes.accise import AcciseRegime, TaxLine


@dataclass(frozen=True)
class LocalBill:
    """Invoices less credit notes; energy, fees and accise sum to the amount before VAT.

    numbers: those of its issued documents. is_issued: whether nothing is left to issue.
    accise_is_known: false while the operation has not decided whether it is due.
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
class _Portion:
    """The lines and taxes of a document that concern the point and the month."""

    document: Invoice
    lines: Sequence[InvoiceLine]
    taxes: Sequence[TaxLine]

    @property
    def sign(self) -> int:
        return self.document.kind.sign

    @property
    def charged(self) -> Sequence[InvoiceLine | TaxLine]:
        return [*self.lines, *self.taxes]


def local_bill(
    documents: Iterable[Invoice], *, customer_id: UUID, prm: Prm, month: Month
) -> LocalBill:
    """Sum the bill. documents: issued for the month and still to issue, of any customers.

    VAT is taken from a document that concerns the point and month alone; otherwise it is computed
    by rate on the sum of their lines and taxes.
    """
    customer_documents = (
        document for document in documents if document.customer.member_id == customer_id
    )
    portions = [
        portion
        for document in customer_documents
        if (portion := _portion(document, prm, month)) is not None
    ]
    return LocalBill(
        energy_wmin=sum(
            portion.sign * line.energy_wmin for portion in portions for line in portion.lines
        ),
        energy_cents=_sum_lines(portions, LineKind.ENERGY),
        fees_cents=_sum_lines(portions, LineKind.FEE),
        accise_cents=sum(
            portion.sign * tax.amount_cents for portion in portions for tax in portion.taxes
        ),
        totals=add_totals(_signed(portion) for portion in portions),
        numbers=sorted(portion.document.number for portion in portions if portion.document.number),
        is_issued=all(portion.document.state is InvoiceState.ISSUED for portion in portions),
        accise_is_known=all(map(_knows_accise, portions)),
    )


def _portion(document: Invoice, prm: Prm, month: Month) -> _Portion | None:
    def concerns(line: InvoiceLine | TaxLine) -> bool:
        return line.consumer == prm and month.first_day <= line.valid_from < month.next_first_day

    lines = [line for line in document.lines if concerns(line)]
    taxes = [tax for tax in document.taxes if concerns(tax)]
    return _Portion(document, lines, taxes) if lines or taxes else None


def _sum_lines(portions: Iterable[_Portion], kind: LineKind) -> int:
    return sum(
        portion.sign * line.amount_cents
        for portion in portions
        for line in portion.lines
        if line.kind == kind
    )


def _signed(portion: _Portion) -> Totals:
    unsigned = _totals(portion)
    vat = tuple(
        VatAmount(amount.rate, portion.sign * amount.base_cents, portion.sign * amount.vat_cents)
        for amount in unsigned.vat
    )
    return Totals(
        portion.sign * unsigned.excl_vat_cents, vat, portion.sign * unsigned.incl_vat_cents
    )


def _totals(portion: _Portion) -> Totals:
    document = portion.document
    if len(portion.lines) < len(document.lines) or len(portion.taxes) < len(document.taxes):
        return totals((Decimal(charge.vat_rate), charge.amount_cents) for charge in portion.charged)
    return Totals(
        document.total_excl_vat_cents,
        tuple(
            VatAmount(Decimal(amount.rate), amount.base_cents, amount.vat_cents)
            for amount in document.vat
        ),
        document.total_incl_vat_cents,
    )


def _knows_accise(portion: _Portion) -> bool:
    decided = all(period.regime is not AcciseRegime.UNDECIDED for period in portion.document.accise)
    return decided and all(tax.rate_eur_per_mwh is not None for tax in portion.taxes)
