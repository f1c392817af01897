"""The rows of billing's schema; the migrations say what the database itself enforces."""

from services.billing.tables.base import Base
from services.billing.tables.copies import MemberRow, PerimeterRow, SettlementRow
from services.billing.tables.corrections import CorrectionPolicyRow, RevisionRow
from services.billing.tables.invoices import (
    BilledRow,
    DocumentLinkRow,
    InvoiceBalanceRow,
    InvoiceRow,
    LineBalanceRow,
    SeriesRow,
)
from services.billing.tables.parties import AcciseRegimeRow, IssuerProfileRow
from services.billing.tables.prices import PriceRow
from services.billing.tables.runs import RunRow

__all__ = [
    "AcciseRegimeRow",
    "Base",
    "BilledRow",
    "CorrectionPolicyRow",
    "DocumentLinkRow",
    "InvoiceBalanceRow",
    "InvoiceRow",
    "IssuerProfileRow",
    "LineBalanceRow",
    "MemberRow",
    "PerimeterRow",
    "PriceRow",
    "RevisionRow",
    "RunRow",
    "SeriesRow",
    "SettlementRow",
]
