"""The rows of billing's schema; the migrations say what the database itself enforces."""

from services.billing.tables.bank import (
    BankStatementRow,
    BankTransactionRow,
    ReminderPolicyRow,
    ReminderRow,
    WriteOffRow,
)
from services.billing.tables.base import Base
from services.billing.tables.copies import (
    MemberRow,
    PerimeterRow,
    SettlementDetailRow,
    SettlementRow,
)
from services.billing.tables.documents import DocumentRow
from services.billing.tables.invoices import InvoiceRow, SeriesRow
from services.billing.tables.ledger import (
    BooksRow,
    EntryRow,
    EntrySeriesRow,
    LineRow,
    PartyAccountRow,
)
from services.billing.tables.parties import AcciseRegimeRow, IssuerProfileRow
from services.billing.tables.payments import (
    CollectionItemRow,
    CollectionRow,
    CreditorRow,
    MandateRow,
    PayoutItemRow,
    PayoutRow,
)
from services.billing.tables.prices import DiscountRow, FeeRow, PriceListRow, PriceRow

__all__ = [
    "AcciseRegimeRow",
    "BankStatementRow",
    "BankTransactionRow",
    "Base",
    "BooksRow",
    "CollectionItemRow",
    "CollectionRow",
    "CreditorRow",
    "DiscountRow",
    "DocumentRow",
    "EntryRow",
    "EntrySeriesRow",
    "FeeRow",
    "InvoiceRow",
    "IssuerProfileRow",
    "LineRow",
    "MandateRow",
    "MemberRow",
    "PartyAccountRow",
    "PayoutItemRow",
    "PayoutRow",
    "PerimeterRow",
    "PriceListRow",
    "PriceRow",
    "ReminderPolicyRow",
    "ReminderRow",
    "SeriesRow",
    "SettlementDetailRow",
    "SettlementRow",
    "WriteOffRow",
]
