"""The rows of billing's schema; the migrations say what the database itself enforces."""

from services.billing.tables.base import Base
from services.billing.tables.copies import (
    MemberRow,
    PerimeterRow,
    SettlementDetailRow,
    SettlementRow,
)
from services.billing.tables.documents import DocumentRow
from services.billing.tables.invoices import InvoiceRow, SeriesRow
from services.billing.tables.parties import AcciseRegimeRow, IssuerProfileRow
from services.billing.tables.prices import DiscountRow, FeeRow, PriceListRow, PriceRow

__all__ = [
    "AcciseRegimeRow",
    "Base",
    "DiscountRow",
    "FeeRow",
    "DocumentRow",
    "InvoiceRow",
    "IssuerProfileRow",
    "MemberRow",
    "PerimeterRow",
    "PriceListRow",
    "PriceRow",
    "SeriesRow",
    "SettlementDetailRow",
    "SettlementRow",
]
