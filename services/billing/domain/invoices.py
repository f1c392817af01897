"""What an invoice says: its frozen content, the same bytes on whatever machine computed it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import OperationId, Prm
from services.billing.domain.accise import AccisePeriod, TaxLine
from services.billing.domain.fees import FeeLine
from services.billing.domain.issuers import IssuerProfile
from services.billing.domain.lines import Line, LineKind, rate_text, write_lines
from services.billing.domain.pricing import Charged, PriceLine, totals
from services.billing.domain.sales import Parties
from services.billing.domain.usage import Usage
from services.billing.domain.wordings import Mention

_NAMESPACE = uuid5(NAMESPACE_URL, "https://elocoop.coop/invoices")


class DraftsOutdated(Problem):
    status, slug, title = 409, "drafts-outdated", "What these drafts were made from has changed"
    example_detail = (
        "A settlement, price, participation, member, issuer profile or accise regime has changed:"
        " make the drafts again."
    )
    example_facts: ClassVar = {"invoice_ids": ["0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"]}


class InvoiceNotIssued(Problem):
    status, slug, title = 409, "invoice-not-issued", "A draft has no such document"
    example_detail = "This invoice has no number yet: issue it first."


class IssueDateNotChronological(Problem):
    status, slug = 409, "issue-date-not-chronological"
    title = "An invoice of this issuer has a later date"
    example_detail = "Lucie Brindille has issued an invoice on 2026-11-08 already."
    example_facts: ClassVar = {
        "issuer_id": "5b6df807-d41e-5251-a808-b67bac9773b2",
        "last_issue_date": "2026-11-08",
    }


class IssueDateInFuture(Problem):
    status, slug, title = 409, "issue-date-in-future", "The issue date has not come yet"
    example_detail = "Today is 2026-11-05."
    example_facts: ClassVar = {"today": "2026-11-05"}


class IssueDateBeforePeriodEnd(Problem):
    status, slug = 409, "issue-date-before-period-end"
    title = "The period supplied has not ended by the issue date"
    example_detail = "The energy of 2026-10 is supplied until 2026-11-01."
    example_facts: ClassVar = {"period_to": "2026-11-01"}


class InvoiceState(StrEnum):
    DRAFT = "draft"
    ISSUED = "issued"


MemberKind = Literal["household", "company", "public_body"]


@dataclass(frozen=True)
class Party:
    """A member as the invoice names it; its kind is None if nobody has told yet."""

    member_id: UUID
    name: str
    address: str
    siren: str | None
    vat_number: str | None
    kind: MemberKind | None = None

    @property
    def is_professional(self) -> bool:
        """Whether the document must give its SIREN, and rules between professionals apply."""
        return self.kind in ("company", "public_body")


@dataclass(frozen=True)
class OperationBlock:
    id: OperationId
    name: str


@dataclass(frozen=True)
class SettlementBlock:
    """Which frozen shares the invoice bills."""

    number: int
    status: str
    content_hash: str


@dataclass(frozen=True)
class VatLine:
    rate: str
    base_cents: int
    vat_cents: int


@dataclass(frozen=True)
class Invoice:
    """All that an invoice says. Number, issue date and due date are None in a draft.

    vat_mentions: why there is no VAT, where there is none (CGI 293 B). supply_category: what is
    supplied, for VAT; electricity is goods (CGI art. 256, II-2). issuer_profile: the version in
    force on the last day of the period, None if there is none. taxes: beside ``lines``, in the
    VAT base and in the totals. Fields with a default came later: contents without them are older.
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
    lines: list[Line]
    vat: list[VatLine]
    vat_mentions: list[str]
    total_excl_vat_cents: int
    total_vat_cents: int
    total_incl_vat_cents: int
    supply_category: Literal["goods"] = "goods"
    due_date: date | None = None
    issuer_profile: IssuerProfile | None = None
    accise: list[AccisePeriod] = field(default_factory=list)
    taxes: list[TaxLine] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    usage: Usage | None = None

    @property
    def state(self) -> InvoiceState:
        return InvoiceState.DRAFT if self.number is None else InvoiceState.ISSUED

    @property
    def parties(self) -> Parties:
        return Parties(self.issuer.member_id, self.customer.member_id)

    @property
    def energies_wmin(self) -> Mapping[tuple[Prm, Prm], int]:
        """By producer and consumer."""
        sums: defaultdict[tuple[Prm, Prm], int] = defaultdict(int)
        for line in self.lines:
            if line.kind == LineKind.ENERGY:
                sums[line.producer, line.consumer] += line.energy_wmin
        return dict(sums)

    @property
    def canonical(self) -> str:
        """As stored: JSON with sorted keys and no spaces, nothing about when it was computed."""
        return json.dumps(
            asdict(self), default=str, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )


def without_consumption(invoice: Invoice) -> Invoice:
    """But for what the customer's points metered."""
    return replace(invoice, usage=replace(invoice.usage, points=[]) if invoice.usage else None)


def hash_content(canonical: str) -> str:
    """Lower-case hexadecimal SHA-256 of the UTF-8 bytes."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def invoice_number(year: int, sequence: int) -> str:
    """F2026-00001; the series is of one issuer and year."""
    return f"F{year:04}-{sequence:05}"


def draft_invoice(
    *,
    operation: OperationBlock,
    month: Month,
    settlement: SettlementBlock,
    issuer: Party,
    customer: Party,
    priced: Sequence[PriceLine],
    fees: Sequence[FeeLine] = (),
    issuer_profile: IssuerProfile | None = None,
    accise: Sequence[AccisePeriod] = (),
    taxes: Sequence[TaxLine] = (),
) -> Invoice:
    """Write a draft; its id depends on whom and which settlement it is for, not on the prices."""
    sums = totals([*priced, *fees], [(Decimal(one.vat_rate), one.amount_cents) for one in taxes])
    month_end = month.days[-1] + timedelta(days=1)
    key = [operation.id, month, settlement.number, issuer.member_id, customer.member_id]
    return Invoice(
        id=uuid5(_NAMESPACE, json.dumps([str(part) for part in key])),
        number=None,
        issue_date=None,
        operation=operation,
        month=str(month),
        period_from=month.first_day,
        period_to=month_end,
        settlement=settlement,
        issuer=issuer,
        customer=customer,
        lines=write_lines(priced, fees, month),
        vat=[VatLine(rate_text(one.rate), one.base_cents, one.vat_cents) for one in sums.vat],
        vat_mentions=_mentions([*priced, *fees]),
        total_excl_vat_cents=sums.excl_vat_cents,
        total_vat_cents=sums.incl_vat_cents - sums.excl_vat_cents,
        total_incl_vat_cents=sums.incl_vat_cents,
        issuer_profile=issuer_profile,
        accise=list(accise),
        taxes=list(taxes),
    )


def check_issue_date(
    issue_date: date,
    drafts: Iterable[Invoice],
    *,
    today: date,
    last_issue_dates: Mapping[UUID, date],
) -> None:
    """Refuse a date on which these drafts cannot truly be issued; days are local, in Paris.

    last_issue_dates: by issuer, of any year; issuers without an issued invoice are left out.
    Raises IssueDateInFuture, IssueDateBeforePeriodEnd, IssueDateNotChronological.
    """
    if issue_date > today:
        raise IssueDateInFuture(f"Today is {today}.", today=today.isoformat())
    for draft in drafts:
        # An invoice is issued once the supply is made (CGI 289, I-3), not before.
        if issue_date < draft.period_to:
            raise IssueDateBeforePeriodEnd(
                f"The energy of {draft.month} is supplied until {draft.period_to}.",
                period_to=draft.period_to.isoformat(),
            )
        last = last_issue_dates.get(draft.issuer.member_id)
        if last is not None and issue_date < last:
            raise IssueDateNotChronological(
                f"{draft.issuer.name} has issued an invoice on {last} already.",
                issuer_id=str(draft.issuer.member_id),
                last_issue_date=last.isoformat(),
            )


def _mentions(charged: Iterable[Charged]) -> list[str]:
    return sorted({line.vat_mention for line in charged if line.vat_mention})
