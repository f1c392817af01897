"""Credit notes, which take back energy of an issued invoice, never more than is left of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from libs.common.errors import Problem
from libs.common.rounding import round_half_up
from services.billing.domain.corrections.credited_taxes import credited_taxes, taxes_left
from services.billing.domain.corrections.standing import StandingLine, standing_lines, vat_left
from services.billing.domain.invoices.documents import Cause, DocumentKind
from services.billing.domain.invoices.invoices import Invoice, VatLine, draft_id
from services.billing.domain.invoices.lines import InvoiceLine, daily, kwh_text
from services.billing.domain.invoices.mentions import with_mentions
from services.billing.domain.prices.price_list.entries import micro_eur_of
from services.billing.domain.prices.pricing import price_energy
from services.billing.domain.taxes.accise import TaxLine


class CreditExceedsInvoice(Problem):
    status, slug = 409, "credit-exceeds-invoice"
    title = "Not so much is left of the invoice"
    example_detail = "Line 1 of F2026-00001 has 432000 watt-minutes left, not 600000."
    example_facts: ClassVar = {"position": 1, "left_wmin": 432_000}


class NotCreditable(Problem):
    status, slug, title = 409, "not-creditable", "Only issued invoices can be credited"
    example_detail = "This is a draft: make the drafts of its month again instead."


@dataclass(frozen=True)
class Take:
    """Energy to take back from a line; ``days`` sum to it."""

    line: StandingLine
    energy_wmin: int
    days: Mapping[date, int]

    @classmethod
    def all_of(cls, line: StandingLine) -> "Take":
        return cls(line, line.left_wmin, line.left_days)

    @property
    def is_rest(self) -> bool:
        return self.energy_wmin == self.line.left_wmin


def credit_by_hand(
    invoice: Invoice,
    issued: Sequence[Invoice],
    energies_wmin: Mapping[int, int | None],
    *,
    reason: str,
) -> Invoice:
    """Draft a credit note of an issued invoice, for some of its lines or all that is left.

    energies_wmin: by position; None for all that is left of the line; empty for all lines.
    issued: the documents of its parties, with all credit notes of the invoice.
    Raises NotCreditable, CreditExceedsInvoice.
    """
    if invoice.kind != DocumentKind.INVOICE:
        raise NotCreditable(f"{invoice.number} is a credit note itself.")
    lines = {
        line.position: line for line in standing_lines(issued) if line.document.id == invoice.id
    }
    if not lines:
        raise CreditExceedsInvoice(f"Nothing is left of {invoice.number}.", left_wmin=0)
    takes = []
    for position in sorted(energies_wmin or lines):
        line, wanted_wmin = lines.get(position), energies_wmin.get(position)
        left_wmin = line.left_wmin if line else 0
        energy_wmin = left_wmin if wanted_wmin is None else wanted_wmin
        if line is None or energy_wmin > left_wmin:
            raise CreditExceedsInvoice(
                f"Of line {position} of {invoice.number}, {left_wmin} watt-minutes are left,"
                f" not {energy_wmin}.",
                position=position,
                left_wmin=left_wmin,
            )
        takes.append(_take(line, energy_wmin))
    return credit_note(takes, issued, cause=Cause.BY_HAND, reason=reason)


def _take(line: StandingLine, energy_wmin: int) -> Take:
    """Take energy of no particular days: from the last days first."""
    rest_wmin, days = energy_wmin, {}
    for day in sorted(line.left_days, reverse=True):
        days[day] = min(rest_wmin, max(line.left_days[day], 0))
        rest_wmin -= days[day]
    if energy_wmin == line.left_wmin:
        return Take.all_of(line)
    return Take(line, energy_wmin, days)


def credit_note(
    takes: Sequence[Take], issued: Sequence[Invoice], *, cause: Cause, reason: str | None = None
) -> Invoice:
    """Draft the credit note of these takes, all from one invoice, between the same parties.

    Its energies and amounts are positive. Taking the rest of a line takes the rest of its amount
    too, and with the last line of a rate the rest of its VAT: nothing remains by rounding.
    """
    invoice = takes[0].line.document
    assert all(take.line.document.id == invoice.id for take in takes)
    followers = [document for document in issued if document.refers_to]
    earlier_ids = [str(note.id) for note in followers if note.refers_to[0].id == invoice.id]
    lines = [_credit(take) for take in takes]
    taxes, vat = _taxes_and_vat(invoice, takes, lines, issued)
    excl_vat_cents = sum(total.base_cents for total in vat)
    vat_cents = sum(total.vat_cents for total in vat)
    contents = [(take.line.position, take.energy_wmin, _dated(take.days)) for take in takes]
    note = replace(
        invoice,
        id=draft_id("credit note", invoice.id, cause, reason, sorted(earlier_ids), contents),
        number=None,
        issue_date=None,
        kind=DocumentKind.CREDIT_NOTE,
        cause=cause,
        reason=reason,
        refers_to=[invoice.reference],
        due_date=None,
        usage=None,
        lines=lines,
        taxes=taxes,
        vat=vat,
        vat_mentions=sorted({take.line.line.vat_mention or "" for take in takes} - {""}),
        total_excl_vat_cents=excl_vat_cents,
        total_vat_cents=vat_cents,
        total_incl_vat_cents=excl_vat_cents + vat_cents,
        prepaid_cents=0,
        earlier=[],
    )
    return with_mentions(note)


def _dated(days: Mapping[date, int]) -> list[tuple[str, int]]:
    return [
        (day.isoformat(), energy_wmin) for day, energy_wmin in sorted(days.items()) if energy_wmin
    ]


def _credit(take: Take) -> InvoiceLine:
    standing, line = take.line, take.line.line
    rounded = price_energy(take.energy_wmin, micro_eur_of(line.price_eur_per_kwh))
    amount_cents = standing.left_cents if take.is_rest else min(rounded, standing.left_cents)
    return replace(
        line,
        energy_wmin=take.energy_wmin,
        energy_kwh=kwh_text(take.energy_wmin),
        amount_cents=amount_cents,
        daily_wmin=[] if standing.is_fee else daily(take.days, line.valid_from, line.valid_to),
        corrects=standing.reference,
    )


def _taxes_and_vat(
    invoice: Invoice, takes: Sequence[Take], lines: Sequence[InvoiceLine], issued: Sequence[Invoice]
) -> tuple[list[TaxLine], list[VatLine]]:
    standing = [line for line in standing_lines(issued) if line.document.id == invoice.id]
    left_taxes = taxes_left(invoice, issued)
    taxes = credited_taxes(
        left_taxes, standing, [(take.line.line.consumer, take.days) for take in takes]
    )
    rests = {take.line.position for take in takes if take.is_rest}
    unfinished = {line.line.vat_rate for line in standing if line.position not in rests}
    unfinished |= {tax.vat_rate for tax in left_taxes if tax not in taxes}
    charged = [(line.vat_rate, line.amount_cents) for line in lines]
    charged += [(tax.vat_rate, tax.amount_cents) for tax in taxes]
    return taxes, _vat(charged, vat_left(invoice, issued), unfinished)


def _vat(
    charged: Sequence[tuple[str, int]], left_cents: Mapping[str, int], unfinished: Collection[str]
) -> list[VatLine]:
    bases: defaultdict[str, int] = defaultdict(int)
    for rate, amount_cents in charged:
        bases[rate] += amount_cents
    return [
        VatLine(
            rate,
            base_cents,
            min(int(round_half_up(base_cents * Decimal(rate), 0)), left_cents[rate])
            if rate in unfinished
            else left_cents[rate],
        )
        for rate, base_cents in sorted(bases.items(), key=lambda item: -Decimal(item[0]))
    ]
