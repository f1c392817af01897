"""Sales to households summed by day, as the administration requires (flow 10.3).

Electricity is goods (CGI art. 256, II-2), and fees are accessory to it (docs/adr/0046); VAT of
goods is due on delivery. Payments are therefore not
reported: that duty concerns services, whose VAT is due when they are paid (CGI art. 290 A).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from libs.common.errors import Problem
from services.billing.domain.e_invoicing.channels import Channel, channel_to
from services.billing.domain.e_invoicing.report_periods import ReportPeriod
from services.billing.domain.e_invoicing.submissions import SubmissionEnvelope
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import MemberKind, VatLine, hash_content
from services.billing.domain.invoices.supplies import SupplyCategory
from services.billing.domain.rate_texts import rate_text
from services.billing.domain.reference.e_invoicing import first_fact


class PeriodNotOver(Problem):
    status, slug, title = 409, "period-not-over", "A period is reported once it is over"
    example_detail = "2027-09 ends on 2027-09-30: report it from 2027-10-01 on."
    example_facts: ClassVar = {"first_day": "2027-10-01"}


class PeriodOfOtherFrequency(Problem):
    status, slug, title = 409, "period-of-other-frequency", "This seller reports other periods"
    example_detail = "On 2027-09-01 this seller reports by month: report 2027-09."
    example_facts: ClassVar = {"period": "2027-09"}


class NothingToReport(Problem):
    status, slug, title = 409, "nothing-to-report", "There is nothing new to report"
    example_detail = "2027-09 was reported with these sums already."


@dataclass(frozen=True)
class Sold:
    """The facts of an issued document that e-reporting needs; amounts as in the document."""

    document_id: UUID
    kind: DocumentKind
    issue_date: date
    customer_kind: MemberKind
    supply_category: SupplyCategory
    vat: Sequence[VatLine]

    @property
    def is_to_household(self) -> bool:
        return channel_to(self.customer_kind) is Channel.B2C


@dataclass(frozen=True)
class ReportedRate:
    """A day's sales at one VAT rate; transactions: the number of documents with this rate."""

    rate: str
    transactions: int
    base_cents: int
    vat_cents: int


@dataclass(frozen=True)
class ReportedDay:
    """Sales to households less credits, of one category and issue date."""

    day: date
    category: str
    transactions: int
    base_cents: int
    vat_cents: int
    rates: list[ReportedRate]


@dataclass(frozen=True)
class EReport:
    """A seller's report of a period. number: 1, then one more for each replacement.

    Amounts are in EUR cents.
    """

    issuer_id: UUID
    issuer_siren: str | None
    period: str
    first_day: date
    last_day: date
    number: int
    days: list[ReportedDay]
    currency: str = "EUR"

    @property
    def canonical(self) -> str:
        """The file: JSON with sorted keys and no spaces, without the time of computation."""
        return json.dumps(
            asdict(self), default=str, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )


@dataclass(frozen=True)
class _Sale:
    day: date
    category: str
    rate: Decimal
    document_id: UUID
    base_cents: int
    vat_cents: int


def report_days(documents: Iterable[Sold]) -> list[ReportedDay]:
    """Sum the documents that go to households, by day and category, the highest rate first.

    Each document counts once per day and category, and once per rate, whatever its amount; the
    amounts of credit notes are subtracted.
    """
    sales_by_day: defaultdict[tuple[date, str], list[_Sale]] = defaultdict(list)
    for document in documents:
        if document.is_to_household:
            for sale in _sales(document):
                sales_by_day[sale.day, sale.category].append(sale)
    return [
        ReportedDay(
            day=day,
            category=category,
            transactions=len({sale.document_id for sale in sales}),
            base_cents=sum(sale.base_cents for sale in sales),
            vat_cents=sum(sale.vat_cents for sale in sales),
            rates=_by_rate(sales),
        )
        for (day, category), sales in sorted(sales_by_day.items())
    ]


def _sales(document: Sold) -> Iterable[_Sale]:
    sign = document.kind.sign
    for vat in document.vat:
        rate = Decimal(vat.rate)
        yield _Sale(
            document.issue_date,
            _category(document, rate),
            rate,
            document.document_id,
            sign * vat.base_cents,
            sign * vat.vat_cents,
        )


def _category(document: Sold, rate: Decimal) -> str:
    fact = first_fact(f"category/{document.supply_category}/{'standard' if rate else 'franchise'}")
    assert fact is not None
    return fact.value


def _by_rate(sales: Iterable[_Sale]) -> list[ReportedRate]:
    sales_by_rate: defaultdict[Decimal, list[_Sale]] = defaultdict(list)
    for sale in sales:
        sales_by_rate[sale.rate].append(sale)
    return [
        ReportedRate(
            rate_text(rate),
            len({sale.document_id for sale in rate_sales}),
            sum(sale.base_cents for sale in rate_sales),
            sum(sale.vat_cents for sale in rate_sales),
        )
        for rate, rate_sales in sorted(sales_by_rate.items(), reverse=True)
    ]


def check_may_report(period: ReportPeriod, expected: ReportPeriod, *, today: date) -> None:
    """Check that the period is one of this seller's, and over.

    expected: the seller's period on the first day. Raises PeriodOfOtherFrequency, PeriodNotOver.
    """
    if period != expected:
        raise PeriodOfOtherFrequency(
            f"On {period.first_day} this seller reports by {expected.frequency}:"
            f" report {expected}.",
            period=str(expected),
        )
    if today < period.end:
        raise PeriodNotOver(
            f"{period} is not over: report it from {period.end} on.",
            first_day=period.end.isoformat(),
        )


def check_new(days: Sequence[ReportedDay], last: Sequence[ReportedDay] | None, name: str) -> None:
    """Refuse to report a period without sales, or the same sums twice. Raises NothingToReport.

    CGI ann. II art. 242 nonies O: no transmission is expected where nothing was sold.
    """
    if last is None and not days:
        raise NothingToReport(f"Nothing was sold to households in {name}.")
    if last is not None and list(days) == list(last):
        raise NothingToReport(f"{name} was reported with these sums already.")


def report_envelope(report: EReport) -> SubmissionEnvelope:
    content = report.canonical
    sha256 = hash_content(content)
    return SubmissionEnvelope(
        channel=Channel.B2C,
        number=report.period,
        file_name=f"{report.issuer_siren or report.issuer_id}_{report.period}_{report.number}.json",
        sha256=sha256,
        byte_count=len(content.encode()),
        content_hash=sha256,
        issuer_siren=report.issuer_siren,
    )
