"""Anomalies that a person should check before issuing drafts; none of them blocks the issue."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.billing.domain.drafts.carrying import CarriedSum
from services.billing.domain.e_invoicing.submissions import SubmissionState
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.lines import kwh_text
from services.billing.domain.payments.ways_to_pay import WaysToPay
from services.billing.domain.prices.sales import Parties


class AnomalyCode(StrEnum):
    ZERO = "zero"
    NEGATIVE = "negative"
    UNUSUAL = "unusual"
    SIREN_MISSING = "siren-missing"
    ACCOUNT_MISSING = "account-missing"
    CONVENTION_MISSING = "convention-missing"
    MANDATE_MISSING = "mandate-missing"
    ROUTING_MISSING = "routing-missing"
    NOT_DELIVERED = "not-delivered"
    CARRIED = "carried"


@dataclass(frozen=True)
class Anomaly:
    """One thing to look at; ``about`` names the document or member concerned."""

    code: AnomalyCode
    detail: str
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def members(self) -> dict[str, object]:
        """The members of this anomaly in a route's answer."""
        return {"code": self.code, "detail": self.detail, **self.about}


def members_of(anomalies: Iterable[Mapping[str, object]]) -> set[UUID]:
    """The members whom anomalies are about, by the anomalies' members in an answer."""
    return {UUID(str(anomaly["member_id"])) for anomaly in anomalies if "member_id" in anomaly}


def find_anomalies(
    drafts: Sequence[Invoice], last: Iterable[Invoice], *, unusual_ratio: float
) -> list[Anomaly]:
    """Return the anomalies of each draft, in order, then those of each seller.

    last: the invoices of the previous period, without their corrections.
    """
    energies: defaultdict[Parties, list[Invoice]] = defaultdict(list)
    for invoice in last:
        energies[invoice.parties].append(invoice)
    anomalies = [
        anomaly
        for draft in drafts
        for anomaly in _draft_anomalies(draft, energies[draft.parties], unusual_ratio)
    ]
    return [*anomalies, *_without_siren(drafts)]


def carried(small: CarriedSum) -> Anomaly:
    """A customer whom a seller does not invoice in this run, as it would be too little."""
    sums = [Decimal(cents).scaleb(-2) for cents in (small.cents, small.least_cents)]
    return Anomaly(
        AnomalyCode.CARRIED,
        f"{small.customer_name} would be invoiced {sums[0]:.2f} EUR in all, less than"
        f" {sums[1]:.2f} EUR: it waits for the next run.",
        {"member_id": str(small.parties.customer_id)},
    )


def not_delivered(document_id: UUID, number: str, state: SubmissionState) -> Anomaly:
    """An issued document that was not delivered and will not be retried automatically."""
    return Anomaly(
        AnomalyCode.NOT_DELIVERED,
        f"{number} is {state}: see why in its submissions, and submit it again.",
        {"document_id": str(document_id)},
    )


def without_mandate(drafts: Iterable[Invoice], ways: WaysToPay, day: date) -> Iterator[Anomaly]:
    """Customers who owe a seller that collects and have no mandate it can use on this day."""
    for draft in drafts:
        way = ways.get(draft.parties)
        if way is None or way.lacks_convention or not way.creditor.ics:
            continue
        if _owes(draft) and way.mandate_on(day) is None:
            yield Anomaly(
                AnomalyCode.MANDATE_MISSING,
                f"{draft.customer.name} has no mandate that {way.creditor.name} can use: the"
                " invoice asks for a transfer.",
                {"document_id": str(draft.id), "member_id": str(draft.customer.member_id)},
            )


def without_convention(drafts: Iterable[Invoice], ways: WaysToPay) -> Iterator[Anomaly]:
    """Public bodies whose invoices are not debited, as their convention is missing; once each."""
    sellers = {
        draft.issuer.member_id: draft.issuer.name
        for draft in drafts
        if (way := ways.get(draft.parties)) and way.lacks_convention and _owes(draft)
    }
    for member_id, name in sorted(sellers.items()):
        yield Anomaly(
            AnomalyCode.CONVENTION_MISSING,
            f"{name} is a public body without a convention on who collects for it: its invoices ask"
            " for a transfer, and nobody is debited of them.",
            {"member_id": str(member_id)},
        )


def without_account(drafts: Iterable[Invoice], ways: WaysToPay) -> Iterator[Anomaly]:
    """Sellers who ask for money and have recorded no account on which to pay it, once each."""
    sellers = {
        draft.issuer.member_id: draft.issuer.name
        for draft in drafts
        if _owes(draft) and draft.parties not in ways
    }
    for member_id, name in sorted(sellers.items()):
        yield Anomaly(
            AnomalyCode.ACCOUNT_MISSING,
            f"{name} has recorded no account: its invoices do not say where to pay.",
            {"member_id": str(member_id)},
        )


def _owes(draft: Invoice) -> bool:
    return draft.kind == DocumentKind.INVOICE and draft.total_incl_vat_cents > 0


def _draft_anomalies(
    draft: Invoice, last: Sequence[Invoice], unusual_ratio: float
) -> Iterable[Anomaly]:
    about = {"document_id": str(draft.id), "member_id": str(draft.customer.member_id)}
    name, routing = draft.customer.name, draft.customer.routing
    if draft.customer.kind == "public_body" and not (routing and routing.siret):
        detail = f"Chorus Pro finds {name} by its SIRET, which is not in its routing."
        yield Anomaly(AnomalyCode.ROUTING_MISSING, detail, about)
    if draft.total_incl_vat_cents == 0:
        yield Anomaly(AnomalyCode.ZERO, f"The document for {name} amounts to nothing.", about)
    elif draft.kind == DocumentKind.CREDIT_NOTE or draft.total_incl_vat_cents < 0:
        yield Anomaly(AnomalyCode.NEGATIVE, f"{name} gets money back.", about)
    if draft.kind == DocumentKind.INVOICE and draft.cause is None and last:
        last_wmin, current_wmin = _daily_wmin(last), _daily_wmin([draft])
        if current_wmin > last_wmin * unusual_ratio or current_wmin * unusual_ratio < last_wmin:
            yield Anomaly(
                AnomalyCode.UNUSUAL,
                f"{name} is billed {kwh_text(round(current_wmin))} kWh a day,"
                f" {kwh_text(round(last_wmin))} kWh the last time.",
                about,
            )


def _daily_wmin(invoices: Sequence[Invoice]) -> float:
    days = sum((invoice.period_to - invoice.period_from).days for invoice in invoices)
    return sum(line.energy_wmin for invoice in invoices for line in invoice.lines) / days


def _without_siren(drafts: Iterable[Invoice]) -> Iterable[Anomaly]:
    """Sellers without a SIREN, which an invoice must name (C. com. R123-237).

    Professionals are left out: without a SIREN their invoices are not issued at all.
    """
    sellers = {
        draft.issuer.member_id: draft.issuer
        for draft in drafts
        if not draft.issuer.siren and not draft.issuer.is_professional
    }
    for member_id, seller in sorted(sellers.items()):
        yield Anomaly(
            AnomalyCode.SIREN_MISSING,
            f"{seller.name} sells without a SIREN.",
            {"member_id": str(member_id)},
        )
