"""The rows of billing's schema; the migrations say what the database itself enforces."""

from services.billing.tables.bank import BankBalanceRow, BankStatementRow, BankTransactionRow
from services.billing.tables.base import Base
from services.billing.tables.copies import (
    HeldUpDayRow,
    MemberRow,
    PerimeterRow,
    SettlementDetailRow,
    SettlementRow,
)
from services.billing.tables.corrections import (
    CorrectionPolicyRow,
    RevisionRow,
    WithheldCorrectionRow,
)
from services.billing.tables.documents import DocumentRow
from services.billing.tables.dunning import ReminderPolicyRow, ReminderRow, WriteOffRow
from services.billing.tables.e_invoicing import (
    CustomerRoutingRow,
    EReportRow,
    SubmissionEventRow,
    SubmissionRow,
)
from services.billing.tables.gifts import GiftPeriodRow
from services.billing.tables.invoices import (
    BilledRow,
    DocumentLinkRow,
    InvoiceBalanceRow,
    InvoiceRow,
    LineBalanceRow,
    SeriesRow,
)
from services.billing.tables.ledger import (
    BooksRow,
    ClosingRow,
    EntryRow,
    EntrySeriesRow,
    LineRow,
    PartyAccountRow,
)
from services.billing.tables.mailings import MailingRow, MailPolicyRow
from services.billing.tables.parties import AcciseRegimeRow, IssuerProfileRow
from services.billing.tables.payment_notices import PaymentNoticeDocumentRow, PaymentNoticeRow
from services.billing.tables.payments import (
    CollectionItemRow,
    CollectionRow,
    CreditorAccountRow,
    CreditorChangeRow,
    CreditorRow,
    MandateRequestRow,
    MandateRow,
    PayoutEntryRow,
    PayoutItemRow,
    PayoutReserveRow,
    PayoutRow,
    RefundItemRow,
    RefundRow,
)
from services.billing.tables.prices import (
    DiscountRow,
    FeeRow,
    MeterHoursRow,
    PriceListRow,
    PriceRow,
)
from services.billing.tables.runs import RunRow
from services.billing.tables.supplier_offers import SupplierOfferRow
from services.billing.tables.surplus import SurplusContractRow
from services.billing.tables.thresholds import CarriedSumRow, ThresholdsRow

__all__ = [
    "AcciseRegimeRow",
    "BankBalanceRow",
    "BankStatementRow",
    "BankTransactionRow",
    "Base",
    "BilledRow",
    "BooksRow",
    "CarriedSumRow",
    "ClosingRow",
    "CollectionItemRow",
    "CollectionRow",
    "CorrectionPolicyRow",
    "CreditorAccountRow",
    "CreditorChangeRow",
    "CreditorRow",
    "CustomerRoutingRow",
    "DiscountRow",
    "DocumentLinkRow",
    "DocumentRow",
    "EReportRow",
    "EntryRow",
    "EntrySeriesRow",
    "FeeRow",
    "GiftPeriodRow",
    "HeldUpDayRow",
    "InvoiceBalanceRow",
    "InvoiceRow",
    "IssuerProfileRow",
    "LineBalanceRow",
    "LineRow",
    "MailPolicyRow",
    "MailingRow",
    "MandateRequestRow",
    "MandateRow",
    "MemberRow",
    "MeterHoursRow",
    "PartyAccountRow",
    "PaymentNoticeDocumentRow",
    "PaymentNoticeRow",
    "PayoutEntryRow",
    "PayoutItemRow",
    "PayoutReserveRow",
    "PayoutRow",
    "PerimeterRow",
    "PriceListRow",
    "PriceRow",
    "RefundItemRow",
    "RefundRow",
    "ReminderPolicyRow",
    "ReminderRow",
    "RevisionRow",
    "RunRow",
    "SeriesRow",
    "SettlementDetailRow",
    "SettlementRow",
    "SubmissionEventRow",
    "SubmissionRow",
    "SupplierOfferRow",
    "SurplusContractRow",
    "ThresholdsRow",
    "WithheldCorrectionRow",
    "WriteOffRow",
]
