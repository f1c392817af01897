"""The frozen content of an invoice, the same bytes on whatever machine computes it."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.billing.domain.invoices.documents import Cause, DocumentKind, DocumentReference
from services.billing.domain.invoices.lines import InvoiceLine
from services.billing.domain.invoices.periods import EarlierPeriod
from services.billing.domain.invoices.routing import Routing
from services.billing.domain.invoices.settled_months import SettledMonth, SettlementBlock
from services.billing.domain.invoices.supplies import SupplyCategory, category_of_document
from services.billing.domain.invoices.totals import totals
from services.billing.domain.invoices.usage import EnergyChange, Usage
from services.billing.domain.payees import Payee
from services.billing.domain.prices.price_list import HourClass
from services.billing.domain.prices.sales import NamedPlant, Parties
from services.billing.domain.rate_texts import rate_text
from services.billing.domain.taxes.accise import AccisePeriod, TaxLine
from services.billing.domain.taxes.issuers import IssuerProfile
from services.billing.domain.wordings import Mention

_NAMESPACE = uuid5(NAMESPACE_URL, "https://elocoop.coop/invoices")


class DraftsOutdated(Problem):
    status, slug, title = 409, "drafts-outdated", "The basis of these drafts has changed"
    example_detail = (
        "A settlement, price, participation, member, issuer profile or accise regime has changed:"
        " make the drafts again."
    )
    example_facts: ClassVar = {"invoice_ids": ["0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"]}


class InvoiceNotIssued(Problem):
    status, slug, title = 409, "invoice-not-issued", "A draft has no such document"
    example_detail = "This invoice has no number yet: issue it first."


class CorrectionSplit(Problem):
    status, slug, title = 409, "correction-split", "A correction is issued as a whole"
    example_detail = "Documents of the same corrections are missing (1): issue them together."
    example_facts: ClassVar = {"invoice_ids": ["0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"]}


class InvoiceState(StrEnum):
    DRAFT = "draft"
    ISSUED = "issued"


MemberKind = Literal["household", "company", "public_body"]


@dataclass(frozen=True)
class Party:
    """A member as the invoice names it.

    delivery_address: where a customer takes the energy, if not at its address. routing: where it
    wants its invoices, as a customer.
    """

    member_id: UUID
    name: str
    address: str
    siren: str | None
    vat_number: str | None
    kind: MemberKind
    delivery_address: str | None = None
    routing: Routing | None = None

    @property
    def is_professional(self) -> bool:
        """Whether the document must state its SIREN, and the rules between professionals apply."""
        return self.kind in ("company", "public_body")


@dataclass(frozen=True)
class OperationBlock:
    id: OperationId
    name: str


@dataclass(frozen=True)
class ClassesOfMonth:
    """The hour classes by which a month was priced, by name."""

    month: str
    classes: list[HourClass]


@dataclass(frozen=True)
class VatLine:
    rate: str
    base_cents: int
    vat_cents: int


@dataclass(frozen=True)
class Invoice:
    """The whole content of an invoice. Number, issue date and due date are None in a draft.

    vat_mentions: why there is no VAT (CGI 293 B). supply_category: of its lines. issuer_profile: in
    force on the last day of the period. taxes: beside ``lines``, in the VAT base and the totals.
    refers_to: what a credit note takes back, or an invoice replaces or adds to, by ``cause``.
    hour_classes: what priced its lines. settlement: that of ``month``, the last of ``months``.
    payee: if not the issuer. changes: what a correction changes, by day. prepaid_cents: by credits.
    plants: those of its lines. earlier: what the seller billed the customer before, from its issue.
    """

    id: UUID
    number: str | None
    issue_date: date | None
    operation: OperationBlock
    month: str
    period_from: date
    period_to: date
    settlement: SettlementBlock
    issuer: Party
    customer: Party
    lines: list[InvoiceLine]
    vat: list[VatLine]
    vat_mentions: list[str]
    total_excl_vat_cents: int
    total_vat_cents: int
    total_incl_vat_cents: int
    supply_category: SupplyCategory = SupplyCategory.GOODS
    due_date: date | None = None
    issuer_profile: IssuerProfile | None = None
    accise: list[AccisePeriod] = field(default_factory=list)
    taxes: list[TaxLine] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    usage: Usage | None = None
    kind: DocumentKind = DocumentKind.INVOICE
    cause: Cause | None = None
    reason: str | None = None
    refers_to: list[DocumentReference] = field(default_factory=list)
    months: list[SettledMonth] = field(default_factory=list)
    hour_classes: list[ClassesOfMonth] = field(default_factory=list)
    payee: Payee | None = None
    changes: list[EnergyChange] = field(default_factory=list)
    prepaid_cents: int = 0
    plants: list[NamedPlant] = field(default_factory=list)
    earlier: list[EarlierPeriod] = field(default_factory=list)

    @property
    def reference(self) -> DocumentReference:
        assert self.number is not None
        assert self.issue_date is not None
        return DocumentReference(self.id, self.number, self.issue_date)

    @property
    def state(self) -> InvoiceState:
        return InvoiceState.DRAFT if self.number is None else InvoiceState.ISSUED

    def overlaps(self, months: Sequence[Month]) -> bool:
        """Whether its period has days of these consecutive months."""
        return self.period_from < months[-1].next_first_day and months[0].first_day < self.period_to

    @property
    def parties(self) -> Parties:
        return Parties(self.issuer.member_id, self.customer.member_id)

    @property
    def canonical(self) -> str:
        """The stored text: JSON with sorted keys, no spaces, and no time of computation."""
        return json.dumps(
            _plain(self), default=_plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )


def _plain(value: object) -> object:
    """A dataclass as its fields; days and ids as text."""
    if not is_dataclass(value):
        return str(value)
    # Not vars(): that has cached properties too.
    kind: Any = type(value)  # mypy takes a class for not hashable
    return {name: getattr(value, name) for name in _field_names(kind)}


@cache
def _field_names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def without_consumption(invoice: Invoice) -> Invoice:
    """The invoice without the metered energy of the customer's points and its use by hour."""
    if invoice.usage is None:
        return invoice
    return replace(invoice, usage=replace(invoice.usage, points=[], by_hour_wmin=[]))


def bills_the_same(invoice: Invoice, other: Invoice) -> bool:
    """Whether they differ at most in the picture by hour, for which drafts do not wait."""
    if invoice == other:  # the usual case, for which nothing is copied
        return True
    return _without_hours(invoice).canonical == _without_hours(other).canonical


def _without_hours(invoice: Invoice) -> Invoice:
    if invoice.usage is None:
        return invoice
    return replace(invoice, usage=replace(invoice.usage, by_hour_wmin=[]))


def hash_content(canonical: str) -> str:
    """The SHA-256 of the UTF-8 bytes, in lower-case hexadecimal."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def draft_id(*parts: object) -> UUID:
    """The id of a draft made of these parts, the same whenever and wherever it is made."""
    return uuid5(_NAMESPACE, json.dumps([str(component) for component in parts]))


def draft_invoice(
    *,
    operation: OperationBlock,
    months: Sequence[SettledMonth],
    issuer: Party,
    customer: Party,
    lines: Sequence[InvoiceLine],
    issuer_profile: IssuerProfile | None = None,
    accise: Sequence[AccisePeriod] = (),
    taxes: Sequence[TaxLine] = (),
    earlier: Sequence[DocumentReference] = (),
) -> Invoice:
    """Write a draft for these months, in order. earlier: documents issued for days of them."""
    charged: list[InvoiceLine | TaxLine] = [*lines, *taxes]
    sums = totals((Decimal(line.vat_rate), line.amount_cents) for line in charged)
    last = months[-1]
    return Invoice(
        id=_id_of(operation, months, (issuer, customer), earlier),
        number=None,
        issue_date=None,
        operation=operation,
        month=last.month,
        period_from=Month.parse(months[0].month).first_day,
        period_to=Month.parse(last.month).next_first_day,
        settlement=last.settlement,
        issuer=_as_issuer(issuer),
        customer=customer,
        lines=list(lines),
        vat=[VatLine(rate_text(vat.rate), vat.base_cents, vat.vat_cents) for vat in sums.vat],
        vat_mentions=sorted({line.vat_mention for line in lines if line.vat_mention}),
        total_excl_vat_cents=sums.excl_vat_cents,
        total_vat_cents=sums.incl_vat_cents - sums.excl_vat_cents,
        total_incl_vat_cents=sums.incl_vat_cents,
        supply_category=category_of_document(lines),
        issuer_profile=issuer_profile,
        accise=list(accise),
        taxes=list(taxes),
        months=list(months),
    )


def _as_issuer(member: Party) -> Party:
    """The member without the facts that concern only customers."""
    if member.delivery_address is None and member.routing is None:
        return member
    return replace(member, delivery_address=None, routing=None)


def _id_of(
    operation: OperationBlock,
    months: Iterable[SettledMonth],
    parties: Iterable[Party],
    earlier: Iterable[DocumentReference],
) -> UUID:
    """The draft's id, from its parties, settlements and earlier documents, not from its prices."""
    settled = [item for month in months for item in (month.month, month.settlement.number)]
    members = [party.member_id for party in parties]
    return draft_id(
        operation.id, *settled, *members, *sorted(str(document.id) for document in earlier)
    )
