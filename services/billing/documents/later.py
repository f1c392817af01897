"""What newer contents say beyond the first ones: read where it is there, a default where not."""

from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum

from pydantic import TypeAdapter

from services.billing.domain.invoices import Invoice


class DocumentKind(StrEnum):
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


@dataclass(frozen=True)
class LaterLine:
    """How a price came about, or a monthly fee."""

    kind: str = "energy"
    hour_class: str | None = None
    list_price_eur_per_kwh: str | None = None
    discount: str | None = None
    label: str | None = None
    days: int | None = None
    month_days: int | None = None


@dataclass(frozen=True)
class LaterReference:
    """A document that this one takes back, replaces or adds to."""

    number: str
    issue_date: date


@dataclass(frozen=True)
class Later:
    kind: DocumentKind = DocumentKind.INVOICE
    refers_to: list[LaterReference] = field(default_factory=list)
    lines: list[LaterLine] = field(default_factory=list)


_later = TypeAdapter(Later)


def read_later(invoice: Invoice) -> Later:
    return _later.validate_python(asdict(invoice))
